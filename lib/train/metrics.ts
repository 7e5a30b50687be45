/** How good predictions are, in terms a person cares about. */

import { formatShape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The share of rows whose largest logit is that of the right class.
 *
 * @param logits Scores or probabilities, `[N, C]`
 * @param target Class indices, `[N]`
 * @returns From 0 to 1
 * @throws {ShapeError} If the two do not hold the same number of examples, or none
 * @example
 * ```ts
 * import { accuracy, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(accuracy(tensor([[3, 1], [0, 2]]), [0, 0]), 0.5);
 * ```
 */
export function accuracy(logits: Tensor, target: ArrayLike<number>): number {
  const predicted = predictions("accuracy", logits, target);
  let right = 0;
  predicted.forEach((label, n) => right += label === target[n] ? 1 : 0);
  return right / predicted.length;
}

/**
 * How often each class was taken for each other one.
 *
 * @param logits Scores or probabilities, `[N, C]`
 * @param target Class indices 0…C−1, `[N]`
 * @returns `[C][C]` counts: the row is the true class, the column the predicted one
 * @throws {ShapeError} If the two do not hold the same number of examples, or none
 * @throws {RangeError} If a label is outside 0…C−1
 * @example
 * ```ts
 * import { confusionMatrix, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(confusionMatrix(tensor([[3, 1], [0, 2]]), [0, 0]), [[1, 1], [0, 0]]);
 * ```
 */
export function confusionMatrix(logits: Tensor, target: ArrayLike<number>): number[][] {
  const predicted = predictions("confusionMatrix", logits, target);
  const classes = logits.shape[1];
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  predicted.forEach((label, n) => {
    const row = matrix[target[n]];
    if (row === undefined) {
      throw new RangeError(
        `confusionMatrix: label ${target[n]} at position ${n} is outside 0…${classes - 1}.`,
      );
    }
    row[label]++;
  });
  return matrix;
}

function predictions(name: string, logits: Tensor, target: ArrayLike<number>): number[] {
  if (logits.shape.length !== 2 || logits.shape[0] !== target.length || target.length === 0) {
    throw new ShapeError(
      `${name}: expected logits [N, C] and N ≥ 1 class indices, got shape ${formatShape(logits.shape)} ` +
        `and ${target.length} indices.`,
    );
  }
  return logits.argmax();
}
