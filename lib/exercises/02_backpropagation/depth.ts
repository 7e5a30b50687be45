/** Gradients through ten units in a row. */

import { Value } from "../../autograd/value.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";

/** What arrives at the input of ten units with this weight. */
function throughTen(w: number): number {
  const input = new Value(0, "x");
  let a = input;
  for (let layer = 0; layer < 10; layer++) a = a.mul(w).tanh();
  a.backward();
  return input.grad!;
}

type Weights = { unchanged: number; thousandth: number };

/** Weights with which ten units leave a gradient as it is, or make a thousandth of it. */
export const checkDepth = exercise(
  "02",
  "gradients through ten layers",
  async ({ unchanged, thousandth }: Weights = {} as Weights) => {
    const isPositive = unchanged > 0 && thousandth > 0;
    await checkThat("two numbers above 0", isPositive, "return { unchanged: …, thousandth: … }");
    const ten = { secret: true, tolerance: 0.02, hint: "the gradient goes through ten weights" };
    await check("unchanged", throughTen(unchanged), 1, ten);
    await check("a thousandth", throughTen(thousandth), 0.001, {
      ...ten,
      slips: [
        { value: throughTen(1e-3), says: "that is for a chain of one unit" },
        { value: throughTen(1e-4), says: "ten weights multiply; they do not add up" },
      ],
    });
  },
);
