/** The gradient check: analytic gradients against finite differences, entry by entry, with a diagnosis. */

import { formatValue } from "../checks/format.ts";
import { checkNames } from "../checks/options.ts";
import { checkFunction, kindOf } from "../checks/values.ts";
import { FLOAT64 } from "../tensor/dtype.ts";
import { checkTensor } from "../tensor/checks.ts";
import { gradientSlip, kinkAt } from "./grad_slips.ts";
import { numericalGradient } from "./numerical_gradient.ts";
import { Rng } from "../tensor/random.ts";
import { noGrad } from "../tensor/record.ts";
import { formatShape, sameShape, ShapeError, unravel } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { zeros } from "../tensor/create.ts";

/** How {@link gradCheck} compares. */
export interface GradCheckOptions {
  /** Gradients to check, one for each input; left out, `backward()` computes them. */
  readonly gradients?: readonly Tensor[];
  /** Step of the differences; default 1e-5. */
  readonly h?: number;
  /** Relative error that still passes; default 1e-5. */
  readonly tolerance?: number;
  /** Examples in the batch: recognizes a missing 1/n. */
  readonly batchSize?: number;
  /** Seed of the weights r in L = Σ r⊙f; default 7. */
  readonly seed?: number;
}

/** One entry of one input, with both of its derivatives. */
export interface GradCheckEntry {
  /** Which input, counted from 0. */
  readonly input: number;
  /** Where in it. */
  readonly index: readonly number[];
  /** What `backward()`, or the gradient by hand, says. */
  readonly analytic: number;
  /** What the central difference says. */
  readonly numeric: number;
  /** analytic / numeric. */
  readonly ratio: number;
  /** |analytic − numeric| over the larger of both, or over 1% of the input's largest derivative. */
  readonly relativeError: number;
}

/** What {@link gradCheck} found. */
export interface GradCheckReport {
  /** Whether every entry of every input agrees. */
  readonly ok: boolean;
  /** How many entries were compared. */
  readonly entries: number;
  /** How many of them differ. */
  readonly wrong: number;
  /** The entry with the largest relative error; undefined if there are no entries. */
  readonly worst: GradCheckEntry | undefined;
  /** A sentence that names the likely slip, if anything differs and the numbers tell. */
  readonly slip: string | undefined;
  /** All of this in words. */
  toString(): string;
}

/**
 * Compares gradients with finite differences, for every entry of every input.
 *
 * f may return a tensor of any shape: what is differentiated is L = Σ r⊙f with random r, in which no error can
 * hide, or L = f itself where f is a scalar. It takes two evaluations of f for each entry.
 *
 * @param f Computes a result from the inputs; the same inputs must give the same result (no dropout)
 * @param inputs float64 leaves. Their numbers are changed one by one and put back; `grad` is left as it was
 * @param options `gradients` by hand, and how to compare
 * @returns Whether all agree, the worst entry with both numbers, and the likely slip
 * @throws {TypeError} If an input is no tensor, float32 or no leaf, or f returns no tensor or is random
 * @throws {ShapeError} If `gradients` are given and f is no scalar
 * @throws {RangeError} If `gradients` are not as many as the inputs, or f returns NaN or infinity
 * @see Griewank, Walther (2008), "Evaluating Derivatives", ch. 1
 * @example
 * ```ts
 * import { gradCheck, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const x = tensor([1, 2, 3]);
 * assertEquals(gradCheck((x) => x.tanh(), [x]).ok, true);
 *
 * // By hand: L = mean(x²), and the 1/n was forgotten in ∂L/∂x = 2x/n.
 * const report = gradCheck((x) => x.square().mean(), [x], { gradients: [x.mul(2)] });
 * assertEquals(report.worst?.ratio.toFixed(6), "3.000000");
 * assertEquals(report.slip?.includes("1/n"), true);
 * ```
 */
