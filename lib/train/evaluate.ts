/** How good a model is on data, without changing it. */

import {
  countRows,
  type Dataset,
  type Examples,
  examplesOf,
  type LabelledImages,
  type Targets,
  type TargetsOf,
} from "../data/dataset.ts";
import { crossEntropyLoss } from "../nn/cross_entropy.ts";
import { checkNames } from "../tensor/checks.ts";
import { noGrad } from "../tensor/record.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Loss, Metric } from "./fit_options.ts";
import { accuracy } from "./metrics.ts";
import { predicting, type Predictor } from "./model.ts";

/** What a classifier scores on some data. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** Share of right answers, 0…1. */
  readonly accuracy: number;
}

/** What to measure. */
export interface EvaluateOptions<T extends Targets> {
  /** Default `crossEntropyLoss`. */
  readonly loss?: Loss<T>;
  /** Further measures, by name (default `{ accuracy }` if the targets are class indices). */
  readonly metrics?: Readonly<Record<string, Metric<T>>>;
}

/**
 * Loss and accuracy of a model on data, in prediction mode; records nothing and trains nothing.
 *
 * @param model Anything that turns inputs `[N, D]` into logits `[N, C]`, or into whatever the loss takes
 * @param data `images` `[N, D]` and `labels` `[N]`, or `inputs` and `targets`
 * @param options Other measures than cross-entropy and accuracy
 * @returns One number a measure, by name
 * @throws {ShapeError} If the model does not take these images, or there are none
 * @example
 * ```ts
 * import { evaluate, mseLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const data = { images: tensor([[0], [1]]), labels: Uint8Array.of(0, 1) };
 * const sure = { forward: () => tensor([[9, 0], [9, 0]]) }; // says 0 whatever it sees
 * assertEquals(evaluate(sure, data).accuracy, 0.5);
 * assertEquals(evaluate(sure, data).loss.toFixed(2), "4.50"); // nats
 *
 * const line = { inputs: tensor([[1], [2]]), targets: tensor([[1], [4]]) };
 * const same = { forward: (x: typeof line.inputs) => x };
 * assertEquals(evaluate(same, line, { loss: mseLoss }).loss, 2);
 * ```
 */
export function evaluate(model: Predictor, data: LabelledImages | Examples<Uint8Array>): Evaluation;
/** The same with another loss or other metrics, for data of any kind. */
export function evaluate<D extends Dataset>(
  model: Predictor,
  data: D,
  options: EvaluateOptions<TargetsOf<D>>,
): { readonly loss: number; readonly [metric: string]: number };
export function evaluate(
  model: Predictor,
  data: Dataset,
  options: EvaluateOptions<Targets> = {},
): { loss: number; accuracy: number } {
  countRows(data, "evaluate");
  checkNames("evaluate", ["loss", "metrics"], options);
  const { inputs, targets } = examplesOf(data);
  const prediction = predicting(model, () => model.forward(inputs)).detach();
  const measured = score(prediction, targets, { ...defaultMeasures(targets), ...options });
  return measured as { loss: number; accuracy: number }; // without the accuracy, if other metrics were asked for
}

/** Cross-entropy, and accuracy where there are classes. */
export function defaultMeasures(targets: Targets): Required<EvaluateOptions<Targets>> {
  const metrics: Record<string, Metric<Targets>> = targets instanceof Uint8Array
    ? { accuracy: (prediction, target) => accuracy(prediction, target as Uint8Array) }
    : {};
  return { loss: crossEntropyLoss, metrics };
}

/** Loss and metrics of predictions. */
export function score<T extends Targets>(
  prediction: Tensor,
  targets: T,
  { loss, metrics }: Required<EvaluateOptions<T>>,
): { loss: number; [metric: string]: number } {
  const measured = Object.entries(metrics).map(([name, metric]) => [name, metric(prediction, targets)]);
  return { ...Object.fromEntries(measured), loss: noGrad(() => loss(prediction, targets)).item() };
}
