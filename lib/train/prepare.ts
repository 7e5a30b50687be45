/** What `fit` was told, checked and completed. */

import { checkNames } from "../checks/options.ts";
import { checkCount } from "../checks/ranges.ts";
import { checkFunctions } from "../checks/values.ts";
import { countRows, type Dataset, type Examples, examplesOf, type Targets } from "../data/dataset.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { checkedMetrics, defaultMeasures } from "./evaluate.ts";
import type { FitOptions, FitRun, Metric, RecordOptions } from "./fit_options.ts";
import { type EpochRow, History } from "./history.ts";
import type { TrainableModel } from "./model.ts";
import { prepareTraining, TRAINING, type Training } from "./trainable.ts";

/** Takes the row of an epoch: its value if it is the best so far, and whether to stop. */
type Watch = (row: EpochRow) => { best: number | undefined; stop: boolean };

/** A run about to begin. */
export interface Prepared
  extends FitRun, Training, Pick<FitOptions, "schedule" | "until" | "onStep" | "onEpoch"> {
  readonly model: TrainableModel;
  readonly optimizer: Training["optimizer"];
  readonly validation: Examples | undefined;
  readonly metrics: Readonly<Record<string, Metric<Targets>>>;
  readonly record: Required<RecordOptions>;
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

/** Everything that `fit` can be told. */
export const FIT_OPTIONS: readonly string[] = [
  ...TRAINING,
  ...("epochs validation metrics schedule earlyStopping until onStep onEpoch record history quiet".split(
    " ",
  )),
];

/** Checks everything that can be checked before the first step. */
export function prepare(model: TrainableModel, dataset: Dataset, options: FitOptions): Prepared {
  checkNames("fit", FIT_OPTIONS, options);
  const training = prepareTraining("fit", model, dataset, options);
  checkFunctions("fit", options, ["schedule", "until", "onStep", "onEpoch"]);
  const { epochs, history = new History() } = options;
  checkCount("fit", "epochs", epochs, 1);
  if (!(history instanceof History)) {
    throw new TypeError("fit: expected history to be a History, as fit returned it.");
  }
  const examples = options.validation as Dataset | undefined;
  const validation = examples && (countRows(examples, "fit: validation"), examplesOf(examples));
  if (validation && countRows(validation, "fit: validation") === 0) {
    throw new RangeError(
      "fit: the validation data have no examples. Leave validation out, or split off some.",
    );
  }
  const { every = 1, layers = false, activations = false } = options.record ?? {};
  checkNames("fit: record", ["every", "layers", "activations"], options.record ?? {});
  checkCount("fit: record", "every", every, 1);

  const stepsDone = history.steps.at(-1)?.step ?? 0;
  const before = history.steps.at(-1)?.seconds ?? 0;
  const { data, stepsPerEpoch, now } = training, started = now();
  return {
    ...options,
    ...training,
    validation,
    history,
    metrics: checkedMetrics("fit", options.metrics ?? defaultMeasures(data.targets).metrics),
    record: { every, layers, activations },
    totalEpochs: epochs,
    totalSteps: stepsDone + Math.max(0, epochs - history.epochs.length) * stepsPerEpoch,
    seconds: () => before + (now() - started) / 1000,
    ...watcher(options, history),
    restores: options.earlyStopping !== undefined,
    quiet: options.quiet ?? false,
  };
}

/** Early stopping over the rows of epochs, those included that the history already has. */
function watcher(
  { earlyStopping, validation }: FitOptions,
  history: History,
): Pick<Prepared, "watch" | "exhausted"> {
  if (earlyStopping === undefined) return { watch: undefined, exhausted: false };
  checkNames("fit: earlyStopping", ["monitor", "patience", "minDelta", "mode"], earlyStopping);
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
