/** Losses for questions with two answers, from a probability or from a logit. */

import { checkList } from "../checks/values.ts";
import { log, logistic, softplus } from "../kernels/elementary.ts";
import { checkTensor } from "../tensor/checks.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { elementwiseGradient, elementwiseLoss, type EntryLoss } from "./elementwise_loss.ts";
import { type Allowed, checkLossOptions, type LossOptions } from "./loss_options.ts";

const TARGETS: Allowed = { accepts: (y) => y >= 0 && y <= 1, expected: "0, 1, or a probability between" };

/** ln p, but no less than −100, so that one certain mistake costs 100 nats and not infinitely many. */
const clampedLog = (p: number) => Math.max(log(p), -100);

const FROM_PROBABILITY: EntryLoss = {
  value: (p, y) => -(y * clampedLog(p) + (1 - y) * clampedLog(1 - p)),
  slope: (p, y) => (p - y) / Math.max(p * (1 - p), 1e-12),
  targets: TARGETS,
  predictions: {
    accepts: (p) => !(p < 0 || p > 1),
    expected: "a probability from 0 to 1; for logits there is binaryCrossEntropyWithLogitsLoss",
  },
};

/**
 * Binary cross-entropy of probabilities, in nats.
 *
 * L = −(1/n) Σᵢ [yᵢ ln pᵢ + (1 − yᵢ) ln(1 − pᵢ)];  ∂L/∂p = (1/n)(p − y) / (p(1 − p))
 *
 * At p = 0 and p = 1 the formula can be infinite. As in PyTorch, a logarithm counts as no less than −100, and the
 * denominator of the gradient as no less than 10⁻¹². Where you have logits,
 * {@link binaryCrossEntropyWithLogitsLoss} needs no such patch.
 *
 * @param prediction p, probabilities from 0 to 1, any shape
 * @param target y, 0 or 1 (or a probability), exactly the same shape
 * @param options `reduction`: `"mean"` (default), `"sum"` or `"none"`
 * @returns Scalar `[]`, 0 … 100 nats for a mean
 * @throws {ShapeError} If the shapes differ, or are empty
 * @throws {DTypeError} If the dtypes differ
 * @throws {RangeError} If a prediction or a target is outside 0…1, or a target is NaN
 * @throws {TypeError} If the target is no tensor, or requires a gradient
 * @see Bishop, PRML, §4.3.2
 * @example
 * ```ts
 * import { binaryCrossEntropyLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(binaryCrossEntropyLoss(tensor([0.9]), tensor([1])).item().toFixed(5), "0.10536"); // −ln 0.9
 * assertEquals(binaryCrossEntropyLoss(tensor([0]), tensor([1])).item(), 100); // surely wrong
 * ```
 */
export function binaryCrossEntropyLoss(
  prediction: Tensor,
  target: Tensor,
  options: LossOptions = {},
): Tensor {
  return elementwiseLoss("binaryCrossEntropyLoss", FROM_PROBABILITY, prediction, target, options);
}

/**
 * ∂L/∂p of {@link binaryCrossEntropyLoss}: (1/n)(p − y) / max(p(1 − p), 10⁻¹²).
 *
 * @param prediction p, probabilities from 0 to 1, any shape
 * @param target y, the same shape
 * @param options As for the loss
 * @returns The gradient in the shape of `prediction`
 * @throws As {@link binaryCrossEntropyLoss}
 * @example
 * ```ts
 * import { binaryCrossEntropyGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(binaryCrossEntropyGradient(tensor([0.5]), tensor([1])).toArray(), [-2]); // −1/p
 * ```
 */
export function binaryCrossEntropyGradient(
  prediction: Tensor,
  target: Tensor,
  options: LossOptions = {},
): Tensor {
  const name = "binaryCrossEntropyGradient";
  return elementwiseGradient(name, FROM_PROBABILITY, prediction, target, options);
}

/** What {@link binaryCrossEntropyWithLogitsLoss} can be told. */
export interface BinaryLogitsOptions extends LossOptions {
  /**
   * How much more a positive example (y = 1) counts: one number for all, or one for each column of the last axis.
   * Above 1 when positives are rare. Default 1.
   */
  readonly posWeight?: number | ArrayLike<number>;
}

