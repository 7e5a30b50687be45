/** Everything that `fit` can be told. */

import type { Shuffler } from "../data/batches.ts";
import type { Examples, LabelledImages, Targets } from "../data/dataset.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EarlyStoppingOptions } from "./early_stopping.ts";
import type { EpochRow, History, StepRow } from "./history.ts";
import type { TrainableModel } from "./model.ts";

/** One number that says how wrong predictions are, as a tensor that knows its graph: `mseLoss`, `crossEntropyLoss` … */
export type Loss<T extends Targets> = (prediction: Tensor, target: T) => Tensor;

/** A number about predictions that is only looked at: `accuracy`, for instance. */
export type Metric<T extends Targets> = (prediction: Tensor, target: T) => number;

/** What training needs of an optimizer: all those of this library, and any object with these. */
export interface Stepper {
  /** η, of the first group. */
  learningRate: number;
  /** Forgets all gradients. */
  zeroGrad(): void;
  /** One update. */
  step(): void;
  /** What it trains, to see whether that is the model, and at which rates. */
  readonly groups?: readonly { readonly parameters: readonly Tensor[]; learningRate?: number }[];
}

/** What callbacks are told beside their row. */
export interface FitRun {
  /** What is trained. */
  readonly model: TrainableModel;
  /** What trains it. */
  readonly optimizer: Stepper;
  /** What happened so far, this row included. */
  readonly history: History;
  /** Epochs at the end. */
  readonly totalEpochs: number;
  /** Steps at the end, if nothing stops it earlier: the total of a progress bar. */
  readonly totalSteps: number;
}

/** What to measure beside loss, learning rate and gradient norm. */
export interface RecordOptions {
  /** Measure the update every so many steps, beginning with the first (default 1): it costs a copy of the weights. */
  readonly every?: number;
  /** Also for each parameter (default false). */
  readonly layers?: boolean;
  /** What comes out of each layer, after each epoch, for the first 256 training examples (default false). */
  readonly activations?: boolean;
}

/** Options of {@link EarlyStopping}, and what to watch. */
export interface FitEarlyStopping extends EarlyStoppingOptions {
  /** Field of an {@link EpochRow} (default `"validationLoss"`). Set `mode: "max"` for an accuracy. */
  readonly monitor?: string;
}

/** How a step of training is made: what {@link fit} and {@link findLearningRate} have in common. */
export interface TrainingOptions<T extends Targets = Targets> {
  /** Turns gradients into updates; made for this model's parameters. */
  readonly optimizer: Stepper;
  /** Examples in a batch. */
  readonly batchSize: number;
  /** What to make small (default `crossEntropyLoss`). */
  readonly loss?: Loss<T>;
  /** Shuffles anew for every epoch; without it the order of the data is kept, which trains worse. */
  readonly rng?: Shuffler;
  /** Leave out a last batch that is smaller than the others (default false). */
  readonly dropLast?: boolean;
  /** Changes the inputs of every training batch, for instance with `augmentImages`. */
  readonly augment?: (inputs: Tensor) => Tensor;
  /** Added to the training loss before backward, for instance `l2Penalty`; the losses of the record are without it. */
  readonly penalty?: () => Tensor;
  /** Shorten the gradients if their joint norm is above this. */
  readonly clipNorm?: number;
  /** Stops training after the current step. */
  readonly signal?: AbortSignal;
  /** Clock in milliseconds (default `performance.now`); for tests. */
  readonly now?: () => number;
}

/** Options of {@link fit}. */
export interface FitOptions<T extends Targets = Targets> extends TrainingOptions<T> {
  /** Passes over the data in all; those that `history` already has count. */
  readonly epochs: number;
  /** Data that is measured after every epoch and never trained on. */
  readonly validation?: Examples<T> | (T extends Uint8Array ? LabelledImages : never);
  /** What else to measure, by name (default `{ accuracy }` if the targets are class indices). */
  readonly metrics?: Readonly<Record<string, Metric<T>>>;
  /** The learning rate of each step, counted from 0: `cosineSchedule(…)`, for instance; of the first parameter group. */
  readonly schedule?: (step: number) => number;
  /** Stop when the validation loss no longer falls, and put the best weights back however training ends. */
  readonly earlyStopping?: FitEarlyStopping;
  /** Stop after the first epoch for which this is true. */
  readonly until?: (row: EpochRow) => boolean;
  /** Called after every step, and waited for. */
  readonly onStep?: (row: StepRow, run: FitRun) => unknown;
  /** Called after every epoch, and waited for. */
  readonly onEpoch?: (row: EpochRow, run: FitRun) => unknown;
  /** What else to record. */
  readonly record?: RecordOptions;
  /** Filled as training goes, so that it is there even if something throws; continued, if it is not empty. */
  readonly history?: History;
  /** Do not print a line when training ends before its last epoch (default false). */
  readonly quiet?: boolean;
}
