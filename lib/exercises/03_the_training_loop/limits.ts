/** Exercise 3: the learning rates at which descent on a·x² arrives at once, and at which it flies apart. */

import { checkThat } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";

type Rate = (a: number) => number;

/** How far from the minimum gradient descent on a·x² ends that starts at 1. */
function endOn(a: number, rate: number, steps: number): number {
  let x = 1;
  for (let step = 0; step < steps; step++) x -= rate * 2 * a * x;
  return Math.abs(x);
}

/** Just below the limit, and just above it. */
export const checkLimits = exercise("03", "the largest learning rate", async (limitOf: Rate) => {
  const powers = "x is multiplied by 1 − 2aη in every step: when do its powers shrink?";
  for (const a of [0.5, 3, 20]) {
    const [below, above] = [0.99, 1.01].map((f) => endOn(a, f * limitOf(a), 500));
    await checkThat(`a = ${a}: just below the limit it converges`, below < 1e-3, powers);
    await checkThat(`a = ${a}: just above it does not`, above > 1e3, powers);
  }
});

/** The rate with which one step arrives. */
export const checkOneStep = exercise("03", "the best learning rate", async (oneStepRate: Rate) => {
  for (const a of [0.5, 3, 20]) {
    const left = endOn(a, oneStepRate(a), 1);
    await checkThat(`a = ${a}: one step arrives`, left < 1e-12, "when is 1 − 2aη zero?");
  }
});
