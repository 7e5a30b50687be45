/** A schedule that listens: lowers the learning rate when a metric stops improving. */

import { checkChoice, withDefaults } from "../checks/options.ts";
import { checkCount, checkNotNegative, checkPositive } from "../checks/ranges.ts";
import { text } from "../checks/values.ts";
import type { Optimizer } from "./optimizer.ts";

/** Options of {@link ReduceOnPlateau}. */
export interface ReduceOnPlateauOptions {
  /** What every reduction multiplies by, above 0 and below 1. Default 0.1. */
  readonly factor?: number;
  /** How many calls without an improvement are borne; the next one reduces. Default 10. */
  readonly patience?: number;
  /** How much better counts as better. Default 1e-4. */
  readonly threshold?: number;
  /** Whether `threshold` is a part of the best value, or in the metric's own unit. Default `"relative"`. */
  readonly thresholdMode?: "relative" | "absolute";
  /** How many calls after a reduction are not counted as without improvement. Default 0. */
  readonly cooldown?: number;
  /** No group is reduced below this rate. Default 0. */
  readonly minLearningRate?: number;
  /** Whether the metric is to become small (a loss) or large (an accuracy). Default `"min"`. */
  readonly mode?: "min" | "max";
}

/** What a {@link ReduceOnPlateau} remembers. */
export interface ReduceOnPlateauState {
  /** The best metric so far; null before the first call. */
  readonly best: number | null;
  /** Calls in a row without an improvement. */
  readonly badCount: number;
  /** Calls for which none is counted yet, after a reduction. */
  readonly cooldownLeft: number;
}

const NAME = "ReduceOnPlateau";
const DEFAULTS: Required<ReduceOnPlateauOptions> = {
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: "relative",
  cooldown: 0,
  minLearningRate: 0,
  mode: "min",
};

/**
 * Multiplies the optimizer's learning rate by `factor` once a metric has not improved for more than `patience` calls.
 *
 * Improved means metric < best − margin (`"max"`: > best + margin), where margin = threshold·|best|, or threshold itself
 * if it is `"absolute"`. Many small improvements that never pass the margin count as none. Every group is reduced.
 *
 * Differs from PyTorch in three small things: |best| in the margin (without it, a negative loss that stands still
 * counts as improving for ever); no least change of 1e-8 below which a reduction is left out; a NaN metric is an error.
 *
 * @see torch.optim.lr_scheduler.ReduceLROnPlateau
 * @example
 * ```ts
 * import { parameter, ReduceOnPlateau, SGD } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const optimizer = new SGD([parameter([0])], { learningRate: 8 });
 * const plateau = new ReduceOnPlateau(optimizer, { factor: 0.5, patience: 1 });
 * const validationLosses = [3, 2, 2, 2, 1]; // 2 is met three times: once as a record, twice without improvement
 * assertEquals(validationLosses.map((loss) => plateau.step(loss)), [false, false, false, true, false]);
 * assertEquals(optimizer.learningRate, 4);
 * ```
 */
export class ReduceOnPlateau {
  private readonly options: Required<ReduceOnPlateauOptions>;
  private best: number | null = null;
  private badCount = 0;
  private cooldownLeft = 0;

  /**
   * Watches for an optimizer.
   *
   * @param optimizer Whose groups are reduced
   * @throws {TypeError} If it is no optimizer, or an option is unknown or of the wrong kind
   * @throws {RangeError} If an option is out of its range
   */
  constructor(private readonly optimizer: Optimizer, options: ReduceOnPlateauOptions = {}) {
    if (!Array.isArray(optimizer?.groups)) {
      throw new TypeError(`${NAME}: expected an optimizer, got ${text(optimizer)}.`);
    }
    this.options = withDefaults(NAME, DEFAULTS, options);
    const { factor, patience, threshold, thresholdMode, cooldown, minLearningRate, mode } = this.options;
    checkPositive(NAME, "factor", factor);
    if (factor >= 1) {
      throw new RangeError(`${NAME}: factor must be below 1, or nothing is reduced; got ${factor}.`);
    }
    checkCount(NAME, "patience", patience, 0);
    checkNotNegative(NAME, "threshold", threshold);
    checkChoice(NAME, "thresholdMode", thresholdMode, ["relative", "absolute"]);
    checkCount(NAME, "cooldown", cooldown, 0);
    checkNotNegative(NAME, "minLearningRate", minLearningRate);
    checkChoice(NAME, "mode", mode, ["min", "max"]);
  }

  /**
   * Takes note of the metric; call it once an epoch, after validation.
   *
   * @param metric Such as the validation loss
   * @returns Whether this call reduced a learning rate
   * @throws {RangeError} If the metric is NaN: a lower rate does not bring back weights that are gone
   */
  step(metric: number): boolean {
    if (typeof metric !== "number" || Number.isNaN(metric)) {
      throw new RangeError(
        `${NAME}.step: the metric must be a number, got ${text(metric)}. ` +
          "NaN means that the training is lost; go back to the last good weights.",
      );
    }
    if (this.improves(metric)) {
      this.best = metric;
      this.badCount = 0;
    } else {
      this.badCount++;
    }
    if (this.cooldownLeft > 0) {
      this.cooldownLeft--;
      this.badCount = 0;
    }
    if (this.badCount <= this.options.patience) return false;
    this.cooldownLeft = this.options.cooldown;
    this.badCount = 0;
    return this.reduce();
  }

  /** What has to be saved to go on later. */
  stateDict(): ReduceOnPlateauState {
    return { best: this.best, badCount: this.badCount, cooldownLeft: this.cooldownLeft };
  }

  /**
   * Goes on where the one that wrote `saved` stopped.
   *
   * @throws {TypeError} If it is no such state
   * @throws {RangeError} If a count is negative
   */
  loadStateDict(saved: ReduceOnPlateauState): void {
    const where = `${NAME}.loadStateDict`;
    const best = saved?.best;
    if (best !== null && (typeof best !== "number" || Number.isNaN(best))) {
      throw new TypeError(`${where}: best must be a number or null, got ${text(best)}.`);
    }
    checkCount(where, "badCount", saved.badCount, 0);
    checkCount(where, "cooldownLeft", saved.cooldownLeft, 0);
    this.best = best;
    this.badCount = saved.badCount;
    this.cooldownLeft = saved.cooldownLeft;
  }

  /** Whether the metric is better than the best by more than the margin. */
  private improves(metric: number): boolean {
    const { best, options: { mode, threshold, thresholdMode } } = this;
    if (best === null) return true;
    // An infinite best has no margin: Infinity − Infinity would be NaN, and nothing could improve on it.
    const margin = thresholdMode === "absolute" || !Number.isFinite(best)
      ? threshold
      : threshold * Math.abs(best);
    return mode === "min" ? metric < best - margin : metric > best + margin;
  }

  /** Lowers every group; whether any rate changed. */
  private reduce(): boolean {
    const { factor, minLearningRate } = this.options;
    let changed = false;
    for (const group of this.optimizer.groups) {
      const lower = Math.max(group.learningRate * factor, minLearningRate);
      if (lower >= group.learningRate) continue; // a group that started below the minimum stays where it is
      group.learningRate = lower;
      changed = true;
    }
    return changed;
  }
}
