/** Names the slip behind a wrong gradient, from how it differs from the numeric one. */

import { formatValue } from "../checks/format.ts";
import { maxOf, minOf } from "../kernels/extremes.ts";
import { logistic, tanh } from "../kernels/elementary.ts";
import { formatIndex, sameShape } from "../tensor/shape.ts";
import { nameSlip } from "../slips/slips.ts";
import type { Tensor } from "../tensor/tensor.ts";

const EXACT = 2e-5; // finite differences agree to about 1e-9; a diagnosis must fit far better than chance

/**
 * Names the slip, or stays silent.
 *
 * @param analytic The gradient under suspicion
 * @param numeric What finite differences say
 * @param inputs All inputs: their lengths and numbers give slips away
 * @param at Which of them the gradient belongs to
 */
export function gradientSlip(
  analytic: Tensor,
  numeric: Tensor,
  inputs: readonly Tensor[],
  at: number,
  batchSize?: number,
): string | undefined {
  if (!sameShape(analytic.shape, numeric.shape)) return nameSlip(analytic, numeric, { batchSize });
  return missingMean(analytic, numeric, inputs, batchSize) ?? nameSlip(analytic, numeric, { batchSize }) ??
    missingMask(analytic, numeric, inputs[at]) ?? missingDerivative(analytic, numeric, inputs[at]);
}

/**
 * Whether the loss has a kink at entry i, in words: the slopes on both sides differ, and go on doing so for a
 * smaller step (in a smooth curve they approach each other).
 */
export function kinkAt(loss: () => number, x: Tensor, i: number, h: number): string | undefined {
  const before = x.data[i], here = loss();
  const slopes = (step: number): [number, number] => {
    try {
      x.data[i] = before + step;
      const above = loss();
      x.data[i] = before - step;
      return [(here - loss()) / step, (above - here) / step];
    } finally {
      x.data[i] = before;
    }
  };
  const [left, right] = slopes(h), [nearLeft, nearRight] = slopes(h / 4);
  const jump = Math.abs(right - left), size = Math.max(Math.abs(left), Math.abs(right));
  const rounding = 1e-15 * Math.abs(here) / h;
  if (jump < 1e-3 * size + 100 * rounding || Math.abs(nearRight - nearLeft) < 0.6 * jump) return undefined;
  return `entry ${formatIndex(i, x.shape)} (${formatValue(before)}) sits on a kink: the slope is ` +
    `${formatValue(left, 4)} on the left and ${formatValue(right, 4)} on the right, so a difference ` +
    `across it means nothing. Move the input away from the kink`;
}

/** A constant factor n, or 1/n, that is a length of an input. */
function missingMean(
  analytic: Tensor,
  numeric: Tensor,
  inputs: readonly Tensor[],
  batchSize?: number,
): string | undefined {
  const ratio = constantRatio(analytic, numeric);
  if (ratio === undefined) return undefined;
  const is = (value: number) => Math.abs(ratio / value - 1) < EXACT;
  const lengths: [number, string][] = batchSize === undefined ? [] : [[batchSize, "the batch size"]];
  inputs.forEach((x, i) => {
    x.shape.forEach((n, axis) => lengths.push([n, `the length of axis ${axis} of input ${i}`]));
    lengths.push([x.size, `the number of entries of input ${i}`]);
  });
  for (const [n, what] of lengths) {
    if (n < 3 && n !== batchSize) continue; // 2 has likelier reasons
    if (n > 1 && is(n)) {
      return `every entry is ${n} times the numeric one, and ${n} is ${what}: is a mean (1/n) missing?`;
    }
    if (n > 1 && is(1 / n)) {
      return `every entry is 1/${n} of the numeric one, and ${n} is ${what}: divided by n once too often?`;
    }
  }
}

function constantRatio(analytic: Tensor, numeric: Tensor): number | undefined {
  let largest = 0;
  numeric.data.forEach((d, i) => {
    if (Math.abs(d) > Math.abs(numeric.data[largest])) largest = i;
  });
  const ratio = analytic.data[largest] / numeric.data[largest];
  const noise = EXACT * Math.abs(analytic.data[largest]);
  const constant = Number.isFinite(ratio) && ratio !== 0 &&
    analytic.data.every((a, i) => Math.abs(a - ratio * numeric.data[i]) <= noise);
  return constant ? ratio : undefined;
}

/** Right, but for entries where it should be 0. */
function missingMask(analytic: Tensor, numeric: Tensor, x: Tensor): string | undefined {
  const largest = numeric.abs().max().item();
  const zero = (d: number) => Math.abs(d) <= EXACT * largest;
  const right = (i: number) => Math.abs(analytic.data[i] - numeric.data[i]) <= EXACT * largest;
  let passed = 0, open = 0, negative = true;
  for (let i = 0; i < numeric.size; i++) {
    if (right(i)) passed++;
    else if (zero(numeric.data[i])) {
      open++;
      negative &&= x.data[i] <= 0;
    } else return undefined;
  }
  if (passed === 0 || open === 0) return undefined;
  const where = negative ? "exactly where the input is negative" : "in some places";
  return `${open} of ${numeric.size} entries should be 0 and are not, ${where}; the others are right: is the derivative ` +
    "of a ReLU (1 where z > 0, else 0) missing?";
}

/** A factor that varies from entry to entry as the derivative of an activation does. */
function missingDerivative(analytic: Tensor, numeric: Tensor, x: Tensor): string | undefined {
  const missing = Array.from(numeric.data, (d, i) => d / analytic.data[i]);
  if (missing.length < 3 || !missing.every((q) => q > 0 && Number.isFinite(q))) return undefined;
  const fits = (slope: (z: number) => number) =>
    missing.every((q, i) => Math.abs(q - slope(x.data[i])) <= 1e-4 * Math.abs(slope(x.data[i])));
  const slopeOfTanh = (z: number) => 1 - tanh(z) * tanh(z);
  const slopeOfSigmoid = (z: number) => logistic(z) * (1 - logistic(z));
  if (fits(slopeOfTanh)) return "what is missing at every entry x is the derivative of tanh, 1 − tanh²(x)";
  if (fits(slopeOfSigmoid)) {
    return "what is missing at every entry x is the derivative of the sigmoid, σ(x)(1 − σ(x))";
  }
  const [low, high] = [minOf(missing), maxOf(missing)];
  if (high > 1 + EXACT || high < low * 1.01) return undefined;
  const range = `every entry is too large, by factors from ${formatValue(1 / high, 3)} to ` +
    `${formatValue(1 / low, 3)}`;
  return high <= 0.25 + EXACT
    ? `${range}: is the derivative of a sigmoid (σ(1 − σ), at most ¼) missing?`
    : `${range}: is the derivative of an activation (1 − tanh², σ(1 − σ)) missing?`;
}
