/** A gradient check of one's own: the largest relative error among all entries. */

import { check, checkThat } from "../../notebook/check.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";

type GradientCheck = (loss: () => number, x: Tensor, gradient: Tensor, h?: number) => number;

/** A bowl whose gradient is known: 2 · scale · x. */
function bowl() {
  const x = tensor([0.1, 0.7, 0, -1.9]), scales = tensor([1, 10, 3, 0.5]);
  return { x, loss: () => x.mul(x).mul(scales).sum().item(), gradient: x.mul(scales).mul(2) };
}

/** What the learner's check says of the bowl's gradient with its entries multiplied by these factors. */
export const claimsOf = (gradientCheck: GradientCheck) => (...factors: number[]): number => {
  const { x, loss, gradient } = bowl();
  return gradientCheck(loss, x, gradient.mul(tensor(factors)));
};

const TO_WORST = "go over all entries, and change worst";
const BOTH_SIDES = "(loss at x + h − loss at x − h) / 2h, with the given h";

/** Whether a right gradient passes, a wrong one does not, and x stays what it is. */
export const checkGradientCheck = exercise(
  "02",
  "a gradient check",
  async (gradientCheck: GradientCheck) => {
    const { x, loss, gradient } = bowl(), saved = tensor(x.data.slice());
    const fine = gradientCheck(loss, x, gradient);
    await checkThat("no division of 0 by 0", !Number.isNaN(fine), "if both are 0, skip");
    await checkThat("x is what it was", x.equals(saved), "write the old number back");
    await checkThat("a right gradient passes", fine < 1e-6, BOTH_SIDES);
    await checkThat("twice too large is noticed", claimsOf(gradientCheck)(2, 2, 2, 2) > 0.1, TO_WORST);
  },
);

/** The error of two entries that are 10% and 2% too large. */
export const checkLargestError = exercise(
  "02",
  "the largest error of a gradient",
  (gradientCheck: GradientCheck) => {
    const ten = 0.1 / 1.1, two = 0.02 / 1.02;
    const { gradient } = bowl(), wrong = gradient.mul(tensor([1, 1.1, 1, 1.02]));
    const norm = (x: Tensor) => Math.sqrt(x.square().sum().item());
    return check("one is 10% too large, one 2%", claimsOf(gradientCheck)(1, 1.1, 1, 1.02), ten, {
      tolerance: 1e-4,
      slips: [
        { value: 1.4, says: "the difference itself; divide by the larger size" },
        { value: 0.1, says: "divided by the measured one, which is not the larger here" },
        { value: 0.1 / 2.1, says: "divided by the sum of both sizes, as some books do" },
        { value: 0.1 / 1.05, says: "divided by the mean of both sizes, not by the larger" },
        { value: (ten + two) / 4, says: "the mean of the errors; the largest is wanted" },
        { value: ten + two, says: "the sum of the errors; the largest is wanted" },
        { value: two, says: "the last error replaced a larger one" },
        {
          value: norm(wrong.sub(gradient)) / (norm(wrong) + norm(gradient)),
          says: "one error of all together; take each entry by itself",
        },
      ],
    });
  },
);

/** Errors have no sign, and are relative to the larger size. */
export const checkErrorSizes = exercise(
  "02",
  "sizes without signs",
  async (gradientCheck: GradientCheck) => {
    const claim = claimsOf(gradientCheck);
    const sizes = { tolerance: 1e-4, hint: "sizes have no sign: Math.abs, three times" };
    const byClaimed = { value: 0.1 / 0.9, says: "divided by the claimed one, not by the larger" };
    await check("one entry is 10% too small", claim(1, 0.9, 1, 1), 0.1, { ...sizes, slips: [byClaimed] });
    await check("so is a negative one", claim(1, 1, 1, 0.9), 0.1, sizes);
    await check("all signs wrong", claim(-1, -1, -1, -1), 2, sizes);
    await check("it says 0 everywhere", claim(0, 0, 0, 0), 1, sizes);
  },
);

/** Nudges to both sides, by the given h, and the old number put back as it was. */
export const checkCentral = exercise("02", "central differences", async (gradientCheck: GradientCheck) => {
  const x = tensor([0.5]), cube = () => x.data[0] * x.data[0] * x.data[0];
  const coarse = gradientCheck(cube, x, tensor([0.75]), 0.01); // 3x², with a large h
  await checkThat("central differences", coarse > 1e-5 && coarse < 1e-3, BOTH_SIDES);
  const little = tensor([1e-7]);
  gradientCheck(() => little.data[0], little, tensor([1]));
  await checkThat("1e-7 is 1e-7 again", little.data[0] === 1e-7, "keep it; do not add h");
});
