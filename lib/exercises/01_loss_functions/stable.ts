/** Exercise 4: cross-entropy from logits of any size. */

import { exp, log } from "../../kernels/elementary.ts";
import { maxOf } from "../../kernels/extremes.ts";
import { crossEntropyLoss } from "../../nn/cross_entropy.ts";
import { check } from "../../notebook/check.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { tensor } from "../../tensor/create.ts";
import { exercise } from "../exercise.ts";

type CrossEntropy = (z: number[], right: number) => number;
const lossOf: CrossEntropy = (z, right) => crossEntropyLoss(tensor([z]), [right]).item();

/** Logits of everyday size. */
export const checkStable = exercise("01", "cross-entropy", (mine: CrossEntropy) => {
  const mild = [2, 1, 0.1];
  return checkCases("cross-entropy", mine, {
    cases: {
      "2, 1, 0.1; class 0": { of: [mild, 0], is: lossOf(mild, 0) },
      "2, 1, 0.1; class 2": { of: [mild, 2], is: lossOf(mild, 2) },
      "−1, 3; class 1": { of: [[-1, 3], 1], is: lossOf([-1, 3], 1) },
    },
    slips: {
      "minus the logit of the right class": (z, right) => lossOf(z, right) + z[right],
      "m was taken off and must be added again": (z, right) => lossOf(z, right) - maxOf(z),
      "that is the probability, not −ln of it": (z, right) => exp(-lossOf(z, right)),
      "z[right] is to be subtracted, not added": (z, right) => lossOf(z, right) + 2 * z[right],
      "that is for class 0, whatever the right one is": (z) => lossOf(z, 0),
    },
  });
});

/** Logits so large that exp() overflows, or that all probabilities are 0. */
export const checkLargeLogits = exercise("01", "cross-entropy of large logits", (mine: CrossEntropy) => {
  const hint = "subtract the largest logit before exp; no log of a quotient, it may be 0";
  const logits = [[1000, 0], [0, 1000], [-1000, -1000], [5, 5]]; // class 0 is right
  const losses = logits.map((z) => mine(z, 0));
  return check("large logits", losses, [0, 1000, log(2), log(2)], { hint });
});
