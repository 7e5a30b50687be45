/** The course of a run: what its history says by itself. */

import { mean, median } from "./averages.ts";
import type { RunRecord } from "./findings.ts";

/** With fewer blocks a trend cannot be told from chance; with more, each holds too few steps. */
const BLOCKS = 20;

/** The numbers of a history, put in order. */
export class Course {
  /** Whether all losses are finite numbers. */
  readonly finite: boolean;
  /** Loss of every step, or of every epoch if no steps were recorded; up to the first that is not finite. */
  readonly losses: readonly number[];
  /** Steps in an epoch; 1 if there is no telling. */
  readonly stepsPerEpoch: number;
  /**
   * Means over blocks of steps. A block is some whole epochs where there are enough of them, since then each holds the
   * same examples, and what is left of noise is the weights' doing.
   */
  readonly blocks: readonly number[];
  /** Loss of the first step. */
  readonly start: number;
  /** Mean loss of the last block. */
  readonly end: number;
  /** Mean loss of the best block. */
  readonly lowest: number;
  /** ‖Δθ‖/‖θ‖ of every step where it was measured. */
  readonly updateRatios: readonly number[];
  /** ‖∂L/∂θ‖ of every step where it was measured. */
  readonly gradientNorms: readonly number[];
  /** Learning rate of the last step, if it was recorded. */
  readonly learningRate: number | undefined;
  /** Validation losses, epoch by epoch. */
  readonly validationLosses: readonly number[];

  /** Reads a history. */
  constructor(readonly record: RunRecord) {
    const { steps, epochs = [] } = record;
    const all = steps.length > 0 ? steps : epochs;
    const bad = all.findIndex((row) => !Number.isFinite(row.trainLoss));
    const rows = bad < 0 ? all : all.slice(0, bad);
    this.finite = bad < 0 && record.stopped?.reason !== "not-finite";
    this.losses = rows.map((row) => row.trainLoss);
    const last = steps.at(-1);
    this.stepsPerEpoch = last?.epoch && last.step ? Math.max(1, Math.round(last.step / last.epoch)) : 1;
    const epochsDone = this.losses.length / this.stepsPerEpoch;
    const size = epochsDone >= BLOCKS / 2
      ? this.stepsPerEpoch * Math.ceil(epochsDone / BLOCKS)
      : Math.max(1, Math.ceil(this.losses.length / BLOCKS));
    const count = Math.max(1, Math.floor(this.losses.length / size));
    this.blocks = Array.from({ length: count }, (_, i) => {
      const from = this.losses.length - (count - i) * size; // what does not fill a block is left out at the start
      return mean(this.losses.slice(Math.max(0, from), from + size));
    });
    this.start = this.losses[0] ?? NaN;
    this.end = this.blocks.at(-1) ?? NaN;
    this.lowest = this.blocks.reduce((a, b) => (b < a ? b : a), Infinity);
    this.updateRatios = known(rows.map((row) => row.updateRatio));
    this.gradientNorms = known(rows.map((row) => row.gradientNorm));
    this.learningRate = rows.at(-1)?.learningRate;
    this.validationLosses = known(epochs.map((row) => row.validationLoss));
  }

  /** How many of the blocks lie above the one before, as a share. */
  get rising(): number {
    const { blocks } = this;
    return blocks.filter((loss, i) => i > 0 && loss > blocks[i - 1]).length / Math.max(1, blocks.length - 1);
  }

  /** How much of all that the loss fell, it fell in the last quarter of the run. */
  get lateFall(): number {
    const { blocks } = this;
    const late = blocks[Math.floor(0.75 * (blocks.length - 1))] - this.end;
    const all = Math.max(this.start, blocks[0]) - this.end;
    return all > 0 ? late / all : 0;
  }

  /** The typical update ratio: the median over the run. */
  get typicalRatio(): number | undefined {
    return this.updateRatios.length > 0 ? median(this.updateRatios) : undefined;
  }

  /** The typical update ratio of the first tenth of the run (at least 3 steps). */
  get earlyRatio(): number | undefined {
    const count = Math.max(3, Math.floor(this.updateRatios.length / 10));
    return this.updateRatios.length > 0 ? median(this.updateRatios.slice(0, count)) : undefined;
  }

  /** The last few values of a list: a tenth of them, at least 5. */
  static late(values: readonly number[]): readonly number[] {
    return values.slice(-Math.max(5, Math.floor(values.length / 10)));
  }
}

function known(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}
