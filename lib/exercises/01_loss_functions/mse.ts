/** Exercise 1: the mean squared error and its gradient. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { maeLoss, mseLoss } from "../../nn/regression_losses.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";

type Pair = [prediction: Tensor, target: Tensor];
const FOUR: Pair = [tensor([2.5, 0, 2, 9]), tensor([3, -0.5, 2, 7])];
const THREE: Pair = [tensor([1, 5, 2]), tensor([4, 1, 2.5])];

/** The loss of four guesses and of three others. */
export const checkMse = exercise(
  "01",
  "the mean squared error",
  (mse: (...pair: Pair) => number) =>
    checkCases("MSE", mse, {
      cases: {
        "four guesses": { of: FOUR, is: 1.125 },
        "three others": { of: THREE, is: mseLoss(...THREE) },
      },
      slips: {
        "the 1/n is missing": (p, t) => p.sub(t).square().sum(),
        "divided by 4; there may be more or fewer": (p, t) => p.sub(t).square().sum().div(4),
        "no root: that is the RMSE": (p, t) => mseLoss(p, t).sqrt(),
        "that is the MAE": maeLoss,
        "square first, then take the mean": (p, t) => p.sub(t).mean().square(),
        "half of it: some books have a ½ in front, we have none": (p, t) => mseLoss(p, t).div(2),
      },
    }),
);

/** Its gradient, against finite differences. */
export const checkMseGradient = exercise(
  "01",
  "the gradient of the MSE",
  (mseGradient: (...pair: Pair) => Tensor) => {
    const [guesses, truths] = FOUR;
    const measured = numericalGradient(() => mseLoss(guesses, truths).item(), guesses);
    return checkCases("gradient", mseGradient, {
      cases: {
        "four guesses": { of: FOUR, is: measured },
        "three others": { of: THREE, is: [-2, 8 / 3, -1 / 3] },
      },
      slips: {
        "the 2 from the square is missing": (p, t) => p.sub(t).div(p.size),
        "the factor 2/n is missing": (p, t) => p.sub(t),
        "divided by 4; there may be more or fewer": (p, t) => p.sub(t).div(2),
        "the slope of r² is 2r: no square is left": (p, t) => p.sub(t).square().mul(2 / p.size),
        "the slope of r² is 2r, not r/2": (p, t) => p.sub(t).div(2 * p.size),
      },
      batchSize: (p) => p.size,
    });
  },
);
