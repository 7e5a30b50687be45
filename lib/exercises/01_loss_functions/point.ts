/** Exercise 2: loss and gradient of a line at one point, on paper. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { tensor } from "../../tensor/create.ts";
import { exercise } from "../exercise.ts";

type OnPaper = Record<"r" | "L" | "dw" | "db", number>;
/** What a function without a return gives. */
const NOTHING = {} as OnPaper;

/** Residual and loss; the right numbers are not told. */
export const checkPoint = exercise("01", "a loss on paper", async (results: OnPaper = NOTHING) => {
  const isComplete = ["r", "L", "dw", "db"].every((name) => name in results);
  await checkThat("four results", isComplete, "return { r: …, L: …, dw: …, db: … }");
  await check("residual", results.r, -2, { hint: "w times x, plus b, minus y", secret: true });
  await check("loss", results.L, 4, { hint: "the square of the residual", secret: true });
});

/** ∂L/∂w and ∂L/∂b at w = b = 1, for x = 2, y = 5. */
export const checkPointGradient = exercise("01", "its gradient on paper", ({ dw, db }: OnPaper = NOTHING) => {
  const at = tensor([1, 1]); // (w, b)
  const measured = numericalGradient(() => (at.at(0) * 2 + at.at(1) - 5) ** 2, at);
  return check("∂L/∂w and ∂L/∂b", [dw, db], measured, {
    slips: [
      { value: [-4, -4], says: "∂L/∂w lacks a factor: 2r and dr/dw = x both count" },
      { value: [-8, -8], says: "∂L/∂b has a factor too many: dr/db = 1" },
      { value: [-16, -4], says: "∂L/∂w has a factor too many: 2r, and x once" },
      { value: [-4, -8], says: "the two are exchanged" },
    ],
    secret: true,
  });
});
