/** Class indices: what counts as one, and how it is said of what does not; for losses, metrics and charts alike. */

import { formatShape, ShapeError } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** How right classes are given: a list or typed array of indices 0…C−1, or a tensor of them, `[N]`. */
export type Labels = ArrayLike<number> | Tensor;

/** What labels must fit. */
export interface LabelsExpected {
  /** C: labels are 0…C−1. */
  readonly classes: number;
  /** N, if it is known. */
  readonly count?: number;
  /** What has that many rows, as it is called in the error: `"logits [4, 3]"`. */
  readonly beside?: string;
  /** What else could have been given: `", or a tensor of probabilities [4, 3]"`. */
  readonly orElse?: string;
}

/**
 * The labels as a list, after making sure that each is a class.
 *
 * @param owner Named in the error
 * @throws {TypeError} If it is no list of numbers, or a tensor that requires a gradient
 * @throws {ShapeError} If a tensor is not `[N]`, or there are not as many as expected
 * @throws {RangeError} If one is no whole number from 0 to C−1
 */
export function readLabels(owner: string, labels: Labels, expected: LabelsExpected): ArrayLike<number> {
  const { count, beside = "the rows", orElse = "" } = expected;
  const many = count === undefined ? "" : `${count} `;
  if (labels instanceof Tensor) {
    if (labels.requiresGrad) {
      throw new TypeError(
        `${owner}: the labels require a gradient, but a class has none. Cut them off with .detach().`,
      );
    }
    if (labels.shape.length !== 1) {
      throw new ShapeError(
        `${owner}: expected ${many}class indices [${count ?? "N"}], got a tensor of shape ${
          formatShape(labels.shape)
        }. Of rows of probabilities, take .argmax().`,
      );
    }
  }
  const list: unknown = labels instanceof Tensor ? labels.data : labels;
  if (typeof list !== "object" || list === null || typeof (list as ArrayLike<number>).length !== "number") {
    const got = list === null ? "null" : typeof list;
    throw new TypeError(`${owner}: expected the target to be ${many}class indices${orElse}, got ${got}.`);
  }
  const { length } = list as ArrayLike<number>;
  if (count !== undefined && length !== count) {
    throw new ShapeError(`${owner}: ${beside} need ${count} class indices, got ${length}.`);
  }
  for (let n = 0; n < length; n++) checkLabel(owner, (list as ArrayLike<unknown>)[n], n, expected);
  return list as ArrayLike<number>;
}

function checkLabel(owner: string, label: unknown, n: number, { classes, beside }: LabelsExpected): void {
  if (typeof label !== "number") {
    const advice = Array.isArray(label)
      ? " Wrap probabilities in tensor(…)."
      : typeof label === "string" || typeof label === "boolean"
      ? " Make them numbers first: labels.map(Number)."
      : "";
    const got = Array.isArray(label) ? "an array" : typeof label;
    throw new TypeError(`${owner}: expected class indices, got ${got} at position ${n}.${advice}`);
  }
  if (Number.isInteger(label) && label >= 0 && label < classes) return;
  const why = classes === 1 && beside ? `; the logits ${ONE_CLASS}` : ".";
  throw new RangeError(`${owner}: label ${label} at position ${n} is outside 0…${classes - 1}${why}`);
}

/**
 * Makes sure that scores choose among classes, of which there must be two at least.
 *
 * @param owner Named in the error
 * @param logits `[N, C]`
 * @throws {ShapeError} If there is one class only
 */
export function checkSeveralClasses(owner: string, logits: Tensor): void {
  if (logits.shape[1] > 1) return;
  throw new ShapeError(`${owner}: logits ${formatShape(logits.shape)} ${ONE_CLASS}`);
}

const ONE_CLASS =
  "know one class only, so there is nothing to choose. Give two classes two logits a row; one logit a row " +
  "is for binaryCrossEntropyWithLogitsLoss, and says class 1 where it is above 0.";
