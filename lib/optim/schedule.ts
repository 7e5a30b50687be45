/** What a learning-rate schedule is, and what all of them share. */

import { cos } from "../kernels/elementary.ts";

/**
 * A learning rate for every step: 0 for the first update, 1 for the second … Whether a step is a batch or an epoch is
 * up to the caller.
 *
 * A schedule has no state, so it can be plotted before it is used, and resumed anywhere.
 *
 * @example
 * ```ts
 * import { parameter, type Schedule, SGD } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const schedule: Schedule = (step) => 1 / (1 + step);
 * const optimizer = new SGD([parameter([0])]);
 * for (let step = 0; step < 4; step++) optimizer.learningRate = schedule(step); // and train
 * assertEquals(optimizer.learningRate, 0.25);
 * ```
 */
export type Schedule = (step: number) => number;

/** Half a cosine wave from `start` at part 0 to `end` at part 1, where it stays. */
export function halfCosine(start: number, end: number, part: number): number {
  return part < 1 ? end + (start - end) * (1 + cos(Math.PI * part)) / 2 : end;
}

/** The function itself, refusing steps that are no steps. */
export function schedule(name: string, f: Schedule): Schedule {
  return (step) => {
    if (typeof step !== "number" || !(step >= 0 && step < Infinity)) {
      throw new RangeError(`${name}: the step must be a finite number ≥ 0, got ${step}.`);
    }
    return f(step);
  };
}
