/** Losses that compare each predicted number with the one number it should have been. */

import { checkTensor } from "../tensor/checks.ts";
import { DTypeError, emptyFloats } from "../tensor/dtype.ts";
import { record } from "../tensor/record.ts";
import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import {
  type Allowed,
  checkLossOptions,
  checkNotEmpty,
  checkNumbers,
  checkTarget,
  type LossOptions,
  type LossReduction,
  reduceLoss,
} from "./loss_options.ts";

/** A loss of one number ŷ against one number y, with its derivative beside it; `i` is the place of both. */
export interface EntryLoss {
  /** ℓ(ŷ, y). */
  readonly value: (prediction: number, target: number, i: number) => number;
  /** ∂ℓ/∂ŷ. */
  readonly slope: (prediction: number, target: number, i: number) => number;
  /** Which targets make sense; finite ones if left out. */
  readonly targets?: Allowed;
  /** Names of the options that it has beside the reduction. */
  readonly options?: readonly string[];
  /** Which predictions make sense; all if left out. NaN should pass: where it came from is not the loss's to say. */
  readonly predictions?: Allowed;
}

const FINITE: Allowed = { accepts: Number.isFinite, expected: "finite numbers" };

/**
 * L = Σᵢ ℓ(ŷᵢ, yᵢ), divided by the number of entries for a mean; recorded for `backward()`.
 *
 * @param name Of the loss, for errors
 * @throws {ShapeError} If the shapes differ, or are empty
 * @throws {DTypeError} If the dtypes differ
 * @throws {RangeError} If a number is not allowed, or there is no such reduction
 * @throws {TypeError} If the target is no tensor or requires a gradient, or there is no such option
 */
export function elementwiseLoss(
  name: string,
  loss: EntryLoss,
  prediction: Tensor,
  target: Tensor,
  options: LossOptions,
): Tensor {
  checkPair(name, loss, prediction, target, options);
  const { reduction = "mean" } = options;
  const value = reduceLoss(map(loss.value, prediction, target), reduction, prediction.size);
  const pullback = (g: Tensor) => [slopes(loss, prediction, target, reduction, g)];
  return record(value, [prediction], pullback, name, [prediction, target]);
}

/** ∂L/∂ŷ of {@link elementwiseLoss}, in the shape of `prediction`; for `"none"`, of the sum. */
export function elementwiseGradient(
  name: string,
  loss: EntryLoss,
  prediction: Tensor,
  target: Tensor,
  options: LossOptions,
): Tensor {
  checkPair(name, loss, prediction, target, options);
  const { reduction = "mean" } = options;
  return slopes(loss, prediction, target, reduction);
}

/** ∂L/∂ŷ, given ∂L/∂(the reduced loss); in one array, where operations of tensors would make four. */
function slopes(
  loss: EntryLoss,
  prediction: Tensor,
  target: Tensor,
  reduction: LossReduction,
  gradOutput?: Tensor,
): Tensor {
  const gradient = map(loss.slope, prediction, target), { data, dtype, size } = gradient;
  const by = dtype === "float64" ? size : Math.fround(size);
  for (let i = 0; i < size; i++) {
    if (reduction === "mean") data[i] /= by;
    if (gradOutput) data[i] *= gradOutput.data[gradOutput.size === 1 ? 0 : i];
  }
  return gradient;
}

function map(f: EntryLoss["value"], prediction: Tensor, target: Tensor): Tensor {
  const out = emptyFloats(prediction.dtype, prediction.size);
  for (let i = 0; i < out.length; i++) out[i] = f(prediction.data[i], target.data[i], i);
  return new Tensor(out, prediction.shape);
}

function checkPair(
  name: string,
  { targets = FINITE, predictions, options: others }: EntryLoss,
  prediction: Tensor,
  target: Tensor,
  options: LossOptions,
): void {
  checkLossOptions(name, options, others);
  checkTensor(name, "prediction", prediction);
  checkTarget(name, target);
  if (!sameShape(prediction.shape, target.shape)) {
    const shapes = `prediction has shape ${formatShape(prediction.shape)}, target ` +
      `${formatShape(target.shape)}`;
    throw new ShapeError(
      `${name}: ${shapes}; they must be equal, since broadcasting here would compare every prediction ` +
        "with every target. Reshape one of them.",
    );
  }
  if (prediction.dtype !== target.dtype) {
    throw new DTypeError(
      `${name}: prediction is ${prediction.dtype}, target ${target.dtype}. Make both the same.`,
    );
  }
  checkNotEmpty(name, prediction);
  checkNumbers(name, "target", target, targets);
  if (predictions) checkNumbers(name, "prediction", prediction, predictions);
}
