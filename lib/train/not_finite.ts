/** A number became NaN or infinite: where it came from, and why. */

import { formatValue } from "../checks/format.ts";
import type { Examples } from "../data/dataset.ts";
import { noGrad } from "../tensor/record.ts";
import { Tensor } from "../tensor/tensor.ts";
import { describeLayer } from "./measures.ts";
import { namesOf, type Predictor, type TrainableModel } from "./model.ts";
import { keep } from "./snapshot.ts";

/** What first held a number that is not finite. */
export type NotFinitePlace = "input" | "target" | "parameter" | "layer" | "prediction" | "loss" | "gradient";

/**
 * The likely cause.
 *
 * - `data`: the data hold it
 * - `augmentation`: the data do not, but the inputs after `augment` do
 * - `initial-weights`: a parameter held it before the first step
 * - `learning-rate`: the weights or the loss grew beyond all bounds
 * - `update`: the optimizer made it of finite gradients, as Adam without its ε does of a gradient of 0
 * - `scale`: inputs or targets are so large that products of them overflow
 * - `layer`, `loss`: a logarithm, root or division was given a number it has no finite answer for
 * - `slope`: the same on the way back, where the slope is infinite
 */
export type NotFiniteCause =
  | "data"
  | "augmentation"
  | "initial-weights"
  | "learning-rate"
  | "update"
  | "scale"
  | "layer"
  | "loss"
  | "slope";

/** Where a number that is not finite came from, and why. */
export interface NotFinite {
  /** What first held it. */
  readonly place: NotFinitePlace;
  /** Which one: `"0.weight"`, `"layer 2 ReLU()"`, `"row 17, column 3"`. */
  readonly name: string;
  /** `NaN`, `Infinity` or `-Infinity`. */
  readonly value: number;
  /** Why, as far as one can tell. */
  readonly cause: NotFiniteCause;
  /** Place and cause in words, and what to do. */
  readonly message: string;
}

/** What there is to look at. */
export interface Suspects {
  readonly model: TrainableModel;
  /** All the data, to find the row. */
  readonly data: Examples;
  /** What went into the model, and what should have come out. */
  readonly batch: Examples;
  readonly learningRate: number;
  /** Updates before this moment in this run, and the loss of each. */
  readonly history: { readonly steps: readonly { readonly step: number; readonly trainLoss: number }[] };
  /** Whether updates were made since the weights were first used. */
  readonly updates: number;
  /** The loss that is not finite; leave it out if the loss is fine and a gradient is not. */
  readonly loss?: number;
}

/** Looks along the way of the numbers (data, parameters, layers, loss, gradients) for the first that is not finite. */
export function diagnose(suspects: Suspects): NotFinite {
  return inData(suspects) ?? inParameters(suspects) ??
    (suspects.loss === undefined ? inGradients(suspects) : inForward(suspects, suspects.loss));
}

function inData({ data, batch }: Suspects): NotFinite | undefined {
  for (const place of ["input", "target"] as const) {
    const [used, all] = [batch, data].map((of) => place === "input" ? of.inputs : of.targets);
    const found = used instanceof Tensor ? firstBad(used) : undefined;
    if (found === undefined || !(all instanceof Tensor)) continue;
    const index = all.data.findIndex((x) => !Number.isFinite(x));
    if (index < 0) {
      const message =
        `After augment the ${place}s hold ${found}; the data do not. Look at the augment function.`;
      return { place, name: `${place}s`, value: found, cause: "augmentation", message };
    }
    const width = all.size / all.shape[0];
    const name = `row ${Math.floor(index / width)}, column ${index % width}`;
    const value = all.data[index];
    const message = `The ${place}s hold ${value} in ${name}. Remove the row, or fill in a number.`;
    return { place, name, value, cause: "data", message };
  }
}

function inParameters(suspects: Suspects): NotFinite | undefined {
  const bad = namesOf(suspects.model).flatMap(([name, tensor]) => {
    const value = firstBad(tensor);
    return value === undefined ? [] : [{ place: "parameter" as const, name, value }];
  });
  if (bad.length === 0) return undefined;
  const [where] = bad;
  const others = bad.length > 1 ? ` (and ${bad.length - 1} other parameters)` : "";
  const subject = `${where.name}${others}`;
  if (suspects.updates === 0) {
    const advice = "Look at how the weights were made or loaded.";
    const message = `${subject} held ${where.value} before the first step. ${advice}`;
    return { ...where, cause: "initial-weights", message };
  }
  const what = `${subject} holds ${where.value} since the last update`;
  if (grew(suspects)) return blameLearningRate(suspects, where, what);
  const cause =
    "a division by 0 in the optimizer, as in Adam without ε where a gradient is 0; or something else wrote " +
    "into the parameter.";
  const message =
    `${what}, though its gradients were finite and the loss had not grown. Likely cause: ${cause}`;
  return { ...where, cause: "update", message };
}

