/** Exercise 1: the mean of a list of numbers. */

import { checkCases } from "../../notebook/check_cases.ts";
import { exercise } from "../exercise.ts";

const sum = (values: number[]) => values.reduce((a, b) => a + b);
const positions = (values: number[]) => [...values.keys()]; // 0, 1, 2 …

/** Tries the learner's `mean` on three lists. */
export const checkMean = exercise(
  "00",
  "the mean",
  (mean: (values: number[]) => number) =>
    checkCases("the mean", mean, {
      cases: {
        "3, 5, 10": { of: [[3, 5, 10]], is: 6 },
        "7 alone": { of: [[7]], is: 7 },
        "−4, 1": { of: [[-4, 1]], is: -1.5 },
      },
      slips: {
        "that is the sum: divide it by how many there are": sum,
        "divided by 3; a list may have another length": (v) => sum(v) / 3,
        "divided twice": (v) => sum(v) / v.length ** 2,
        "the total starts at 1; it should start at 0": (v) => (1 + sum(v)) / v.length,
        "for … in runs over positions, for … of over values": (v) => sum(positions(v)) / v.length,
        "for … in runs over positions (as texts), for … of over values": (v) =>
          Number(positions(v).join("")) / v.length,
      },
    }),
);
