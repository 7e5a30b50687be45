/** Penalties on large weights, to be added to a loss. */

import { kindOf } from "../checks/values.ts";
import { checkTensor } from "../tensor/checks.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { record } from "../tensor/record.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * L2 penalty on weights.
 *
 * P = λ Σ w², over all entries of all tensors;  ∂P/∂w = 2λw
 *
 * Mind the 2: the `weightDecay` of an optimizer adds λw to a gradient, which is the gradient of (λ/2) Σ w². For the
 * same effect on plain gradient descent, a weight decay of 0.02 corresponds to a penalty with λ = 0.01.
 *
 * @param weights One tensor or several; usually the weights of the layers and not their biases
 * @param lambda λ ≥ 0
 * @returns Scalar `[]`, ≥ 0
 * @throws {RangeError} If λ is negative or not finite, or there is no tensor
 * @throws {TypeError} If a weight is no tensor
 * @see Goodfellow, Bengio, Courville, Deep Learning, §7.1.1
 * @example
 * ```ts
 * import { l2Penalty, parameter } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([3, -4]);
 * const penalty = l2Penalty(w, 0.5); // 0.5·(9 + 16)
 * penalty.backward();
 * assertEquals(penalty.item(), 12.5);
 * assertEquals(w.grad?.toArray(), [3, -4]); // 2·0.5·w
 * ```
 */
export function l2Penalty(weights: Tensor | readonly Tensor[], lambda: number): Tensor {
  return penalty("l2Penalty", weights, lambda, (w) => w * w, l2PenaltyGradient);
}

/**
 * ∂P/∂w of {@link l2Penalty}: 2λw. Every step shrinks a weight by the same share of itself.
 *
 * @param w One tensor of weights
 * @param lambda λ ≥ 0
 * @returns The gradient in the shape of `w`
 * @throws {RangeError} If λ is negative or not finite
 * @example
 * ```ts
 * import { l2PenaltyGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(l2PenaltyGradient(tensor([3, -4]), 0.5).toArray(), [3, -4]);
 * ```
 */
export function l2PenaltyGradient(w: Tensor, lambda: number): Tensor {
  checkTensor("l2PenaltyGradient", "weights", w);
  checkLambda("l2PenaltyGradient", lambda);
  return w.detach().mul(2 * lambda);
}

/**
 * L1 penalty on weights; it drives weights that are not needed to exactly 0.
 *
 * P = λ Σ |w|, over all entries of all tensors;  ∂P/∂w = λ sign(w), which is taken as 0 at w = 0
 *
 * @param weights One tensor or several; usually the weights of the layers and not their biases
 * @param lambda λ ≥ 0
 * @returns Scalar `[]`, ≥ 0
 * @throws {RangeError} If λ is negative or not finite, or there is no tensor
 * @throws {TypeError} If a weight is no tensor
 * @see Goodfellow, Bengio, Courville, Deep Learning, §7.1.2
 * @example
 * ```ts
 * import { l1Penalty, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(l1Penalty([tensor([3, -4]), tensor([1])], 0.5).item(), 4);
 * ```
 */
export function l1Penalty(weights: Tensor | readonly Tensor[], lambda: number): Tensor {
  return penalty("l1Penalty", weights, lambda, Math.abs, l1PenaltyGradient);
}

/**
 * ∂P/∂w of {@link l1Penalty}: λ sign(w). Every step shrinks a weight by the same amount, however small it is.
 *
 * @param w One tensor of weights
 * @param lambda λ ≥ 0
 * @returns The gradient in the shape of `w`
 * @throws {RangeError} If λ is negative or not finite
 * @example
 * ```ts
 * import { l1PenaltyGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(l1PenaltyGradient(tensor([3, -4, 0]), 0.5).toArray(), [0.5, -0.5, 0]);
 * ```
 */
export function l1PenaltyGradient(w: Tensor, lambda: number): Tensor {
  checkTensor("l1PenaltyGradient", "weights", w);
  checkLambda("l1PenaltyGradient", lambda);
  return new Tensor(w.data.map((x) => lambda * Math.sign(x)), w.shape);
}

function penalty(
  name: string,
  weights: Tensor | readonly Tensor[],
  lambda: number,
  size: (w: number) => number,
  gradient: (w: Tensor, lambda: number) => Tensor,
): Tensor {
  checkLambda(name, lambda);
  const tensors = weights instanceof Tensor ? [weights] : weights;
  if (!Array.isArray(tensors)) {
    throw new TypeError(`${name}: expected a tensor of weights, or a list of them, got ${kindOf(tensors)}.`);
  }
  if (tensors.length === 0) {
    throw new RangeError(`${name}: expected at least one tensor of weights, got none.`);
  }
  let total: Tensor | undefined;
  for (const w of tensors) {
    checkTensor(name, "weights", w);
    let sum = 0;
    for (let i = 0; i < w.size; i++) sum += size(w.data[i]);
    const value = new Tensor(emptyFloats(w.dtype, 1).fill(lambda * sum), []);
    const term = record(value, [w], (g) => [gradient(w, lambda).mul(g)], name, [w]);
    total = total ? total.add(term) : term;
  }
  return total as Tensor;
}

function checkLambda(name: string, lambda: number): void {
  if (!(lambda >= 0 && lambda < Infinity)) {
    throw new RangeError(`${name}: lambda must be finite and not negative, got ${lambda}.`);
  }
}
