/** Exercise 3: the slope of (1 − x²)³ by the chain rule. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { tensor } from "../../tensor/create.ts";
import { check } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";

const PLACES = [-1.5, 0.5, 2];

/** Holds the learner's slope against measured ones, at three places. */
export const checkChain = exercise("00", "the chain rule", (slope: (x: number) => number) => {
  const measured = PLACES.map((x) => {
    const at = tensor(x);
    return numericalGradient(() => (1 - at.item() ** 2) ** 3, at).item();
  });
  const at = (f: (x: number) => number) => PLACES.map(f);
  return check("dy/dx at three places", at(slope), measured, {
    slips: [
      { value: at((x) => 3 * (1 - x * x) ** 2), says: "the inner rate, du/dx, is missing" },
      { value: at((x) => 24 * -(x ** 3)), says: "3u² is to be taken at u, not at du/dx" },
      { value: at((x) => (1 - x * x) ** 3), says: "that is y, not its slope" },
      { value: at((x) => -2 * x * (1 - x * x) ** 2), says: "the 3 of 3u² is missing" },
      { value: at((x) => 3 * (1 - x * x) ** 2 - 2 * x), says: "rates multiply, not add" },
    ],
  });
});
