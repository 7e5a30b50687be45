/** What `fit` was told, checked and completed. */

import { countRows, type Dataset, type Examples, examplesOf, type Targets } from "../data/dataset.ts";
import { checkCount, checkPositive } from "../optim/hyperparameters.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { defaultMeasures } from "./evaluate.ts";
import type { FitOptions, FitRun, Loss, Metric, RecordOptions } from "./fit_options.ts";
import { type EpochRow, History } from "./history.ts";
import { checkNames } from "../tensor/checks.ts";
import type { TrainableModel } from "./model.ts";
import { Pauses } from "./pauses.ts";
import { type StopButton, stopButton } from "./stop_button.ts";

/** Takes the row of an epoch: its value if it is the best so far, and whether to stop. */
type Watch = (row: EpochRow) => { best: number | undefined; stop: boolean };

/** A run about to begin. */
export interface Prepared
  extends FitRun, Pick<FitOptions, "penalty" | "schedule" | "until" | "onStep" | "onEpoch"> {
  readonly data: Examples;
  readonly validation: Examples | undefined;
  readonly batching: Pick<FitOptions, "batchSize" | "rng" | "dropLast">;
  readonly loss: Loss<Targets>;
  readonly metrics: Readonly<Record<string, Metric<Targets>>>;
  readonly augment: (inputs: Tensor) => Tensor;
  /** `Infinity` for no clipping. */
  readonly clipNorm: number;
  readonly record: Required<RecordOptions>;
  readonly stepsPerEpoch: number;
  /** The caller's signal, and a notebook's Stop button. */
  readonly stop: StopButton;
  readonly pauses: Pauses;
  /** Seconds since training began, counting on from a history that is continued. */
  readonly seconds: () => number;
  /** Takes the row of an epoch; whether to stop. */
  readonly watch: Watch | undefined;
  /** Whether early stopping would already have stopped the history that is continued. */
  readonly exhausted: boolean;
  /** Whether the best weights are put back at the end. */
  readonly restores: boolean;
  readonly quiet: boolean;
}

const NAMES =
  ("optimizer epochs batchSize loss rng dropLast augment penalty validation metrics schedule clipNorm " +
    "earlyStopping until onStep onEpoch record history signal quiet now").split(" ");

/** Checks everything that can be checked before the first step. */
export function prepare(model: TrainableModel, dataset: Dataset, options: FitOptions): Prepared {
  checkNames("fit", NAMES, options);
  const { optimizer, epochs, batchSize, rng, dropLast = false, clipNorm = Infinity } = options;
  const { history = new History(), now = () => performance.now() } = options;
  const count = countRows(dataset, "fit");
  if (count === 0) throw new RangeError("fit: the dataset has no examples, so there is nothing to train on.");
  checkCount("fit", "epochs", epochs, 1);
  checkCount("fit", "batchSize", batchSize, 1);
  if (dropLast && batchSize > count) {
    throw new RangeError(`fit: with dropLast and batchSize ${batchSize}, ${count} examples give no batch.`);
  }
  if (clipNorm !== Infinity) checkPositive("fit", "clipNorm", clipNorm);
  if (!(history instanceof History)) {
    throw new TypeError("fit: expected history to be a History, as fit returned it.");
  }
  if (options.metrics && "loss" in options.metrics) {
    throw new TypeError(
      'fit: a metric cannot be called "loss", since its fields are taken. Give it another name.',
    );
  }
  checkModel(model, optimizer);
  const data = examplesOf(dataset);
  const validation = options.validation && examplesOf(options.validation as Dataset);
  if (validation && countRows(validation, "fit: validation") === 0) {
    throw new RangeError(
      "fit: the validation data have no examples. Leave validation out, or split off some.",
    );
  }
  const { every = 1, layers = false, activations = false, ...others } = options.record ?? {};
  checkNames("fit: record", ["every", "layers", "activations"], { every, layers, activations, ...others });
  checkCount("fit: record", "every", every, 1);

  const stepsPerEpoch = dropLast ? Math.floor(count / batchSize) : Math.ceil(count / batchSize);
  const stepsDone = history.steps.at(-1)?.step ?? 0;
  const before = history.steps.at(-1)?.seconds ?? 0;
  const started = now();
  const { loss, metrics } = defaultMeasures(data.targets);
  return {
    ...options,
    model,
    data,
    validation,
    history,
    batching: { batchSize, rng, dropLast },
    loss: options.loss ?? loss,
    metrics: options.metrics ?? metrics,
    augment: options.augment ?? ((inputs) => inputs),
    clipNorm,
    record: { every, layers, activations },
    stepsPerEpoch,
    totalEpochs: epochs,
    totalSteps: stepsDone + Math.max(0, epochs - history.epochs.length) * stepsPerEpoch,
    stop: stopButton(options.signal),
    pauses: new Pauses(now),
    seconds: () => before + (now() - started) / 1000,
    ...watcher(options, history),
    restores: options.earlyStopping !== undefined,
    quiet: options.quiet ?? false,
  };
}

function checkModel(model: TrainableModel, optimizer: FitOptions["optimizer"]): void {
  if (typeof model?.forward !== "function" || typeof model.parameters !== "function") {
    throw new TypeError(
      "fit: expected a model with forward(inputs) and parameters(), such as a Sequential. (A Network can only predict.)",
    );
  }
  if (typeof optimizer?.step !== "function" || typeof optimizer.zeroGrad !== "function") {
    throw new TypeError(
      "fit: expected an optimizer, such as new Adam(model.parameters(), { learningRate: 0.001 }).",
    );
  }
  const mine = new Set(model.parameters());
  if (mine.size === 0) throw new TypeError("fit: the model has no parameters, so there is nothing to train.");
  const theirs = optimizer.groups?.flatMap(({ parameters }) => parameters);
  if (theirs && !theirs.some((parameter) => mine.has(parameter))) {
    throw new TypeError(
      "fit: the optimizer trains none of this model's parameters; it was made for another one. " +
        "Make it anew: new Adam(model.parameters(), …).",
    );
  }
}

/** Early stopping over the rows of epochs, those included that the history already has. */
function watcher(
  { earlyStopping, validation }: FitOptions,
  history: History,
): Pick<Prepared, "watch" | "exhausted"> {
  if (earlyStopping === undefined) return { watch: undefined, exhausted: false };
  const { monitor = "validationLoss", ...rules } = earlyStopping;
  if (monitor.startsWith("validation") && validation === undefined) {
    throw new TypeError(
      `fit: early stopping watches ${monitor}, and there is no validation data. Pass validation.`,
    );
  }
  const stopping = new EarlyStopping(rules);
  const watch: Watch = (row) => {
    const value = row[monitor];
    if (typeof value !== "number") {
      const fields = Object.keys(row).filter((name) => typeof row[name] === "number").join(", ");
      throw new TypeError(`fit: early stopping watches "${monitor}", which no row has; there are ${fields}.`);
    }
    const before = stopping.bestAt;
    const stop = stopping.update(value);
    return { best: stopping.bestAt > before ? value : undefined, stop };
  };
  // Without its best weights a former run's measurements are of no use: nothing could be put back.
  const former = history.best ? history.epochs.filter((row) => typeof row[monitor] === "number") : [];
  const exhausted = former.map((row) => watch(row).stop).at(-1) ?? false;
  return { watch, exhausted };
}