export function gradCheck(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options: GradCheckOptions = {},
): GradCheckReport {
  checkNames("gradCheck", ["gradients", "h", "tolerance", "batchSize", "seed"], options);
  const { h = 1e-5, tolerance = 1e-5, seed = 7, batchSize, gradients } = options;
  checkFunction("gradCheck", "f", f);
  checkInputs(inputs, gradients);
  const output: unknown = noGrad(() => f(...inputs));
  checkTensor("gradCheck", "result of f", output);
  if (gradients && output.size !== 1) {
    throw new ShapeError(
      `gradCheck: gradients by hand need a scalar f, got shape ${formatShape(output.shape)}. Take ` +
        `.sum() or .mean().`,
    );
  }
  const r = output.size === 1 ? undefined : new Rng(seed).randn(output.shape, FLOAT64);
  const weighted = () => r === undefined ? f(...inputs) : f(...inputs).mul(r);
  const loss = () => noGrad(() => weighted().sum().item());
  const scale = noGrad(() => weighted().abs().sum().item());
  if (!Object.is(loss(), loss())) {
    throw new TypeError(
      "gradCheck: f gives another result for the same inputs. Is there dropout, or a generator?",
    );
  }

  const analytic = gradients ?? gradientsOf(() => weighted().sum(), inputs);
  let worst: GradCheckEntry | undefined, slip: string | undefined, wrong = 0, entries = 0;
  inputs.forEach((x, input) => {
    const numeric = numericalGradient(loss, x, h);
    entries += x.size;
    const failed: number[] = [];
    if (!sameShape(analytic[input].shape, x.shape)) {
      const nowhere = { index: [], analytic: NaN, numeric: NaN, ratio: NaN, relativeError: Infinity };
      worst = { input, ...nowhere };
      wrong += x.size;
    } else {
      const largest = x.size === 0 ? 0 : numeric.abs().max().item();
      // Below this size a difference of two losses is nothing but rounding.
      const floor = Math.max(0.01 * largest, 1e-5 * scale);
      x.data.forEach((_, i) => {
        const entry = compare(input, i, x, analytic[input].data[i], numeric.data[i], floor);
        if (!(entry.relativeError <= tolerance)) failed.push(i);
        if (worst === undefined || !(entry.relativeError <= worst.relativeError)) worst = entry;
      });
      wrong += failed.length;
      if (failed.length === 0) return;
    }
    const kinks = failed.map((i) => kinkAt(loss, x, i, h));
    const onlyKinks = failed.length > 0 && kinks.every((kink) => kink !== undefined);
    slip ??= onlyKinks ? kinks[0] : gradientSlip(analytic[input], numeric, inputs, input, batchSize);
  });
  return report({ ok: wrong === 0, entries, wrong, worst, slip }, inputs.length, tolerance);
}

function compare(
  input: number,
  i: number,
  x: Tensor,
  analytic: number,
  numeric: number,
  floor: number,
): GradCheckEntry {
  const difference = Math.abs(analytic - numeric);
  const size = Math.max(Math.abs(analytic), Math.abs(numeric), floor);
  const index = unravel(i, x.shape);
  const relativeError = difference === 0 ? 0 : Number.isFinite(difference) ? difference / size : Infinity;
  return { input, index, analytic, numeric, ratio: analytic / numeric, relativeError };
}

/** What `backward()` computes, without a trace of it on the inputs. */
function gradientsOf(f: () => Tensor, inputs: readonly Tensor[]): Tensor[] {
  const before = inputs.map(({ grad, requiresGrad }) => ({ grad, requiresGrad }));
  try {
    for (const x of inputs) {
      x.grad = undefined;
      x.requiresGrad = true;
    }
    const loss = f();
    if (loss.requiresGrad) loss.backward();
    return inputs.map((x) => x.grad ?? zeros(x.shape, FLOAT64)); // f may not depend on it
  } finally {
    inputs.forEach((x, i) => Object.assign(x, before[i]));
  }
}

function checkInputs(inputs: readonly Tensor[], gradients?: readonly Tensor[]): void {
  if (!Array.isArray(inputs)) {
    throw new TypeError(`gradCheck: expected a list of inputs, [x], got ${kindOf(inputs)}.`);
  }
  inputs.forEach((x, i) => {
    checkTensor("gradCheck", `input ${i}`, x);
    if (x.dtype !== "float64") {
      throw new TypeError(
        `gradCheck: input ${i} is float32, whose 7 digits drown the differences. Use { dtype: "float64" }.`,
      );
    }
    if (x.pullback) {
      throw new TypeError(
        `gradCheck: input ${i} was computed from others; expected a leaf. Take its detach().`,
      );
    }
  });
  if (gradients && gradients.length !== inputs.length) {
    throw new RangeError(`gradCheck: got ${gradients.length} gradients for ${inputs.length} inputs.`);
  }
}

function report(
  facts: Omit<GradCheckReport, "toString">,
  inputs: number,
  tolerance: number,
): GradCheckReport {
  const { ok, entries, wrong, worst, slip } = facts;
  const counted = `${entries} ${entries === 1 ? "entry" : "entries"} of ${inputs} ` +
    `${inputs === 1 ? "input" : "inputs"}`;
  const error = formatValue(worst?.relativeError ?? 0, 2);
  const lines = ok ? [`gradCheck: ok, ${counted}, largest relative error ${error}`] : [
    `gradCheck: ${wrong} of ${counted} differ by more than ${tolerance}`,
    `  worst: input ${worst?.input}, entry ${formatShape(worst?.index ?? [])}: analytic ` +
    `${formatValue(worst?.analytic ?? NaN)}, numeric ${formatValue(worst?.numeric ?? NaN)}, ratio ` +
    `${formatValue(worst?.ratio ?? NaN, 4)}, relative error ${error}`,
    ...(slip ? [`  likely slip: ${slip}`] : []),
  ];
  return { ...facts, toString: () => lines.join("\n") };
}
