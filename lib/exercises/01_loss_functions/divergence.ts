/** Exercise 5: the Kullback-Leibler divergence. */

import { log } from "../../kernels/elementary.ts";
import { check } from "../../notebook/check.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { exercise } from "../exercise.ts";

type Divergence = (p: number[], q: number[]) => number;
const crossEntropy: Divergence = (p, q) => p.reduce((sum, pk, k) => pk === 0 ? sum : sum - pk * log(q[k]), 0);
const inNats: Divergence = (p, q) => crossEntropy(p, q) - crossEntropy(p, p);

/** Coins and weather. */
export const checkKl = exercise("01", "the KL divergence", (klDivergence: Divergence) => {
  const coin = [0.5, 0.5], loaded = [0.9, 0.1], weather = [0.5, 0.3, 0.2], guessed = [0.2, 0.2, 0.6];
  return checkCases("KL divergence", klDivergence, {
    cases: {
      "fair coin, loaded code": { of: [coin, loaded], is: inNats(coin, loaded) },
      "three kinds of weather": { of: [weather, guessed], is: inNats(weather, guessed) },
    },
    slips: {
      "p and q are exchanged": (p, q) => inNats(q, p),
      "the entropy is still in it": crossEntropy,
      "that is the entropy": (p) => crossEntropy(p, p),
      "each logarithm counts p[k] times": (p, q) => p.reduce((sum, pk, k) => sum + log(pk / q[k]), 0),
      "each logarithm counts p[k] times, not q[k]": (p, q) =>
        p.reduce((sum, pk, k) => sum + q[k] * log(pk / q[k]), 0),
      "a sum, not a mean": (p, q) => inNats(p, q) / p.length,
    },
  });
});

/** The right code costs nothing more; what never happens counts nothing. */
export const checkKlZero = exercise(
  "01",
  "the KL divergence where p is 0",
  async (klDivergence: Divergence) => {
    await check("the right code", klDivergence([0.9, 0.1], [0.9, 0.1]), 0);
    const oneHotTarget = klDivergence([0, 1], [0.75, 0.25]);
    await check("one-hot target", oneHotTarget, log(4), { hint: "skip p = 0" });
  },
);
