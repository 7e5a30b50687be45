/** Exercise 1: the gradient of the loss by the logits. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { crossEntropyLoss } from "../../nn/cross_entropy.ts";
import { check } from "../../notebook/check.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { tinyPass } from "./tiny.ts";

/** What the learner writes. */
export type OutputGradient = (logits: Tensor, labels: ArrayLike<number>) => Tensor;

const measured = (z: Tensor, labels: ArrayLike<number>) =>
  numericalGradient(() => crossEntropyLoss(z, labels).item(), z);
/** Of a sum in place of the mean. */
const summed = (z: Tensor, labels: ArrayLike<number>) => measured(z, labels).mul(z.shape[0]);

/** Two batches of different sizes, against finite differences. */
export const checkOutputGradient = exercise(
  "05",
  "the gradient of the loss by the logits",
  (outputGradient: OutputGradient) => {
    const { z2, y } = tinyPass();
    const three = tensor([[1, 0, -1], [0.5, 0.5, 2], [0, 1, 0]]), of3 = [2, 0, 1];
    return checkCases("dz2", outputGradient, {
      cases: {
        "five examples": { of: [z2, y], is: measured(z2, y) },
        "three others": { of: [three, of3], is: measured(three, of3) },
      },
      slips: {
        "divided by 5; a batch may have another size": (z, y) => summed(z, y).div(5),
        "divided by the classes, not by the examples": (z, y) => summed(z, y).div(z.shape[1]),
      },
      batchSize: (z) => z.shape[0],
      kind: "Tensor",
      hint: "predicted minus wanted",
    });
  },
);

/** float32 in, float32 out. */
export const checkOutputDtype = exercise("05", "its dtype", (outputGradient: OutputGradient) => {
  const { dtype } = outputGradient(tensor([[1, 2]], { dtype: "float32" }), [0]);
  return check("dz2 in float32", dtype, "float32", { hint: "oneHot with the dtype" });
});
