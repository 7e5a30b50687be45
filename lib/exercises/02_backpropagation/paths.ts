/** Exercise M1: gradients along two paths, by pencil. */

import { check } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";
import { nudge } from "./scalars.ts";

type Gradients = { da: number; db: number };

/** ∂L/∂a and ∂L/∂b of L = (a·b + a)·b at a = 2, b = 3, by pencil. */
export const checkPaths = exercise(
  "02",
  "gradients along paths",
  async ({ da, db }: Gradients = {} as Gradients) => {
    const slopes = [nudge((a) => (a * 3 + a) * 3, 2), nudge((b) => (2 * b + 2) * b, 3)];
    const pencil = { secret: true, hint: "which paths lead from L back to this letter?" };
    await check("∂L/∂a", da, slopes[0], {
      ...pencil,
      slips: [
        { value: 9, says: "the path through + a is missing" },
        { value: 3, says: "the path through a·b is missing" },
        { value: 4, says: "the upstream gradient b is missing" },
      ],
    });
    await check("∂L/∂b", db, slopes[1], {
      ...pencil,
      slips: [
        { value: 8, says: "the path through the inner product is missing" },
        { value: 6, says: "the path through the outer product is missing" },
      ],
    });
  },
);
