/** Differences of differences: how curved a loss is. */

import { emptyFloats } from "../tensor/dtype.ts";
import { differentiable } from "./numerical_gradient.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * All second derivatives of f at x (its Hessian matrix), by differences of differences: how curved a loss is.
 *
 * ∂²f/∂xᵢ∂xⱼ ≈ (f(+hᵢ +hⱼ) − f(+hᵢ −hⱼ) − f(−hᵢ +hⱼ) + f(−hᵢ −hⱼ)) / 4h², with an error of order h². It takes
 * about 2n² evaluations of f for n entries.
 *
 * @param f Computes the loss from the current numbers of `x`
 * @param x Where; float64. Its entries are changed while f runs, and put back, even if f throws
 * @param h Step. 1e-4 balances the error of the formula (h²) against rounding (1e-16/h²)
 * @returns `[n, n]`, symmetric, for x with n entries
 * @throws {TypeError} If `x` is float32
 * @throws {RangeError} If f returns NaN or infinity
 * @see Griewank, Walther (2008), "Evaluating Derivatives", ch. 1
 * @example
 * ```ts
 * import { assertClose, numericalHessian, tensor } from "backprop";
 * const x = tensor([1, 2]);
 * const f = () => 3 * x.at(0) ** 2 + x.at(0) * x.at(1); // f = 3u² + uv
 * assertClose(numericalHessian(f, x), [[6, 1], [1, 0]], 1e-4);
 * ```
 */
export function numericalHessian(f: () => number, x: Tensor, h = 1e-4): Tensor {
  const measure = differentiable("numericalHessian", f, x);
  const n = x.size, before = x.data.slice();
  const hessian = emptyFloats("float64", n * n);
  const at = (i: number, step: number, j: number, other: number) => {
    x.data.set(before);
    x.data[i] += step;
    x.data[j] += other;
    return measure();
  };
  try {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const sum = at(i, h, j, h) - at(i, h, j, -h) - at(i, -h, j, h) + at(i, -h, j, -h);
        hessian[i * n + j] = hessian[j * n + i] = sum / (4 * h * h);
      }
    }
  } finally {
    x.data.set(before);
  }
  if (!hessian.every(Number.isFinite)) {
    throw new RangeError("numericalHessian: f is not finite around x.");
  }
  return new Tensor(hessian, [n, n]);
}
