/** Exercise 4: a pass through a chain of two neurons, by hand. */

import { checkThat } from "../../notebook/check.ts";
import { checkTrace } from "../../trace/check.ts";
import type { Trace } from "../../trace/trace_table.ts";
import { exercise } from "../exercise.ts";

/** Holds the learner's twelve numbers against a recorded pass, and says which lines follow from an earlier slip. */
export const checkByHand = exercise(
  "02",
  "a pass by hand",
  async (lines: Record<string, number> = {}, pass: Trace) => {
    const verdict = checkTrace(pass, lines);
    console.log(String(verdict));
    const names = "z1, a1, z2, yHat, L, dz2, dw2, db2, da1, dz1, dw1, db1";
    await checkThat("twelve lines", verdict.entries.length === 12, names);
    await checkThat("every line is right", verdict.passed, "see the list above");
  },
);