/**
 * Binary cross-entropy of σ(`logits`), in nats, without ever forming σ: exact at logits of ±1000.
 *
 * L = (1/n) Σᵢ [(1 − yᵢ)·softplus(zᵢ) + w·yᵢ·softplus(−zᵢ)] with softplus(z) = ln(1 + eᶻ)
 * ∂L/∂z = (1/n)[(1 − y)σ(z) − w·y·σ(−z)], which for w = 1 is (σ(z) − y)/n
 *
 * @param logits z, any shape; do not apply a sigmoid first
 * @param target y, 0 or 1 (or a probability), exactly the same shape
 * @param options `posWeight` w (default 1) and `reduction`. The mean divides by n whatever the weight
 * @returns Scalar `[]`, ≥ 0
 * @throws {ShapeError} If the shapes differ, or are empty
 * @throws {DTypeError} If the dtypes differ
 * @throws {RangeError} If a target is outside 0…1 or NaN, or the weights do not fit
 * @throws {TypeError} If the target is no tensor, or requires a gradient
 * @see Bishop, PRML, §4.3.2
 * @example
 * ```ts
 * import { binaryCrossEntropyWithLogitsLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const loss = binaryCrossEntropyWithLogitsLoss(tensor([0, -1000]), tensor([1, 1]), { reduction: "none" });
 * assertEquals(loss.toArray(), [Math.LN2, 1000]);
 * ```
 */
export function binaryCrossEntropyWithLogitsLoss(
  logits: Tensor,
  target: Tensor,
  options: BinaryLogitsOptions = {},
): Tensor {
  const name = "binaryCrossEntropyWithLogitsLoss";
  return elementwiseLoss(name, fromLogit(name, logits, options), logits, target, options);
}

/**
 * ∂L/∂z of {@link binaryCrossEntropyWithLogitsLoss}: (1/n)[(1 − y)σ(z) − w·y·σ(−z)].
 *
 * @param logits z, any shape
 * @param target y, the same shape
 * @param options As for the loss
 * @returns The gradient in the shape of `logits`
 * @throws As {@link binaryCrossEntropyWithLogitsLoss}
 * @example
 * ```ts
 * import { binaryCrossEntropyWithLogitsGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const gradient = binaryCrossEntropyWithLogitsGradient(tensor([0, 0]), tensor([1, 0]));
 * assertEquals(gradient.toArray(), [-0.25, 0.25]); // (σ(0) − y)/2
 * ```
 */
export function binaryCrossEntropyWithLogitsGradient(
  logits: Tensor,
  target: Tensor,
  options: BinaryLogitsOptions = {},
): Tensor {
  const name = "binaryCrossEntropyWithLogitsGradient";
  return elementwiseGradient(name, fromLogit(name, logits, options), logits, target, options);
}

function fromLogit(name: string, logits: Tensor, options: BinaryLogitsOptions): EntryLoss {
  checkLossOptions(name, options, ["posWeight"]);
  const { posWeight = 1 } = options;
  checkTensor(name, "prediction", logits);
  if (typeof posWeight !== "number") checkList(name, "posWeight, unless it is a number,", posWeight);
  const weights = typeof posWeight === "number" ? [posWeight] : Array.from(posWeight);
  const columns = logits.shape.at(-1) ?? 1;
  if (typeof posWeight !== "number" && weights.length !== columns) {
    throw new RangeError(
      `${name}: expected posWeight to be a number or to hold ${columns}, one per column of the logits, ` +
        `got ${weights.length}.`,
    );
  }
  if (!weights.every((w) => typeof w === "number" && w >= 0 && w < Infinity)) {
    throw new RangeError(`${name}: posWeight must be finite and not negative, got ${weights.join(", ")}.`);
  }
  const weight = (i: number) => weights[i % weights.length];
  return {
    options: ["posWeight"],
    value: (z, y, i) => (1 - y) * softplus(z) + weight(i) * y * softplus(-z),
    slope: (z, y, i) => (1 - y) * logistic(z) - weight(i) * y * logistic(-z),
    targets: TARGETS,
  };
}
