/** What the doctor is given, and what it says. */

import type { Dataset } from "../../data/dataset.ts";
import type { EpochRow, StepRow } from "../history.ts";
import type { FitOptions } from "../fit_options.ts";
import type { Stopped } from "../history.ts";

/**
 * What can be seen to be wrong with a run.
 *
 * - `not-finite`: a loss or a weight is NaN or infinite
 * - `diverging`: the loss rises
 * - `oscillating`: the loss jumps up and down and gets nowhere
 * - `stuck`: the model predicts no better than one constant answer
 * - `underfitting`: better than a constant, and still clearly worse than what the data allow
 * - `no-pattern`: the targets seem to have nothing to do with the inputs
 * - `gap`: the validation loss rises again while the training loss falls
 * - `forgetting`: the losses written down while training are far below the loss on the same data afterwards, or the
 *   loss jumps at the same places of every epoch
 * - `loss-floor`: the loss cannot come near 0, however right the answers are
 * - `growing-gradients`: the gradients that were used are not those of single batches
 * - `idle-parameters`: some parameters never move
 * - `one-sided-batches`: each batch holds one kind of example
 * - `bad-start`: training began far worse than a constant answer
 * - `ignored-class`: a rare class is more often missed than found
 */
export type Symptom =
  | "not-finite"
  | "diverging"
  | "oscillating"
  | "stuck"
  | "underfitting"
  | "no-pattern"
  | "gap"
  | "forgetting"
  | "loss-floor"
  | "growing-gradients"
  | "idle-parameters"
  | "one-sided-batches"
  | "bad-start"
  | "ignored-class";

/** What may stand behind a symptom. */
export type CauseName =
  | "learning-rate-too-high"
  | "learning-rate-too-low"
  | "wrong-sign"
  | "missing-zero-grad"
  | "softmax-twice"
  | "sigmoid-twice"
  | "undefined-operation"
  | "bad-data"
  | "unscaled-inputs"
  | "unscaled-targets"
  | "labels-shuffled"
  | "not-shuffled"
  | "class-imbalance"
  | "symmetric-weights"
  | "large-initial-weights"
  | "vanishing-gradients"
  | "dead-relus"
  | "untrained-parameters"
  | "overfitting"
  | "model-too-small"
  | "too-few-steps"
  | "too-much-regularization";

/** One possible cause of a symptom. */
export interface Cause {
  /** Its name. */
  readonly cause: CauseName;
  /** The cause in a sentence. */
  readonly says: string;
  /**
   * How much speaks for it, 0…1: 0.95 where a measurement shows the mistake itself, about 0.8 where the traces fit
   * hardly anything else, 0.5 where they fit other causes as well, less for what is only common. Not a probability.
   */
  readonly confidence: number;
  /** What was measured, each in a sentence with its numbers. */
  readonly evidence: readonly string[];
  /** What to change: code to adapt. */
  readonly fix: string;
}

/** One thing that is wrong, and why it may be. */
export interface Finding {
  /** Its name. */
  readonly symptom: Symptom;
  /** The symptom in a sentence. */
  readonly says: string;
  /** Where it shows, each in a sentence with its numbers. */
  readonly evidence: readonly string[];
  /** The most likely first; never empty. */
  readonly causes: readonly Cause[];
  /** How the run ended, to compare with. */
  readonly outcome: Outcome;
}

/** A symptom, and where it shows. */
export interface Seen {
  readonly symptom: Symptom;
  readonly says: string;
  readonly evidence: readonly string[];
}

/** How a run ended, in numbers. */
export interface Outcome {
  /** Loss of the first step. */
  readonly firstLoss: number;
  /** Mean loss of the last steps; NaN if training ended in one. */
  readonly lastLoss: number;
  /** Mean of the last (up to three) validation losses, if there were any. */
  readonly validationLoss?: number;
  /** Lowest validation loss. */
  readonly lowestValidationLoss?: number;
  /** Share of right answers on the training data after the run, for classes. */
  readonly accuracy?: number;
}

/** A record of training: a {@link History}, or rows that a loop of your own wrote. */
export interface RunRecord {
  /** Rows of steps; only the loss is needed, the more the better. */
  readonly steps: readonly (Pick<StepRow, "trainLoss"> & Partial<StepRow>)[];
  /** Rows of epochs. */
  readonly epochs?: readonly (Pick<EpochRow, "trainLoss"> & Partial<EpochRow>)[];
  /** Why training ended. */
  readonly stopped?: Stopped;
  /** The best weights, if early stopping put them back. */
  readonly best?: { readonly epoch: number; readonly value: number };
}

/** What the doctor may look at beside history and model: the data, and the options that `fit` was given. */
// deno-lint-ignore no-explicit-any -- options of `fit` for any targets are welcome
export type DoctorOptions = Partial<FitOptions<any>> & {
  /** What the model was trained on; without it, many causes can only be guessed at. */
  readonly data?: Dataset;
};
