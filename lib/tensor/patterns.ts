/** Tensors that follow a rule: evenly spaced numbers, and the identity matrix. */

import { checkSize } from "./shape.ts";
import type { TensorOptions } from "./create.ts";
import { dtypeOf, emptyFloats } from "./dtype.ts";
import { Tensor } from "./tensor.ts";

/**
 * The numbers `start`, `start + step`, … before `stop`; with one argument 0, 1, … below it.
 *
 * Entry i is start + i·step. For a step that is not a binary fraction, such as 0.1, use {@link linspace}: whether
 * such a sum lies before `stop` is a matter of rounding.
 *
 * @param start The first number; the end, if it is the only argument
 * @param stop The end, itself left out
 * @param step Any number but 0; default 1
 * @param options `dtype`
 * @returns `[⌈(stop − start)/step⌉]`, empty if that is negative
 * @throws {RangeError} If the step is 0, or anything is not finite
 * @example
 * ```ts
 * import { arange } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(arange(4).toArray(), [0, 1, 2, 3]);
 * assertEquals(arange(1, 0, -0.25).toArray(), [1, 0.75, 0.5, 0.25]);
 * ```
 */
export function arange(
  start: number,
  stop?: number,
  step = 1,
  options: TensorOptions = {},
): Tensor {
  const dtype = dtypeOf("arange", options);
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new RangeError(
      `arange: expected finite numbers and a step other than 0, got ${from}, ${to}, ${step}.`,
    );
  }
  const count = Math.max(0, Math.ceil((to - from) / step));
  checkSize("arange", count);
  const out = emptyFloats(dtype, count);
  for (let i = 0; i < out.length; i++) out[i] = from + i * step;
  return new Tensor(out, [out.length]);
}

/**
 * `count` numbers evenly spaced from `start` to `stop`, both included.
 *
 * @param start The first number
 * @param stop The last number
 * @param count How many, at least 2 unless start is stop
 * @param options `dtype`
 * @returns `[count]`
 * @throws {RangeError} If count is not a positive integer, or it is 1 and start is not stop
 * @example
 * ```ts
 * import { linspace } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(linspace(-1, 1, 5).toArray(), [-1, -0.5, 0, 0.5, 1]);
 * ```
 */
export function linspace(start: number, stop: number, count: number, options: TensorOptions = {}): Tensor {
  if (
    !Number.isInteger(count) || count < 1 || (count === 1 && start !== stop) || !Number.isFinite(start - stop)
  ) {
    throw new RangeError(`linspace: cannot place ${count} numbers from ${start} to ${stop}, both included.`);
  }
  checkSize("linspace", count);
  const out = new Tensor(emptyFloats(dtypeOf("linspace", options), count).fill(stop), [count]);
  const step = (stop - start) / (count - 1);
  for (let i = 0; i < count - 1; i++) out.data[i] = start + i * step;
  return out;
}

/**
 * The identity matrix: ones on the diagonal, `[n, n]`.
 *
 * @param n Rows and columns
 * @param options `dtype`
 * @returns `[n, n]`
 * @throws {RangeError} If n is not an integer ≥ 0
 * @example
 * ```ts
 * import { eye } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(eye(2).toArray(), [[1, 0], [0, 1]]);
 * ```
 */
export function eye(n: number, options: TensorOptions = {}): Tensor {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`eye: expected an integer n ≥ 0, got ${n}.`);
  checkSize("eye", n * n);
  const out = new Tensor(emptyFloats(dtypeOf("eye", options), n * n), [n, n]);
  for (let i = 0; i < n; i++) out.data[i * (n + 1)] = 1;
  return out;
}
