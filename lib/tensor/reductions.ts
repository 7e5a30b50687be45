/** Operations that make one number of many, each with its backward beside it. */

import { binary, numberLike, unary } from "./unrecorded.ts";
import { checkNames } from "../checks/options.ts";
import { emptyFloats } from "./dtype.ts";
import { log } from "./elementwise.ts";
import { record } from "./record.ts";
import { axesOf, reduce, type ReduceOptions, spread } from "./reduce.ts";
import { formatShape, normalizeAxis, ShapeError, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** What every reduction can be told. */
const REDUCE = ["axis", "keepDims"];

/** The options, checked; copied, since `backward()` will read them again and the caller may change the list of axes. */
function reduceOptions(
  operation: string,
  options: ReduceOptions,
  others: readonly string[] = [],
): ReduceOptions {
  checkNames(operation, [...REDUCE, ...others], options);
  const { axis, keepDims } = options;
  return { axis: Array.isArray(axis) ? [...axis] : axis, keepDims };
}

/** What {@link variance} can be told besides the axes. */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from n in the denominator: 1 (default, as in PyTorch) or 0 (as in NumPy). */
  readonly correction?: number;
}

/** Σ: every summand receives the gradient of the sum. */
export function sum(a: Tensor, given: ReduceOptions = {}): Tensor {
  const options = reduceOptions("sum", given);
  const out = reduce("sum", a, options);
  return record(out, [a], (g) => [spread(g, a.shape, options)], "sum");
}

/** Σ/n: every summand receives 1/n of the gradient. */
export function mean(a: Tensor, given: ReduceOptions = {}): Tensor {
  const options = reduceOptions("mean", given);
  const total = reduce("sum", a, options);
  const n = numberLike(a.size / total.size, a);
  const pullback = (g: Tensor) => [spread(binary("divide", g, n), a.shape, options)];
  return record(binary("divide", total, n), [a], pullback, "mean");
}

/**
 * Σ(a − mean)²/(n − correction): ∂ = 2(a − mean)/(n − correction).
 *
 * @throws {RangeError} If n − correction is not positive: one number alone has no spread to estimate
 */
export function variance(a: Tensor, given: VarianceOptions = {}): Tensor {
  const options = reduceOptions("variance", given, ["correction"]);
  const { correction = 1 } = given, { axis } = options;
  const center = mean(a.detach(), { axis, keepDims: true });
  const count = axesOf(a.shape, axis, "variance").reduce((product, i) => product * a.shape[i], 1);
  const left = count - correction;
  if (!(left > 0)) {
    throw new RangeError(
      `variance: ${count} numbers and correction ${correction} leave ${left} to divide by; ` +
        "expected more numbers, or { correction: 0 }.",
    );
  }
  const away = binary("subtract", a, center);
  const divisor = numberLike(left, a);
  const out = binary("divide", reduce("sum", binary("multiply", away, away), options), divisor);
  const pullback = (g: Tensor) => {
    const share = spread(binary("divide", binary("add", g, g), divisor), a.shape, options);
    return [binary("multiply", share, away)];
  };
  return record(out, [a], pullback, "variance");
}

/**
 * ln Σ eᵃ, as m + ln Σ e^(a − m) with m = max a, so that nothing overflows: ∂ = softmax(a).
 */
export function logSumExp(a: Tensor, given: ReduceOptions = {}): Tensor {
  const options = reduceOptions("logSumExp", given);
  const largest = reduce("max", a, { ...options, keepDims: true });
  largest.data.forEach((m, i) => { // ∞ − ∞ would be NaN
    if (!Number.isFinite(m)) largest.data[i] = 0;
  });
  const total = reduce("sum", unary("exp", binary("subtract", a, largest)), options);
  const out = binary("add", log(total), new Tensor(largest.data, total.shape));
  const pullback = (g: Tensor) => {
    const softmax = unary("exp", binary("subtract", a, spread(out, a.shape, options)));
    return [binary("multiply", spread(g, a.shape, options), softmax)];
  };
  return record(out, [a], pullback, "logSumExp", [a, out]);
}

/** max or min: the gradient goes to the entry that was chosen, in equal parts if several are equal. */
export function extreme(which: "max" | "min", a: Tensor, given: ReduceOptions = {}): Tensor {
  const options = reduceOptions(which, given);
  const out = reduce(which, a, options);
  const pullback = (g: Tensor) => {
    const chosen = binary("equal", a, spread(out, a.shape, options));
    const share = binary("divide", chosen, spread(reduce("sum", chosen, options), a.shape, options));
    return [binary("multiply", spread(g, a.shape, options), share)];
  };
  return record(out, [a], pullback, which, [a, out]);
}

/** What {@link argmax} can be told. */
export interface ArgmaxOptions {
  /** Along which axis; the last one by default. */
  readonly axis?: number;
  /** Keep the axis, with length 1: the indices then come as a tensor. */
  readonly keepDims?: boolean;
}

/** Indices of the largest entries along an axis, row-major over the other axes; NaN counts as larger than anything. */
export function argmax(a: Tensor, options: number | ArgmaxOptions): number[] | Tensor {
  if (typeof options !== "number") checkNames("argmax", REDUCE, options);
  const { axis = -1, keepDims = false } = typeof options === "number" ? { axis: options } : options;
  const at = normalizeAxis(axis, a.shape, "argmax");
  const length = a.shape[at], inner = sizeOf(a.shape, at + 1);
  if (length === 0) throw new ShapeError(`argmax: axis ${axis} of shape ${formatShape(a.shape)} is empty.`);
  const indices = Array.from({ length: a.size / length }, (_, i) => {
    const start = Math.floor(i / inner) * length * inner + i % inner;
    const at = (step: number) => a.data[start + step * inner];
    let best = 0;
    for (let step = 1; step < length && !Number.isNaN(at(best)); step++) {
      if (!(at(step) <= at(best))) best = step; // larger, or NaN
    }
    return best;
  });
  if (!keepDims) return indices;
  const out = emptyFloats(a.dtype, indices.length);
  out.set(indices);
  return new Tensor(out, a.shape.map((length, i) => i === at ? 1 : length));
}
