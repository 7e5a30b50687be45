/** Made-up data for regression: small sets with a known truth, so that one sees how close training comes. */

import { checkNames } from "../checks/options.ts";
import { sin } from "../kernels/elementary.ts";
import { tensor } from "../tensor/create.ts";
import { type DType, dtypeOf, FLOAT64 } from "../tensor/dtype.ts";
import { Rng } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Examples } from "./dataset.ts";
import { checkMake, generatorOf, type Random } from "./toy_checks.ts";

/**
 * The data of the linear-regression exercise: 100 points on the line y = 2x + 0.5, with noise.
 *
 * As NumPy makes it after `np.random.seed(seed)`: `x = randn(100)`, then `y = 2*x + 0.5 + 0.1*randn(100)`. With seed
 * 42, gradient descent on the mean squared error from w = b = 0 (learning rate 0.1, 100 steps) brings the loss from
 * 3.31506 to 0.00883632 and ends at w = 1.98567, b = 0.50074: the best line through these points, which is not
 * quite the line they were made from.
 *
 * @param options `seed` (default 42) or `rng`, `dtype`
 * @returns `inputs` x and `targets` y, both `[100, 1]`
 * @throws {TypeError} If both seed and rng are given
 * @example
 * ```ts
 * import { exerciseLine, mseLoss, zeros } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { targets } = exerciseLine(); // predicting 0 everywhere:
 * assertEquals(mseLoss(zeros([100, 1]), targets).item().toFixed(5), "3.31506");
 * ```
 */
export function exerciseLine(options: Random & { dtype?: DType } = {}): Examples<Tensor> {
  checkNames("exerciseLine", ["seed", "rng", "dtype"], options);
  const rng = generatorOf("exerciseLine", options), { dtype } = options;
  const x = rng.randn([100, 1], FLOAT64).data;
  const noise = rng.randn([100, 1], FLOAT64).data;
  return points(x, x.map((x, i) => 2 * x + 0.5 + 0.1 * noise[i]), dtype);
}

/**
 * The line of the loss-surface pictures: 20 points whose best line is w = 2, b = 0.5, to the last digits.
 *
 * x runs evenly from −2 to 2, and y = 2x + 0.5 + r. The residuals r are noise from which everything a line could
 * explain was taken: Σ r = 0 and Σ r·x = 0, with mean square 0.0270632. So the mean squared error of (w, b) is
 * 28/19·(w − 2)² + (b − 0.5)² + 0.0270632: 6.1718 at (0, 0), and least exactly at (2, 0.5).
 *
 * @returns `inputs` x and `targets` y, both `[20, 1]`
 * @example
 * ```ts
 * import { lossSurfaceLine, mseLoss } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs: x, targets: y } = lossSurfaceLine();
 * const loss = (w: number, b: number) => mseLoss(x.mul(w).add(b), y).item().toFixed(4);
 * assertEquals([loss(0, 0), loss(2, 0.5)], ["6.1718", "0.0271"]);
 * ```
 */
export function lossSurfaceLine(options: { dtype?: DType } = {}): Examples<Tensor> {
  const dtype = dtypeOf("lossSurfaceLine", options);
  const x = Float64Array.from({ length: 20 }, (_, i) => -2 + 4 * i / 19);
  const residuals = new Rng(42).randn([20], FLOAT64).data;
  const one = x.map(() => 1);
  // What is left of the first projection by rounding, the second takes.
  for (const direction of [one, x, one, x]) {
    const share = dot(residuals, direction) / dot(direction, direction);
    residuals.forEach((r, i) => residuals[i] = r - share * direction[i]);
  }
  const factor = Math.sqrt(0.0270632 * 20 / dot(residuals, residuals));
  return points(x, x.map((x, i) => 2 * x + 0.5 + factor * residuals[i]), dtype);
}

/**
 * One period of a sine with noise: y = sin(2πx) + noise, x evenly spaced from 0 to 1.
 *
 * Too curved for a line; few noisy points are enough to see a large network overfit.
 *
 * @param options `count` N of points (default 100), `noise` as its standard deviation (default 0.1), `seed`
 * (default 42) or `rng`, `dtype`
 * @returns `inputs` x and `targets` y, both `[N, 1]`
 * @throws {RangeError} If count is no whole number from 2, or noise is negative
 * @see Bishop, PRML, §1.1
 * @example
 * ```ts
 * import { noisySine } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs, targets } = noisySine({ count: 5, noise: 0 });
 * assertEquals(inputs.reshape([5]).toArray(), [0, 0.25, 0.5, 0.75, 1]);
 * assertEquals([targets.at(1, 0), targets.at(3, 0)], [1, -1]);
 * ```
 */
export function noisySine(
  options: Random & { count?: number; noise?: number; dtype?: DType } = {},
): Examples<Tensor> {
  checkNames("noisySine", ["count", "noise", "seed", "rng", "dtype"], options);
  const { count = 100, noise = 0.1, dtype } = options;
  checkMake("noisySine", "count", count, 2, noise);
  const rng = generatorOf("noisySine", options);
  const x = Float64Array.from({ length: count }, (_, i) => i / (count - 1));
  const errors = rng.randn([count], FLOAT64).data;
  return points(x, x.map((x, i) => sin(2 * Math.PI * x) + noise * errors[i]), dtype);
}

function points(x: ArrayLike<number>, y: ArrayLike<number>, dtype?: DType): Examples<Tensor> {
  const column = (values: ArrayLike<number>) => tensor(values, { dtype }).reshape([values.length, 1]);
  return { inputs: column(x), targets: column(y) };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
