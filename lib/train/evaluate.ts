/** How good a model is on data, without changing it. */

import { checkNames } from "../checks/options.ts";
import { checkFunctions, kindOf } from "../checks/values.ts";
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
import { checkTensor } from "../tensor/checks.ts";
import { noGrad } from "../tensor/record.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Loss, Metric } from "./fit_options.ts";
import { accuracy } from "./metrics.ts";
import { checkPredictor, predicting, type Predictor } from "./model.ts";

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
/** Loss and metrics of one's own choice, for data of any kind. */
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
  checkPredictor("evaluate", model);
  checkFunctions("evaluate", options, ["loss"]);
  const { inputs, targets } = examplesOf(data), defaults = defaultMeasures(targets);
  const loss = checkedLoss("evaluate", options.loss ?? defaults.loss);
  const metrics = checkedMetrics("evaluate", options.metrics ?? defaults.metrics);
  const output = predicting(model, () => model.forward(inputs));
  checkTensor("evaluate", "model's prediction", output);
  const measured = score(output.detach(), targets, { loss, metrics });
  return measured as { loss: number; accuracy: number }; // without the accuracy, if other metrics were asked for
}

/** Cross-entropy, and accuracy where there are classes. */
export function defaultMeasures(targets: Targets): Required<EvaluateOptions<Targets>> {
  const metrics: Record<string, Metric<Targets>> = targets instanceof Uint8Array
    ? { accuracy: (prediction, target) => accuracy(prediction, target as Uint8Array) }
    : {};
  return { loss: crossEntropyLoss, metrics };
}

/** The loss, which throws unless it gives a tensor of one number: a number or a promise knows no graph. */
export function checkedLoss<T extends Targets>(name: string, loss: Loss<T>): Loss<T> {
  return (prediction, target) => {
    checkTensor(name, "model's prediction", prediction);
    const value = loss(prediction, target);
    checkTensor(name, "loss", value);
    if (value.size === 1) return value;
    throw new ShapeError(
      `${name}: expected the loss to be one number, got shape ${formatShape(value.shape)}. Take its mean().`,
    );
  };
}

/** Metrics, each of which throws unless it gives a number: a mean of anything else would be NaN without a word. */
export function checkedMetrics(
  owner: string,
  metrics: Readonly<Record<string, Metric<Targets>>>,
): Record<string, Metric<Targets>> {
  if (typeof metrics !== "object" || metrics === null) {
    throw new TypeError(
      `${owner}: expected metrics to be functions by name, { accuracy }, got ${kindOf(metrics)}.`,
    );
  }
  if ("loss" in metrics) {
    throw new TypeError(
      `${owner}: a metric cannot be called "loss", since its fields are taken. Give it another name.`,
    );
  }
  checkFunctions(`${owner}: metrics`, metrics, Object.keys(metrics));
  const checked = Object.entries(metrics).map(([name, metric]): [string, Metric<Targets>] => [
    name,
    (prediction, targets) => {
      const value: unknown = metric(prediction, targets);
      if (typeof value === "number") return value;
      const advice = value instanceof Tensor ? "; take its item()" : "";
      throw new TypeError(
        `${owner}: expected metric ${name} to give a number, got ${kindOf(value)}${advice}.`,
      );
    },
  ]);
  return Object.fromEntries(checked);
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
