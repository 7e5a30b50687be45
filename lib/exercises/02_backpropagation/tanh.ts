/** The slope of tanh, from that of the sigmoid. */

import { logistic, tanh } from "../../kernels/elementary.ts";
import { check } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";
import { nudge } from "./scalars.ts";

/** The slope of tanh from s = σ(2z). */
export const checkTanh = exercise("02", "the slope of tanh", (tanhSlope: (s: number) => number) => {
  const places = [-1.3, 0, 0.4, 2], sigmas = places.map((z) => logistic(2 * z));
  return check("slope of tanh", sigmas.map(tanhSlope), places.map((z) => nudge(tanh, z)), {
    slips: [
      { value: sigmas.map((s) => 2 * s * (1 - s)), says: "a factor 2 is missing: there are two" },
      { value: sigmas.map((s) => s * (1 - s)), says: "both factors 2 are missing" },
      { value: sigmas.map((s) => 1 - s * s), says: "s is σ(2z), not tanh z" },
    ],
  });
});
