/** When to stop: the validation loss has not fallen for a while. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";

/** When early stopping stops. */
export interface EarlyStoppingOptions {
  /** How many measurements in a row without an improvement end the training; from 1, `Infinity` for never. */
  readonly patience: number;
  /** What counts as an improvement: to be better than the last one by more than this (default 0). */
  readonly minDelta?: number;
  /** Whether small values are good (default `"min"`, a loss) or large ones (`"max"`, an accuracy). */
  readonly mode?: "min" | "max";
}

/**
 * Decides from measurements, one an epoch, when training is no longer worth while. It keeps no weights: `fit` does.
 *
 * Two things are told apart. `best` is the best value there was, however slightly better: its weights are the ones to
 * keep. Patience is reset only by an improvement of more than `minDelta` over the value that reset it last, so that many
 * tiny steps do not keep a run alive for ever. NaN is no improvement.
 *
 * @see Prechelt (1998), "Early stopping - but when?"
 * @example
 * ```ts
 * import { EarlyStopping } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const stopping = new EarlyStopping({ patience: 2 });
 * const losses = [0.9, 0.5, 0.6, 0.55];
 * assertEquals(losses.map((loss) => stopping.update(loss)), [false, false, false, true]); // true: stop
 * assertEquals([stopping.best, stopping.bestAt], [0.5, 2]); // the second measurement
 * ```
 */
export class EarlyStopping {
  /** The best value so far; `undefined` before the first number. */
  best: number | undefined;
  /** Which measurement it was, from 1; 0 before the first number. */
  bestAt = 0;
  /** Measurements in a row without an improvement. */
  since = 0;
  readonly #options: Required<EarlyStoppingOptions>;
  #count = 0;
  #reference: number | undefined;

  /**
   * Counts from the next measurement on.
   *
   * @throws {RangeError} If patience is below 1, minDelta is negative or not finite, or mode is another word
   */
  constructor(options: EarlyStoppingOptions) {
    checkNames("EarlyStopping", ["patience", "minDelta", "mode"], options);
    const { patience, minDelta = 0, mode = "min" } = options;
    if (!(Number.isInteger(patience) || patience === Infinity) || patience < 1) {
      throw new RangeError(`EarlyStopping: expected patience to be a whole number from 1, got ${patience}.`);
    }
    if (!Number.isFinite(minDelta) || minDelta < 0) {
      throw new RangeError(`EarlyStopping: expected minDelta to be a number from 0, got ${minDelta}.`);
    }
    if (mode !== "min" && mode !== "max") {
      throw new RangeError(`EarlyStopping: expected mode to be "min" or "max", got "${mode}".`);
    }
    this.#options = { patience, minDelta, mode };
  }

  /**
   * Takes the next measurement.
   *
   * @returns Whether to stop now
   * @throws {TypeError} If it is no number
   */
  update(value: number): boolean {
    if (typeof value !== "number") {
      throw new TypeError(`EarlyStopping: expected a number to watch, got ${kindOf(value)}.`);
    }
    this.#count++;
    if (this.#beats(value, this.best, 0)) {
      this.best = value;
      this.bestAt = this.#count;
    }
    if (this.#beats(value, this.#reference, this.#options.minDelta)) {
      this.#reference = value;
      this.since = 0;
    } else {
      this.since++;
    }
    return this.since >= this.#options.patience;
  }

  #beats(value: number, other: number | undefined, margin: number): boolean {
    if (Number.isNaN(value)) return false;
    if (other === undefined) return true;
    return this.#options.mode === "min" ? value < other - margin : value > other + margin;
  }
}
