/** Losses for numbers: how far a prediction is off, squared, absolute, or first one and then the other. */

import type { Tensor } from "../tensor/tensor.ts";
import { elementwiseGradient, elementwiseLoss, type EntryLoss } from "./elementwise_loss.ts";
import { checkLossOptions, type LossOptions } from "./loss_options.ts";

const SQUARED: EntryLoss = {
  value: (prediction, target) => (prediction - target) * (prediction - target),
  slope: (prediction, target) => 2 * (prediction - target),
};

const ABSOLUTE: EntryLoss = {
  value: (prediction, target) => Math.abs(prediction - target),
  slope: (prediction, target) => Math.sign(prediction - target),
};

function huber(name: string, options: HuberOptions): EntryLoss {
  checkLossOptions(name, options, ["delta"]);
  const { delta = 1 } = options;
  if (!(delta > 0 && delta < Infinity)) {
    throw new RangeError(`${name}: delta must be a positive number, got ${delta}.`);
  }
  return {
    options: ["delta"],
    value(prediction, target) {
      const error = Math.abs(prediction - target);
      return error <= delta ? error * error / 2 : delta * (error - delta / 2);
    },
    slope: (prediction, target) => Math.max(-delta, Math.min(delta, prediction - target)),
  };
}

/**
 * Mean squared error.
 *
 * L = (1/n) Σᵢ (ŷᵢ − yᵢ)², over all n entries;  ∂L/∂ŷ = (2/n)(ŷ − y)
 * Some books put a ½ in front; this, like PyTorch, does not.
 *
 * @param prediction ŷ, any shape
 * @param target y, exactly the same shape: nothing is broadcast in a loss
 * @param options `reduction`: `"mean"` (default), `"sum"`, or `"none"` for (ŷᵢ − yᵢ)² in the shape of `prediction`
 * @returns Scalar `[]`, ≥ 0, in the square of the target's unit
 * @throws {ShapeError} If the shapes differ, or are empty
 * @throws {DTypeError} If the dtypes differ
 * @throws {RangeError} If a target is NaN or infinite
 * @throws {TypeError} If the target is no tensor, or requires a gradient
 * @see Bishop, PRML, §1.2.5
 * @example
 * ```ts
 * import { mseLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(mseLoss(tensor([10, 0]), tensor([0, 0])).item(), 50); // an error of 10 contributes 100
 * ```
 */
export function mseLoss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  return elementwiseLoss("mseLoss", SQUARED, prediction, target, options);
}

/**
 * ∂L/∂ŷ of {@link mseLoss}: (2/n)(ŷ − y).
 *
 * @param prediction ŷ, any shape
 * @param target y, the same shape
 * @param options As for the loss; with `"sum"` and `"none"` there is no 1/n
 * @returns The gradient in the shape of `prediction`
 * @throws As {@link mseLoss}
 * @example
 * ```ts
 * import { mseGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(mseGradient(tensor([10, 0]), tensor([0, 0])).toArray(), [10, 0]);
 * ```
 */
export function mseGradient(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  return elementwiseGradient("mseGradient", SQUARED, prediction, target, options);
}

/**
 * Mean absolute error: an error of 10 counts ten times an error of 1, so outliers weigh less than in {@link mseLoss}.
 *
 * L = (1/n) Σᵢ |ŷᵢ − yᵢ|;  ∂L/∂ŷ = (1/n) sign(ŷ − y), which is taken as 0 where ŷ = y
 *
 * @param prediction ŷ, any shape
 * @param target y, exactly the same shape
 * @param options `reduction`: `"mean"` (default), `"sum"` or `"none"`
 * @returns Scalar `[]`, ≥ 0, in the target's unit
 * @throws As {@link mseLoss}
 * @example
 * ```ts
 * import { maeLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(maeLoss(tensor([10, 0]), tensor([0, 0])).item(), 5);
 * ```
 */
export function maeLoss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  return elementwiseLoss("maeLoss", ABSOLUTE, prediction, target, options);
}

/**
 * ∂L/∂ŷ of {@link maeLoss}: (1/n) sign(ŷ − y). It does not shrink near the target.
 *
 * @param prediction ŷ, any shape
 * @param target y, the same shape
 * @param options As for the loss
 * @returns The gradient in the shape of `prediction`
 * @throws As {@link mseLoss}
 * @example
 * ```ts
 * import { maeGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(maeGradient(tensor([10, 0]), tensor([0, 0])).toArray(), [0.5, 0]);
 * ```
 */
export function maeGradient(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  return elementwiseGradient("maeGradient", ABSOLUTE, prediction, target, options);
}

/** What {@link huberLoss} can be told. */
export interface HuberOptions extends LossOptions {
  /** δ > 0, the error at which the parabola becomes a straight line, in the target's unit. Default 1. */
  readonly delta?: number;
}

/**
 * Huber's loss: squared for small errors, absolute for large ones, with one slope where the two meet.
 *
 * With r = ŷ − y: ℓ = ½r² for |r| ≤ δ, else δ(|r| − ½δ);  ∂ℓ/∂ŷ = r, cut off at ±δ
 * For small errors it is half of {@link mseLoss}, as in PyTorch.
 *
 * @param prediction ŷ, any shape
 * @param target y, exactly the same shape
 * @param options `delta` (default 1) and `reduction`
 * @returns Scalar `[]`, ≥ 0
 * @throws As {@link mseLoss}, and {RangeError} if delta is not a positive number
 * @see Huber (1964), "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35(1)
 * @example
 * ```ts
 * import { huberLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const errors = huberLoss(tensor([0.5, 10]), tensor([0, 0]), { reduction: "none" });
 * assertEquals(errors.toArray(), [0.125, 9.5]); // ½·0.5², 10 − ½
 * ```
 */
export function huberLoss(prediction: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  return elementwiseLoss("huberLoss", huber("huberLoss", options), prediction, target, options);
}

/**
 * ∂L/∂ŷ of {@link huberLoss}: (1/n)(ŷ − y), cut off at ±δ/n. No outlier can pull harder than that.
 *
 * @param prediction ŷ, any shape
 * @param target y, the same shape
 * @param options As for the loss
 * @returns The gradient in the shape of `prediction`
 * @throws As {@link huberLoss}
 * @example
 * ```ts
 * import { huberGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(huberGradient(tensor([0.5, -10]), tensor([0, 0])).toArray(), [0.25, -0.5]);
 * ```
 */
export function huberGradient(prediction: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  return elementwiseGradient("huberGradient", huber("huberGradient", options), prediction, target, options);
}
