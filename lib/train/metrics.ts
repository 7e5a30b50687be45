/** How good predictions are, in terms a person cares about. */

import { checkTensor } from "../tensor/checks.ts";
import { checkSeveralClasses, type Labels, readLabels } from "../tensor/labels.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The share of rows whose largest logit is that of the right class.
 *
 * @param logits Scores or probabilities, `[N, C]`
 * @param target Class indices 0…C−1, `[N]`: a list, a typed array or a tensor
 * @returns From 0 to 1
 * @throws {ShapeError} If the two do not hold the same number of examples, or none, or there is only one class
 * @throws {TypeError} If the logits are no tensor, or a label is no number
 * @throws {RangeError} If a label is outside 0…C−1
 * @example
 * ```ts
 * import { accuracy, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(accuracy(tensor([[3, 1], [0, 2]]), [0, 0]), 0.5);
 * ```
 */
export function accuracy(logits: Tensor, target: Labels): number {
  const { predicted, labels } = answers("accuracy", logits, target);
  let right = 0;
  predicted.forEach((label, n) => right += label === labels[n] ? 1 : 0);
  return right / predicted.length;
}

/**
 * How often each class was taken for each other one.
 *
 * @param logits Scores or probabilities, `[N, C]`
 * @param target Class indices 0…C−1, `[N]`: a list, a typed array or a tensor
 * @returns `[C][C]` counts: the row is the true class, the column the predicted one
 * @throws As {@link accuracy}
 * @example
 * ```ts
 * import { confusionMatrix, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(confusionMatrix(tensor([[3, 1], [0, 2]]), [0, 0]), [[1, 1], [0, 0]]);
 * ```
 */
export function confusionMatrix(logits: Tensor, target: Labels): number[][] {
  const { predicted, labels } = answers("confusionMatrix", logits, target);
  const classes = logits.shape[1];
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  predicted.forEach((label, n) => matrix[labels[n]][label]++);
  return matrix;
}

/** What was predicted and what is right, one class a row; throws for what the cross-entropy throws for. */
function answers(name: string, logits: Tensor, target: Labels) {
  checkTensor(name, "logits", logits);
  if (logits.shape.length !== 2) {
    throw new ShapeError(`${name}: expected logits [N, C], got shape ${formatShape(logits.shape)}.`);
  }
  const [count, classes] = logits.shape, given = `logits ${formatShape(logits.shape)}`;
  if (count === 0) {
    throw new ShapeError(
      `${name}: expected at least one row of logits, got shape ${formatShape(logits.shape)}.`,
    );
  }
  const labels = readLabels(name, target, { classes, count, beside: given });
  checkSeveralClasses(name, logits);
  return { predicted: logits.argmax(), labels };
}