/** The parameters are fine: the first layer that gives out what is not finite, or else the loss itself. */
function inForward(suspects: Suspects, loss: number): NotFinite {
  const { model, batch } = suspects;
  const putBack = keep(model); // a forward pass in training mode moves running statistics and draws numbers
  let found: { place: "layer" | "prediction"; name: string; value: number } | undefined;
  try {
    found = noGrad(() => firstBadLayer(model.layers ?? [], batch.inputs, "layer "));
    const value = found ? undefined : firstBad(noGrad(() => model.forward(batch.inputs)));
    if (value !== undefined) found = { place: "prediction", name: "the model's output", value };
  } finally {
    putBack();
  }
  const where = found ?? { place: "loss" as const, name: "the loss", value: loss };
  const what = found
    ? `${found.name} gives ${found.value}, though its parameters and the inputs are finite`
    : `The loss is ${loss}, though the predictions are finite`;
  if (grew(suspects)) return blameLearningRate(suspects, where, what);
  const { inputs, targets } = batch;
  const largest = Math.max(largestOf(inputs), targets instanceof Tensor ? largestOf(targets) : 0);
  if (largest > HUGE) {
    const advice = "Bring them to one scale with Standardizer.";
    const message = `${what}. Likely cause: the data reach ${formatValue(largest, 3)}. ${advice}`;
    return { ...where, cause: "scale", message };
  }
  const cause = found ? "layer" : "loss";
  const advice =
    "the logarithm of 0, a root of a negative number or a division by 0. From logits, use a loss that takes logits.";
  return { ...where, cause, message: `${what}. Likely cause: ${advice}` };
}

/** The loss is fine: the gradient nearest to it that is not finite, since gradients are made from the back. */
function inGradients(suspects: Suspects): NotFinite {
  const named = namesOf(suspects.model);
  const bad = named.flatMap(([name, { grad }]) => {
    const value = grad && firstBad(grad);
    return value === undefined ? [] : [{ name, value }];
  });
  const { name, value } = bad.at(-1) ?? { name: "all parameters together", value: Infinity };
  const where = { place: "gradient" as const, name, value };
  const what = `The gradient of ${name} is ${value}, though the loss is finite`;
  if (grew(suspects)) return blameLearningRate(suspects, where, what);
  const advice =
    "an infinite slope behind that parameter, as √x, ln x and 1/x have at 0. Keep away from 0 by adding a small ε.";
  return { ...where, cause: "slope", message: `${what}. Likely cause: ${advice}` };
}

/** Numbers of data and weights beyond which something is out of hand. */
const HUGE = 1e6;
/** Inputs beyond this call for a much smaller learning rate than those of one scale. */
const UNSCALED = 100;

/** Whether training has blown the weights up: the loss rose a hundredfold, or the weights themselves are enormous. */
function grew({ model, history, updates }: Suspects): boolean {
  if (updates === 0) return false;
  const rows = history.steps.slice(-updates);
  const rose = rows[rows.length - 1].trainLoss > 100 * rows[0].trainLoss;
  return rose || namesOf(model).some(([, tensor]) => largestOf(tensor) > HUGE);
}

function blameLearningRate(
  { learningRate, history, updates, batch }: Suspects,
  where: Pick<NotFinite, "place" | "name" | "value">,
  what: string,
): NotFinite {
  const rows = history.steps.slice(-updates);
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const course = first === last
    ? ""
    : `: the loss went from ${formatValue(first.trainLoss, 3)} at step ${first.step} to ` +
      `${formatValue(last.trainLoss, 3)} at step ${last.step}`;
  const largest = largestOf(batch.inputs);
  const scale = largest > UNSCALED
    ? ` for inputs that reach ${formatValue(largest, 3)}; bring them to one scale first`
    : "";
  const message =
    `${what}. Likely cause: the learning rate, ${
      formatValue(learningRate, 3)
    }, is too high${scale}${course}. ` +
    "Divide it by 10, or clip the gradients with clipNorm.";
  return { ...where, cause: "learning-rate", message };
}

function firstBadLayer(layers: readonly Predictor[], inputs: Tensor, prefix: string) {
  let x = inputs;
  for (const [i, layer] of layers.entries()) {
    x = layer.forward(x);
    const value = firstBad(x);
    if (value !== undefined) {
      return { place: "layer" as const, name: `${prefix}${describeLayer(layer, i)}`, value };
    }
  }
}

function firstBad({ data }: Tensor): number | undefined {
  return data.find((x) => !Number.isFinite(x));
}

function largestOf({ data }: Tensor): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]));
  return largest;
}
