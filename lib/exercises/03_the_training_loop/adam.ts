/** Exercise 6: Adam. */

import { check, checkThat } from "../../notebook/check.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { Adam, type AdamOptions } from "../../optim/adam.ts";
import { parameter, tensor } from "../../tensor/create.ts";
import { exercise } from "../exercise.ts";

type Rule = (w: number, g: number) => number;
type MakeRule = (rate: number, beta1?: number, beta2?: number, epsilon?: number) => Rule;

const FASTER_FORM = "the paper's faster form: its ε̂ beside √v is not this ε beside √v̂; " +
  "ε̂ = ε·√(1 − β₂ᵗ) would make them equal";

/** The first step, from 0, at several rates and gradients. */
export const checkAdamFirst = exercise("03", "Adam's first step", async (adam: MakeRule) => {
  const rule = adam(0.1), another = adam(0.1);
  await checkThat("adam(0.1) is a rule", typeof rule === "function", "return a function: (w, g) => …");
  const apart = "m, v and t belong inside adam(), before the return: each rule has its own";
  await checkThat("two rules stay apart", Object.is(rule(0, 3), another(0, 3)), apart);
  const root = (g: number) => Math.sqrt(0.001) * Math.abs(g), eps = 1e-8;
  await checkCases("first step", (rate: number, g: number) => adam(rate)(0, g), {
    cases: {
      "η = 0.1, g = 3": { of: [0.1, 3], is: -0.1 },
      "η = 0.1, g = −0.003": { of: [0.1, -0.003], is: 0.1 },
      "η = 0.01, g = −2": { of: [0.01, -2], is: 0.01 },
    },
    slips: {
      "0/0: count t from 1, so that 1 − βᵗ is not 0": () => NaN,
      "√10 times too far: no bias correction": (r, g) => -r * 0.1 * g / (root(g) + eps),
      "√v is too small: v needs its correction, too": (r, g) => -r * g / (root(g) + eps),
      "only v is corrected: m is too small, too": (r, g) => -0.1 * r * Math.sign(g),
      [FASTER_FORM]: (r, g) => -r * root(g) * Math.sign(g) / (root(g) + eps),
      "divided by v̂, not by its root": (r, g) => -r * g / (g * g + eps),
      "ε is outside the root": (r, g) => -r * g / Math.sqrt(g * g + eps),
      "this climbs": (r, g) => r * Math.sign(g),
      "the learning rate is missing": (_, g) => -Math.sign(g),
      "that is plain gradient descent": (r, g) => -r * g,
    },
  });
});

const GRADIENTS = [1, 0.5, -0.25, 2, 0, 0.1, -1, 0.3];

function follow(rule: Rule): number[] {
  let w = 0.8;
  return GRADIENTS.map((g) => w = rule(w, g));
}

function library(options: AdamOptions): number[] {
  const w = parameter(0.8), optimizer = new Adam([w], options);
  return GRADIENTS.map((g) => {
    w.grad = tensor(g);
    optimizer.step();
    return w.item();
  });
}

/** Eight steps against the library's, with two pairs of β, and a step without a gradient. */
export const checkAdam = exercise("03", "Adam", async (adam: MakeRule) => {
  const learningRate = 0.1;
  await check("Adam, eight steps", follow(adam(0.1)), library({ learningRate }), {
    hint: "m, v stay uncorrected; β has the power t",
    slips: [{
      value: follow((w, g) => w - 0.1 * Math.sign(g)), // every step a first one
      says: "m, v, t belong outside the inner function",
    }],
  });
  const fast = library({ learningRate, betas: [0.5, 0.9] });
  await check("Adam with other betas", follow(adam(0.1, 0.5, 0.9)), fast);
  await check("no gradient, no step", adam(0.1)(0.8, 0), 0.8, { hint: "√v̂ + ε, not √v̂" });
});
