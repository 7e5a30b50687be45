/** Learning-rate schedules: pure functions from the number of the step to the learning rate. */

import { withDefaults } from "../checks/options.ts";
import { checkCount, checkFraction, checkNotNegative } from "../checks/ranges.ts";
import { pow } from "../kernels/elementary.ts";
import { halfCosine, type Schedule, schedule } from "./schedule.ts";

/**
 * The same learning rate for ever.
 *
 * @param learningRate η ≥ 0
 * @returns η of a step, counted from 0
 * @throws {RangeError} If it is negative or not finite
 * @example
 * ```ts
 * import { constantSchedule } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(constantSchedule(0.1)(1000), 0.1);
 * ```
 */
export function constantSchedule(learningRate: number): Schedule {
  checkNotNegative("constantSchedule", "learningRate", learningRate);
  return schedule("constantSchedule", () => learningRate);
}

/** Options of {@link stepSchedule}. */
export interface StepScheduleOptions {
  /** η at step 0. */
  readonly learningRate: number;
  /** N ≥ 1: how many steps lie between two drops. */
  readonly every: number;
  /** What every drop multiplies by, from 0 to 1. Default 0.1; 0.5 halves. */
  readonly factor?: number;
}

/**
 * Multiplies the learning rate by `factor` every N steps: η(t) = η·factor^⌊t/N⌋.
 *
 * @returns η of a step, counted from 0
 * @throws {RangeError} If an option is out of its range
 * @see torch.optim.lr_scheduler.StepLR
 * @example
 * ```ts
 * import { stepSchedule } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const schedule = stepSchedule({ learningRate: 0.1, every: 10, factor: 0.5 });
 * assertEquals([0, 9, 10, 20].map(schedule), [0.1, 0.1, 0.05, 0.025]);
 * ```
 */
export function stepSchedule(options: StepScheduleOptions): Schedule {
  const defaults: Required<StepScheduleOptions> = { learningRate: NaN, every: NaN, factor: 0.1 };
  const { learningRate, every, factor } = withDefaults("stepSchedule", defaults, options, [
    "learningRate",
    "every",
  ]);
  checkNotNegative("stepSchedule", "learningRate", learningRate);
  checkCount("stepSchedule", "every", every, 1);
  checkFraction("stepSchedule", "factor", factor);
  return schedule("stepSchedule", (step) => learningRate * pow(factor, Math.floor(step / every)));
}

/** Options of {@link exponentialSchedule}. */
export interface ExponentialScheduleOptions {
  /** η at step 0. */
  readonly learningRate: number;
  /** What every step multiplies by, from 0 to 1: 0.99 halves in 69 steps. */
  readonly factor: number;
}

/**
 * Multiplies the learning rate by `factor` at every step: η(t) = η·factorᵗ.
 *
 * @returns η of a step, counted from 0
 * @throws {RangeError} If an option is out of its range
 * @see torch.optim.lr_scheduler.ExponentialLR
 * @example
 * ```ts
 * import { exponentialSchedule } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals([0, 1, 2].map(exponentialSchedule({ learningRate: 8, factor: 0.5 })), [8, 4, 2]);
 * ```
 */
export function exponentialSchedule(options: ExponentialScheduleOptions): Schedule {
  const defaults: ExponentialScheduleOptions = { learningRate: NaN, factor: NaN };
  const { learningRate, factor } = withDefaults("exponentialSchedule", defaults, options, [
    "learningRate",
    "factor",
  ]);
  checkNotNegative("exponentialSchedule", "learningRate", learningRate);
  checkFraction("exponentialSchedule", "factor", factor);
  return schedule("exponentialSchedule", (step) => learningRate * pow(factor, step));
}

/** Options of {@link cosineSchedule}. */
export interface CosineScheduleOptions {
  /** η at step 0. */
  readonly learningRate: number;
  /** T ≥ 1: the step at which the lowest rate is reached. */
  readonly steps: number;
  /** The lowest rate. Default 0. */
  readonly minLearningRate?: number;
}

/**
 * Half a cosine wave down: η(t) = ηmin + (η − ηmin)·(1 + cos(πt/T))/2, slow at both ends and fast between.
 *
 * From step T on it stays at ηmin; PyTorch's rises again there. There are no restarts.
 *
 * @returns η of a step, counted from 0
 * @throws {RangeError} If an option is out of its range
 * @see Loshchilov, Hutter (2017), "SGDR: Stochastic gradient descent with warm restarts", eq. 5
 * @see torch.optim.lr_scheduler.CosineAnnealingLR
 * @example
 * ```ts
 * import { cosineSchedule } from "backprop";
 * import { assertAlmostEquals } from "@std/assert";
 * const schedule = cosineSchedule({ learningRate: 0.1, steps: 100 });
 * assertAlmostEquals(schedule(0), 0.1);
 * assertAlmostEquals(schedule(50), 0.05);
 * assertAlmostEquals(schedule(100), 0, 1e-15);
 * ```
 */
export function cosineSchedule(options: CosineScheduleOptions): Schedule {
  const name = "cosineSchedule";
  const defaults: Required<CosineScheduleOptions> = { learningRate: NaN, steps: NaN, minLearningRate: 0 };
  const { learningRate, steps, minLearningRate } = withDefaults(name, defaults, options, [
    "learningRate",
    "steps",
  ]);
  checkNotNegative(name, "learningRate", learningRate);
  checkCount(name, "steps", steps, 1);
  checkNotNegative(name, "minLearningRate", minLearningRate);
  return schedule(name, (step) => halfCosine(learningRate, minLearningRate, step / steps));
}

/** Options of {@link linearWarmup}. */
export interface WarmupOptions {
  /** N ≥ 0: how many steps the way up takes. */
  readonly steps: number;
  /** The rate of step 0. Default 0, with which the first update changes nothing. */
  readonly from?: number;
}

/**
 * A straight line from a small learning rate up to where another schedule starts, and then that schedule:
 * η(t) = from + (η₀ − from)·t/N for t < N, and then(t − N), where η₀ = then(0).
 *
 * @param then What follows; its step 0 is step N of the whole
 * @returns η of a step, counted from 0
 * @throws {RangeError} If an option is out of its range
 * @see Goyal et al. (2017), "Accurate, large minibatch SGD", §2.2
 * @see torch.optim.lr_scheduler.SequentialLR of LinearLR and another, with start_factor = from/η₀
 * @example
 * ```ts
 * import { cosineSchedule, linearWarmup } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const decay = cosineSchedule({ learningRate: 1e-3, steps: 900 });
 * const schedule = linearWarmup(decay, { steps: 100, from: 1e-7 });
 * assertEquals([0, 100, 550].map((t) => schedule(t).toPrecision(3)), ["1.00e-7", "0.00100", "0.000500"]);
 * ```
 */
export function linearWarmup(then: Schedule, options: WarmupOptions): Schedule {
  const name = "linearWarmup";
  if (typeof then !== "function") {
    throw new TypeError(`${name}: expected the schedule that follows, such as constantSchedule(0.1).`);
  }
  const defaults: Required<WarmupOptions> = { steps: NaN, from: 0 };
  const { steps, from } = withDefaults(name, defaults, options, ["steps"]);
  checkCount(name, "steps", steps, 0);
  checkNotNegative(name, "from", from);
  const top = then(0);
  return schedule(name, (step) => step < steps ? from + (top - from) * (step / steps) : then(step - steps));
}
