/** Exercise 3: binary cross-entropy. */

import { binaryCrossEntropyLoss } from "../../nn/binary_cross_entropy.ts";
import { mseLoss } from "../../nn/regression_losses.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";

const bceOf = binaryCrossEntropyLoss;
const not = (y: Tensor) => y.neg().add(1);

/** Four examples, and one that is half sure. */
export const checkBce = exercise("01", "binary cross-entropy", (bce: (p: Tensor, y: Tensor) => number) => {
  const said = tensor([0.9, 0.2, 0.6, 0.3]), was = tensor([1, 0, 0, 1]);
  return checkCases("BCE", bce, {
    cases: {
      "four said": { of: [said, was], is: bceOf(said, was) },
      "half sure: ln 2": { of: [tensor([0.5]), tensor([0])], is: Math.LN2 },
    },
    slips: {
      "the term for no is missing": (p, y) => y.mul(p.log()).mean().neg(),
      "the term for yes is missing": (p, y) => not(y).mul(not(p).log()).mean().neg(),
      "yes and no are exchanged": (p, y) => bceOf(p, not(y)),
      "the term for no needs ln(1 − p)": (p) => p.log().mean().neg(),
      "the logarithm belongs to p, not to y": () => Infinity,
      "the mean over the examples is missing": (p, y) => bceOf(p, y).mul(p.size),
      "divided by 4; there may be more or fewer": (p, y) => bceOf(p, y).mul(p.size / 4),
      "that is the mean squared error": mseLoss,
    },
  });
});
