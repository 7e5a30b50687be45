/** What training leaves behind beside the weights: numbers to draw, to diagnose from, and to go on from. */

import { INSPECT } from "../host/mod.ts";
import { formatValue } from "../checks/format.ts";
import type { ActivationRow, LayerRow } from "./measures.ts";
import type { ModelState } from "./model.ts";
import type { NotFinite } from "./not_finite.ts";

/** One step: one batch forward, backward, and an update. */
export interface StepRow {
  /** Passes over the training data so far, a fraction. */
  readonly epoch: number;
  /** Updates so far, from 1. */
  readonly step: number;
  /** Mean loss of the batch, before the update. */
  readonly trainLoss: number;
  /** Of the optimizer's first group, at this update. */
  readonly learningRate: number;
  /** ‖∂L/∂θ‖, the length of all gradients taken as one vector, before clipping. */
  readonly gradientNorm: number;
  /** ‖Δθ‖/‖θ‖, how far the update moved the parameters; if it was measured. About 0.001 is healthy. */
  readonly updateRatio?: number;
  /** Norms and update ratio of each parameter, if they were recorded. */
  readonly layers?: readonly LayerRow[];
  /** Since training began, pauses included. */
  readonly seconds: number;
}

/**
 * One epoch: one pass over the training data, and a look at the validation data after it. Every metric has two fields
 * named after it: `accuracy` gives `trainAccuracy` and `validationAccuracy`.
 */
export interface EpochRow {
  /** Passes over the training data so far. */
  readonly epoch: number;
  /** Updates so far. */
  readonly step: number;
  /** Mean loss over the epoch's examples, each measured when its batch came: so with the weights of the moment. */
  readonly trainLoss: number;
  /** Share of the epoch's examples that were right, each measured when its batch came. */
  readonly trainAccuracy?: number;
  /** Mean loss on the validation data after the epoch's last update. */
  readonly validationLoss?: number;
  /** Accuracy on the validation data, 0…1. */
  readonly validationAccuracy?: number;
  /** Of the optimizer's first group, at the last update. */
  readonly learningRate: number;
  /** Mean over the epoch's steps. */
  readonly gradientNorm: number;
  /** Mean over those steps at which it was measured. */
  readonly updateRatio?: number;
  /** What comes out of each layer, if it was recorded. */
  readonly activations?: readonly ActivationRow[];
  /** Since training began, pauses included. */
  readonly seconds: number;
  /** Other metrics. */
  readonly [metric: string]: number | readonly ActivationRow[] | undefined;
}

/**
 * Why training ended.
 *
 * - `finished`: all epochs are done
 * - `reached`: the goal of `until` was reached
 * - `early`: early stopping's patience ran out
 * - `aborted`: the signal said so
 * - `not-finite`: a number became NaN or infinite
 * - `error`: something threw, for instance a callback; `fit` throws it on
 */
export type StopReason = "finished" | "reached" | "early" | "aborted" | "not-finite" | "error";

/** Why and where training ended. */
export interface Stopped {
  /** Why. */
  readonly reason: StopReason;
  /** The epoch in which it ended, from 1; 0 if none began. */
  readonly epoch: number;
  /** Updates done; if a number was not finite, the step at which it was found. */
  readonly step: number;
  /** Reason and step in words. */
  readonly message: string;
  /** Where the number that is not finite came from, and why. */
  readonly diagnosis?: NotFinite;
}

/** The weights with the best measurement so far. */
export interface Best {
  /** After which epoch. */
  readonly epoch: number;
  /** What was measured: the validation loss, unless early stopping watches something else. */
  readonly value: number;
  /** A copy of the model's numbers. */
  readonly state: ModelState;
}

/**
 * The record of a training run, filled while it runs. `epochs` and `steps` are rows that the charts draw.
 *
 * Given to `fit` again, it is continued: the epochs it has count as done.
 *
 * @example
 * ```ts
 * import { fit, History, Linear, Rng, SGD, Sequential, xor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const model = new Sequential(new Linear(2, 2, { rng: new Rng(0) }));
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * const history = new History();
 * await fit(model, xor(), { optimizer, epochs: 2, batchSize: 2, history });
 * assertEquals([history.epochs.length, history.steps.length], [2, 4]);
 * assertEquals(history.stopped?.reason, "finished");
 * ```
 */
export class History {
  /** One row for each finished epoch. */
  readonly epochs: EpochRow[] = [];
  /** One row for each step. */
  readonly steps: StepRow[] = [];
  /** Why training ended; `undefined` while it runs. */
  stopped: Stopped | undefined = undefined;
  /** The best weights, if early stopping is on. */
  best: Best | undefined = undefined;

  /** Everything in it, for a checkpoint. */
  stateDict(): HistoryState {
    const { epochs, steps, stopped, best } = this;
    return { epochs: [...epochs], steps: [...steps], stopped, best };
  }

  /**
   * Replaces everything in it.
   *
   * @throws {TypeError} If it is not what {@link stateDict} gave
   */
  loadStateDict(state: HistoryState): void {
    if (!Array.isArray(state?.epochs) || !Array.isArray(state.steps)) {
      throw new TypeError("History.loadStateDict: expected what stateDict() gave, with epochs and steps.");
    }
    this.epochs.length = this.steps.length = 0;
    for (const row of state.epochs) this.epochs.push(row);
    for (const row of state.steps) this.steps.push(row);
    this.stopped = state.stopped;
    this.best = state.best;
  }

  /** How far training came and why it ended: one line. */
  toString(): string {
    const last = this.epochs.at(-1) ?? this.steps.at(-1);
    const numbers = Object.entries({
      "train loss": last?.trainLoss,
      "validation loss": this.epochs.at(-1)?.validationLoss,
    })
      .flatMap(([name, value]) => value === undefined ? [] : [`${name} ${formatValue(value, 4)}`]);
    const size = `${this.epochs.length} epochs, ${this.steps.length} steps`;
    return [`History: ${size}`, ...numbers, this.stopped?.reason ?? "running"].join("; ");
  }

  /** What `console.log` and the notebook show. */
  [INSPECT](): string {
    return this.toString();
  }
}

/** A {@link History} as plain values. */
export interface HistoryState {
  /** One row for each finished epoch. */
  readonly epochs: readonly EpochRow[];
  /** One row for each step. */
  readonly steps: readonly StepRow[];
  /** Why training ended. */
  readonly stopped: Stopped | undefined;
  /** The best weights. */
  readonly best: Best | undefined;
}
