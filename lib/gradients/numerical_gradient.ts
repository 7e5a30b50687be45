/** Finite differences: the slow, simple way to a gradient, to check the fast one with. */

import { checkFunction, kindOf } from "../checks/values.ts";
import { checkTensor } from "../tensor/checks.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * ∂f/∂x by central differences, one entry at a time.
 *
 * ∂f/∂xᵢ ≈ (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h, with an error of order h². It takes two evaluations of f per
 * entry: for a check it is perfect, for training hopeless.
 *
 * @param f Computes the loss from the current numbers of `x`
 * @param x What to differentiate by; float64, since float32 has too few digits for a difference. Its entries are
 * changed one by one while f runs, and are back to what they were at the end, even if f throws
 * @param h Step. 1e-5 balances the error of the formula (h²) against rounding (1e-16/h)
 * @returns The gradient, in the shape of `x`
 * @throws {TypeError} If `x` is float32, or f returns no number
 * @throws {RangeError} If f returns NaN or infinity
 * @see Griewank, Walther (2008), "Evaluating Derivatives", ch. 1
 * @example
 * ```ts
 * import { numericalGradient, tensor } from "backprop";
 * import { assertAlmostEquals } from "@std/assert";
 * const x = tensor([3]);
 * const slope = numericalGradient(() => x.square().sum().item(), x); // f = x², f′ = 2x
 * assertAlmostEquals(slope.item(), 6, 1e-9);
 * ```
 */
export function numericalGradient(f: () => number, x: Tensor, h = 1e-5): Tensor {
  const measure = differentiable("numericalGradient", f, x);
  const gradient = emptyFloats("float64", x.size);
  for (let i = 0; i < x.size; i++) {
    const before = x.data[i];
    try {
      x.data[i] = before + h;
      const above = measure();
      x.data[i] = before - h;
      const below = measure();
      gradient[i] = (above - below) / (2 * h);
    } finally {
      x.data[i] = before;
    }
    if (!Number.isFinite(gradient[i])) {
      throw new RangeError(`numericalGradient: f is not finite around entry ${i} (x = ${before}).`);
    }
  }
  return new Tensor(gradient, x.shape);
}

/**
 * Makes sure that differences can be taken: x is a float64 tensor, and f returns numbers.
 *
 * @param name Of the caller, for errors
 * @returns f, which throws if what it returns is no number
 */
export function differentiable(name: string, f: () => number, x: Tensor): () => number {
  checkFunction(name, "f", f);
  checkTensor(name, "input x", x);
  if (x.dtype !== "float64") {
    throw new TypeError(
      `${name}: expected a float64 tensor, got float32, whose 7 digits drown the difference. Use { dtype: "float64" }.`,
    );
  }
  return () => {
    const value: unknown = f();
    if (typeof value === "number") return value;
    throw new TypeError(
      `${name}: expected f to return a number, got ${kindOf(value)}; take .item() of a scalar tensor.`,
    );
  };
}
