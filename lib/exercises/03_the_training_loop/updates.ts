/** Exercise 4: how many updates an epoch has. */

import { batches } from "../../data/batches.ts";
import { exerciseLine } from "../../data/toy_lines.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { exercise } from "../exercise.ts";

type Counting = [examples: number, size: number, dropLast?: boolean];

/** Whole batches, a last smaller one, and none of it. */
export const checkUpdates = exercise(
  "03",
  "updates of an epoch",
  (updates: (...count: Counting) => number) =>
    checkCases<Counting>("updates", updates, {
      cases: {
        "a million, all at once": { of: [1_000_000, 1_000_000], is: 1 },
        "a million, in 64s": { of: [1_000_000, 64], is: 15_625 },
        "three, in 64s": { of: [3, 64], is: 1 },
        "60,000 in 64s": { of: [60_000, 64], is: 938 },
        "60,000 in 64s, dropLast": { of: [60_000, 64, true], is: 937 },
        "128 in 64s, dropLast": { of: [128, 64, true], is: 2 },
        "a hundred, in 64s": { of: [100, 64], is: [...batches(exerciseLine(), { batchSize: 64 })].length },
      },
      slips: {
        "an update is an update, however small its batch": (n, size) => Math.floor(n / size),
        "where nothing is left over, no update is added": (n, size, dropLast) =>
          Math.floor(n / size) + (dropLast ? 0 : 1),
        "dropLast leaves out the last, smaller batch": (n, size) => Math.ceil(n / size),
        "dropLast changes nothing where nothing is left over": (n, size, dropLast) =>
          Math.ceil(n / size) - (dropLast ? 1 : 0),
        "a part of a batch makes a whole update": (n, size) => n / size,
      },
    }),
);
