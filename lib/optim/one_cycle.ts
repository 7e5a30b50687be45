/** The one-cycle schedule: one rise and one fall of the learning rate over the whole training. */

import { withDefaults } from "../checks/options.ts";
import { checkCount, checkFraction, checkNotNegative, checkPositive } from "../checks/ranges.ts";
import { halfCosine, type Schedule, schedule } from "./schedule.ts";

/** Options of {@link oneCycleSchedule}. */
export interface OneCycleOptions {
  /** The rate at the top. */
  readonly maxLearningRate: number;
  /** T ≥ 1: all steps of the training. */
  readonly steps: number;
  /** Part of the steps that goes up, from 0 to 1. Default 0.3. */
  readonly warmupFraction?: number;
  /** How many times lower than the top it starts. Default 25. */
  readonly divFactor?: number;
  /** How many times lower than the start it ends. Default 10,000. */
  readonly finalDivFactor?: number;
}

/**
 * One rise and one fall, each half a cosine wave: from ηmax/divFactor at step 0 to ηmax at step
 * warmupFraction·T − 1, and down to ηmax/(divFactor·finalDivFactor) at step T − 1, where it stays.
 *
 * It changes the learning rate only; PyTorch's also lowers the momentum while the rate is high, unless told not to.
 *
 * @returns η of a step, counted from 0
 * @throws {RangeError} If an option is out of its range
 * @see Smith, Topin (2018), "Super-convergence: Very fast training of neural networks using large learning rates",
 * which has straight lines and three phases
 * @see torch.optim.lr_scheduler.OneCycleLR
 * @example
 * ```ts
 * import { oneCycleSchedule } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const schedule = oneCycleSchedule({ maxLearningRate: 0.1, steps: 100 });
 * assertEquals([0, 29, 99].map((t) => schedule(t).toPrecision(2)), ["0.0040", "0.10", "4.0e-7"]);
 * ```
 */
export function oneCycleSchedule(options: OneCycleOptions): Schedule {
  const name = "oneCycleSchedule";
  const defaults: Required<OneCycleOptions> = {
    maxLearningRate: NaN,
    steps: NaN,
    warmupFraction: 0.3,
    divFactor: 25,
    finalDivFactor: 1e4,
  };
  const { maxLearningRate, steps, warmupFraction, divFactor, finalDivFactor } = withDefaults(
    name,
    defaults,
    options,
    ["maxLearningRate", "steps"],
  );
  checkNotNegative(name, "maxLearningRate", maxLearningRate);
  checkCount(name, "steps", steps, 1);
  checkFraction(name, "warmupFraction", warmupFraction);
  checkPositive(name, "divFactor", divFactor);
  checkPositive(name, "finalDivFactor", finalDivFactor);
  const start = maxLearningRate / divFactor;
  const end = start / finalDivFactor;
  const top = warmupFraction * steps - 1; // the step of the highest rate; need not be whole
  const last = steps - 1;
  return schedule(name, (step) => {
    if (top > 0 && step <= top) return halfCosine(start, maxLearningRate, step / top);
    return halfCosine(maxLearningRate, end, (step - top) / (last - top));
  });
}
