/**
 * What all losses have in common: how many numbers become one, and which numbers they accept.
 *
 * | to predict              | the last layer gives | loss                               |
 * |-------------------------|----------------------|------------------------------------|
 * | a number                | the number           | `mseLoss`                          |
 * | a number, with outliers | the number           | `huberLoss`, `maeLoss`             |
 * | yes or no               | a logit              | `binaryCrossEntropyWithLogitsLoss` |
 * | yes or no               | a probability        | `binaryCrossEntropyLoss`           |
 * | one of C classes        | C logits             | `crossEntropyLoss`                 |
 *
 * All take (prediction, target, options), none broadcasts, and each has its gradient beside it.
 *
 * @module
 */

import { checkNames } from "../checks/options.ts";
import { checkTensor } from "../tensor/checks.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { formatIndex, formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * What a loss does with its many numbers: `"mean"` averages them, `"sum"` adds them up, `"none"` returns them all.
 *
 * With a mean, the learning rate need not change with the batch size; that is why it is the default.
 */
export type LossReduction = "mean" | "sum" | "none";

/** What every loss can be told. */
export interface LossOptions {
  /** Default `"mean"`. */
  readonly reduction?: LossReduction;
}

const REDUCTIONS: readonly string[] = ["mean", "sum", "none"];

/**
 * Reduces the numbers of a loss; sums are kept in float64, from the first number to the last.
 *
 * @param entries One number per entry or example
 * @param divisor What a mean divides by
 */
export function reduceLoss(entries: Tensor, reduction: LossReduction, divisor: number): Tensor {
  if (reduction === "none") return entries;
  let total = 0;
  for (let i = 0; i < entries.size; i++) total += entries.data[i];
  return new Tensor(emptyFloats(entries.dtype, 1).fill(reduction === "mean" ? total / divisor : total), []);
}

/** Throws for options that a loss does not have, and for an unknown reduction: cells of a notebook are not type-checked. */
export function checkLossOptions(name: string, options: LossOptions, others: readonly string[] = []): void {
  checkNames(name, ["reduction", ...others], options);
  const { reduction = "mean" } = options;
  if (!REDUCTIONS.includes(reduction)) {
    throw new RangeError(
      `${name}: unknown reduction "${reduction}"; expected one of ${REDUCTIONS.join(", ")}.`,
    );
  }
}

/** Throws unless the target is a tensor that requires no gradient. */
export function checkTarget(name: string, target: unknown): asserts target is Tensor {
  checkTensor(name, "target", target);
  if (target.requiresGrad) {
    throw new TypeError(
      `${name}: the target requires a gradient, but a loss only differentiates by its first argument. ` +
        "The order is (prediction, target); or cut the target off with .detach().",
    );
  }
}

/** Which numbers are allowed, and how to say so. */
export interface Allowed {
  readonly accepts: (x: number) => boolean;
  /** Completes the sentence "expected …". */
  readonly expected: string;
}

/** Throws for the first number that is not allowed, naming it and its place. */
export function checkNumbers(name: string, what: string, numbers: Tensor, allowed: Allowed): void {
  const { data, shape } = numbers;
  for (let i = 0; i < data.length; i++) {
    if (!allowed.accepts(data[i])) {
      throw new RangeError(
        `${name}: ${what} ${data[i]} at ${formatIndex(i, shape)}; expected ${allowed.expected}.`,
      );
    }
  }
}

/** Throws for a tensor without entries: the mean of nothing is 0/0. */
export function checkNotEmpty(name: string, prediction: Tensor): void {
  if (prediction.size === 0) {
    throw new ShapeError(
      `${name}: expected at least one entry, got shape ${formatShape(prediction.shape)}. Is the batch empty?`,
    );
  }
}
