/** Losses: one number that says how wrong a prediction is, each with its gradient beside it. */

import { oneHot } from "../tensor/create.ts";
import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { record } from "../tensor/record.ts";
import { Tensor } from "../tensor/tensor.ts";
import { logSoftmax, softmax } from "./activations.ts";

/**
 * Mean squared error.
 *
 * L = (1/n) Σᵢ (ŷᵢ − yᵢ)², over all n entries;  ∂L/∂ŷ = (2/n)(ŷ − y)
 *
 * @param prediction ŷ, any shape
 * @param target y, exactly the same shape: nothing is broadcast in a loss
 * @returns Scalar `[]`, ≥ 0, in the square of the target's unit
 * @throws {ShapeError} If the shapes differ, or are empty
 * @see Bishop, PRML, §1.2.5
 * @example
 * ```ts
 * import { mseLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(mseLoss(tensor([10, 0]), tensor([0, 0])).item(), 50); // an error of 10 contributes 100
 * ```
 */
export function mseLoss(prediction: Tensor, target: Tensor): Tensor {
  checkSameShape("mseLoss", prediction, target);
  return prediction.sub(target).square().mean();
}

/**
 * ∂L/∂ŷ of {@link mseLoss}: (2/n)(ŷ − y).
 *
 * @param prediction ŷ, any shape
 * @param target y, the same shape
 * @returns The gradient in the shape of `prediction`
 * @throws {ShapeError} If the shapes differ, or are empty
 * @example
 * ```ts
 * import { mseGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(mseGradient(tensor([10, 0]), tensor([0, 0])).toArray(), [10, 0]);
 * ```
 */
export function mseGradient(prediction: Tensor, target: Tensor): Tensor {
  checkSameShape("mseGradient", prediction, target);
  return prediction.detach().sub(target.detach()).mul(2 / prediction.size);
}

/**
 * Mean cross-entropy of softmax(`logits`) against class indices, in nats.
 *
 * L = −(1/N) Σₙ ln softmax(zₙ)[yₙ];  ∂L/∂z = (softmax(z) − onehot(y)) / N
 * Log-sum-exp, so large logits do not overflow.
 *
 * @param logits Unnormalized scores, `[N, C]`; do not apply softmax first
 * @param target Class indices 0…C−1, `[N]`
 * @returns Scalar `[]`, ≥ 0
 * @throws {ShapeError} If logits are not `[N, C]` with N ≥ 1, or target is not `[N]`
 * @throws {RangeError} If a label is outside 0…C−1
 * @see Bishop, PRML, §4.3.4
 * @example
 * ```ts
 * import { crossEntropyLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const logits = tensor([[2, 1, 0.1]]); // [N=1, C=3]
 * assertEquals(crossEntropyLoss(logits, [0]).item().toFixed(4), "0.4170"); // nats
 * ```
 */
export function crossEntropyLoss(logits: Tensor, target: ArrayLike<number>): Tensor {
  checkClasses("crossEntropyLoss", logits, target);
  const [count, classes] = logits.shape;
  const logProbabilities = logSoftmax(logits.detach());
  let total = 0;
  for (let n = 0; n < count; n++) total -= logProbabilities.data[n * classes + target[n]];
  const loss = new Tensor(emptyFloats(logits.dtype, 1).fill(total / count), []);
  return record(loss, [logits], (g) => [crossEntropyGradient(logits, target).mul(g)]);
}

/**
 * ∂L/∂z of {@link crossEntropyLoss}: (softmax(z) − onehot(y)) / N. Predicted minus wanted, averaged.
 *
 * @param logits Unnormalized scores, `[N, C]`
 * @param target Class indices 0…C−1, `[N]`
 * @returns `[N, C]`; every row sums to 0
 * @throws {ShapeError} If logits are not `[N, C]` with N ≥ 1, or target is not `[N]`
 * @throws {RangeError} If a label is outside 0…C−1
 * @example
 * ```ts
 * import { crossEntropyGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(crossEntropyGradient(tensor([[0, 0]]), [1]).toArray(), [[0.5, -0.5]]);
 * ```
 */
export function crossEntropyGradient(logits: Tensor, target: ArrayLike<number>): Tensor {
  checkClasses("crossEntropyGradient", logits, target);
  const [count, classes] = logits.shape;
  const wanted = oneHot(target, classes, { dtype: logits.dtype });
  return softmax(logits.detach()).sub(wanted).div(count);
}

function checkSameShape(name: string, prediction: Tensor, target: Tensor): void {
  if (!sameShape(prediction.shape, target.shape)) {
    throw new ShapeError(
      `${name}: prediction has shape ${formatShape(prediction.shape)}, target ${
        formatShape(target.shape)
      }; ` +
        "they must be equal, since broadcasting here would compare every prediction with every target. " +
        "Reshape one of them.",
    );
  }
  if (prediction.size === 0) throw new ShapeError(`${name}: expected at least one entry, got none.`);
}

function checkClasses(name: string, logits: Tensor, target: ArrayLike<number>): void {
  if (logits.shape.length !== 2 || logits.size === 0) {
    throw new ShapeError(
      `${name}: expected logits [N, C] with at least one row and class, got shape ${
        formatShape(logits.shape)
      }.`,
    );
  }
  const [count, classes] = logits.shape;
  if (target.length !== count) {
    throw new ShapeError(
      `${name}: logits ${formatShape(logits.shape)} need ${count} class indices, got ${target.length}.`,
    );
  }
  for (let n = 0; n < count; n++) {
    const label = target[n];
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`${name}: label ${label} at position ${n} is outside 0…${classes - 1}.`);
    }
  }
}
