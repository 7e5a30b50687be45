/** What may be trained, with what, and how a step is made: one description for `fit` and `findLearningRate`. */

import { checkCount, checkPositive } from "../checks/ranges.ts";
import { checkFunctions, kindOf } from "../checks/values.ts";
import { checkRng } from "../data/batches.ts";
import { countRows, type Dataset, type Examples, examplesOf, type Targets } from "../data/dataset.ts";
import { checkTensor } from "../tensor/checks.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkedLoss, defaultMeasures } from "./evaluate.ts";
import type { Loss, Stepper, TrainingOptions } from "./fit_options.ts";
import type { TrainableModel } from "./model.ts";
import { Pauses } from "./pauses.ts";
import { type StopButton, stopButton } from "./stop_button.ts";

/** The names of {@link TrainingOptions}. */
export const TRAINING = "optimizer batchSize loss rng dropLast augment penalty clipNorm signal now".split(
  " ",
);

/** Checked and completed. */
export interface Training extends Pick<TrainingOptions, "penalty"> {
  readonly model: TrainableModel;
  readonly optimizer: Stepper;
  readonly data: Examples;
  readonly batching: Pick<TrainingOptions, "batchSize" | "rng" | "dropLast">;
  readonly loss: Loss<Targets>;
  readonly augment: (inputs: Tensor) => Tensor;
  /** `Infinity` for no clipping. */
  readonly clipNorm: number;
  readonly stepsPerEpoch: number;
  /** Sets η of the first group of parameters; other groups keep their ratio to it. */
  readonly setRate: (learningRate: number) => void;
  /** The caller's signal, and a notebook's Stop button. */
  readonly stop: StopButton;
  readonly pauses: Pauses;
  readonly now: () => number;
}

/**
 * Checks everything about a training that can be checked before its first step.
 *
 * @param name Of the caller, for errors
 */
export function prepareTraining(
  name: string,
  model: TrainableModel,
  dataset: Dataset,
  options: TrainingOptions,
): Training {
  const { optimizer, batchSize, rng, dropLast = false, clipNorm = Infinity, signal } = options;
  checkFunctions(name, options, ["loss", "augment", "penalty", "now"]);
  const { now = () => performance.now() } = options;
  const count = countRows(dataset, name);
  if (count === 0) {
    throw new RangeError(`${name}: the dataset has no examples, so there is nothing to train on.`);
  }
  checkCount(name, "batchSize", batchSize, 1);
  if (dropLast && batchSize > count) {
    throw new RangeError(
      `${name}: with dropLast and batchSize ${batchSize}, ${count} examples give no batch.`,
    );
  }
  if (clipNorm !== Infinity) checkPositive(name, "clipNorm", clipNorm);
  checkRng(name, rng);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(
      `${name}: expected signal to be that of an AbortController, controller.signal; got ${kindOf(signal)}.`,
    );
  }
  checkPair(name, model, optimizer);
  const data = examplesOf(dataset);
  const { loss = defaultMeasures(data.targets).loss, augment = (inputs: Tensor) => inputs } = options;
  return {
    model,
    optimizer,
    data,
    batching: { batchSize, rng, dropLast },
    loss: checkedLoss(name, loss),
    penalty: options.penalty && checkedPenalty(name, options.penalty),
    augment: checkedAugment(name, augment),
    clipNorm,
    stepsPerEpoch: dropLast ? Math.floor(count / batchSize) : Math.ceil(count / batchSize),
    setRate: rateSetter(name, optimizer),
    stop: stopButton(signal),
    pauses: new Pauses(now),
    now,
  };
}

/** Throws unless these are a model and an optimizer that trains it. */
function checkPair(name: string, model: TrainableModel, optimizer: Stepper): void {
  if (typeof model?.forward !== "function" || typeof model.parameters !== "function") {
    throw new TypeError(
      `${name}: expected a model with forward(inputs) and parameters(), such as a Sequential. (A Network can only predict.)`,
    );
  }
  if (typeof optimizer?.step !== "function" || typeof optimizer.zeroGrad !== "function") {
    throw new TypeError(
      `${name}: expected an optimizer, such as new Adam(model.parameters(), { learningRate: 0.001 }).`,
    );
  }
  const mine = new Set(model.parameters());
  if (mine.size === 0) {
    throw new TypeError(`${name}: the model has no parameters, so there is nothing to train.`);
  }
  const theirs = optimizer.groups?.flatMap(({ parameters }) => parameters);
  if (theirs && !theirs.some((parameter) => mine.has(parameter))) {
    throw new TypeError(
      `${name}: the optimizer trains none of this model's parameters; it was made for another one. ` +
        "Make it anew: new Adam(model.parameters(), …).",
    );
  }
}

function checkedPenalty(name: string, penalty: () => Tensor): () => Tensor {
  return () => {
    const value = penalty();
    checkTensor(name, "penalty", value);
    return value;
  };
}

function checkedAugment(name: string, augment: (inputs: Tensor) => Tensor): (inputs: Tensor) => Tensor {
  return (inputs) => {
    const changed = augment(inputs);
    checkTensor(name, "result of augment", changed);
    if (changed.shape[0] === inputs.shape[0]) return changed;
    throw new ShapeError(
      `${name}: augment must give as many rows as it got, ${
        formatShape(inputs.shape)
      }, or they would not belong to ` +
        `their targets; got ${formatShape(changed.shape)}.`,
    );
  };
}

function rateSetter(name: string, optimizer: Stepper): (learningRate: number) => void {
  const groups = optimizer.groups ?? [];
  const rates = groups.map(({ learningRate }) => learningRate);
  const [first] = rates;
  if (first === undefined || rates.every((rate) => rate === first)) {
    return (learningRate) => optimizer.learningRate = learningRate;
  }
  return (learningRate) => {
    if (first === 0) {
      throw new RangeError(
        `${name}: cannot change the learning rates of all groups by one factor, since that of the first is 0. ` +
          "Give it another one, or put another group first.",
      );
    }
    groups.forEach((group, i) => group.learningRate = learningRate * (rates[i]! / first));
  };
}
