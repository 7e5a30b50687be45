/** How good a model is on data, without changing it. */

import type { LabelledImages } from "../data/dataset.ts";
import { crossEntropyLoss } from "../nn/losses.ts";
import { noGrad } from "../tensor/record.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { accuracy } from "./metrics.ts";

/** What a classifier scores on some data. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** Share of right answers, 0…1. */
  readonly accuracy: number;
}

/**
 * Loss and accuracy of a classifier on labelled data; records nothing and trains nothing.
 *
 * @param model Anything that turns inputs `[N, D]` into logits `[N, C]`
 * @param data `images` `[N, D]` and `labels` `[N]`
 * @throws {ShapeError} If the model does not take these images, or there are none
 * @example
 * ```ts
 * import { evaluate, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const data = { images: tensor([[0], [1]]), labels: Uint8Array.of(0, 1) };
 * const sure = { forward: () => tensor([[9, 0], [9, 0]]) }; // says 0 whatever it sees
 * assertEquals(evaluate(sure, data).accuracy, 0.5);
 * assertEquals(evaluate(sure, data).loss.toFixed(2), "4.50"); // nats
 * ```
 */
export function evaluate(model: { forward(images: Tensor): Tensor }, data: LabelledImages): Evaluation {
  const logits = noGrad(() => model.forward(data.images));
  return {
    loss: crossEntropyLoss(logits.detach(), data.labels).item(),
    accuracy: accuracy(logits, data.labels),
  };
}
