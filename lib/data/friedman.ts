/** A made-up regression problem with ten inputs, half of which mean nothing. */

import { checkNames } from "../checks/options.ts";
import { sin } from "../kernels/elementary.ts";
import { defaultDType, type DType, emptyFloats, FLOAT64 } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Examples } from "./dataset.ts";
import { checkMake, generatorOf, type Random } from "./toy_checks.ts";

const FEATURES = 10;

/**
 * Friedman's first problem: ten inputs, evenly distributed on 0…1, of which the first five make the target.
 *
 * y = 10 sin(πx₁x₂) + 20(x₃ − ½)² + 10x₄ + 5x₅ + noise·ε, with ε standard normal
 *
 * A product, a square and two straight lines: too much for a linear model, easy for a small network. The mean squared
 * error of a perfect model is noise². The target has a mean of about 14.4 and a standard deviation of about 5; bring
 * both sides to one scale with a `Standardizer` before training.
 *
 * @param options `count` N of examples (default 400), `noise` as its standard deviation (default 1), `seed`
 * (default 42) or `rng`, `dtype`
 * @returns `inputs` `[N, 10]` and `targets` `[N, 1]`
 * @throws {RangeError} If count is no whole number from 1, or noise is negative
 * @see Friedman (1991), "Multivariate adaptive regression splines"
 * @see sklearn.datasets.make_friedman1, which draws the numbers in the same order
 * @example
 * ```ts
 * import { friedman } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs, targets } = friedman({ count: 100 });
 * assertEquals([inputs.shape, targets.shape], [[100, 10], [100, 1]]);
 * assertEquals(targets.at(0, 0).toFixed(4), "17.0160");
 * ```
 */
export function friedman(
  options: Random & { count?: number; noise?: number; dtype?: DType } = {},
): Examples<Tensor> {
  checkNames("friedman", ["count", "noise", "seed", "rng", "dtype"], options);
  const { count = 400, noise = 1, dtype = defaultDType() } = options;
  checkMake("friedman", "count", count, 1, noise);
  const rng = generatorOf("friedman", options);
  const inputs = rng.uniform([count, FEATURES], 0, 1, { dtype });
  const errors = rng.randn([count], FLOAT64).data;
  const targets = emptyFloats(dtype, count);
  for (let n = 0; n < count; n++) {
    const [x1, x2, x3, x4, x5] = inputs.data.subarray(n * FEATURES);
    targets[n] = 10 * sin(Math.PI * x1 * x2) + 20 * (x3 - 0.5) * (x3 - 0.5) + 10 * x4 + 5 * x5 +
      noise * errors[n];
  }
  return { inputs, targets: new Tensor(targets, [count, 1]) };
}
