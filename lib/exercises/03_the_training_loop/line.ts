/** Exercise 1: the gradient of a line's loss. Exercise 2: gradient descent with it. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { exerciseLine } from "../../data/toy_lines.ts";
import { mseLoss } from "../../nn/regression_losses.ts";
import { check } from "../../notebook/check.ts";
import { parameter, tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";

type LineGradient = (x: Tensor, y: Tensor, w: number, b: number) => { dw: number; db: number };

const NO_ITEM = "a tensor times a number is NaN: take the number out with .item()";

/** Four points, and three others elsewhere. */
export const checkFourPoints = exercise(
  "03",
  "the gradient of a line",
  async (lineGradient: LineGradient) => {
    const four = lineGradient(tensor([[0], [1], [2], [-1]]), tensor([[1], [3], [5], [-1]]), 0, 0);
    const three = lineGradient(tensor([[1], [-2], [3]]), tensor([[2], [1], [0]]), 0.5, 1);
    const asked = { kind: "number", hint: "the table has the first" } as const;
    await check("∂L/∂w of four, of three", [four.dw, three.dw], [-7, 6], {
      ...asked,
      slips: [
        { value: [-2, 4 / 9], says: "the mean of the products, not the product of the means" },
        { value: [-28, 18], says: "the mean is missing (1/N)" },
        { value: [-14, 9], says: "that is the sum: 2/N is missing" },
        { value: [-7, 4.5], says: "divided by 4; there may be more points, or fewer" },
        { value: [-4, 2 / 3], says: "that is ∂L/∂b: each error times its own x" },
        { value: [NaN, NaN], says: NO_ITEM },
      ],
    });
    await check("∂L/∂b of the same", [four.db, three.db], [-4, 2 / 3], {
      ...asked,
      slips: [
        { value: [-16, 2], says: "the mean is missing (1/N)" },
        { value: [-8, 1], says: "that is the sum: 2/N is missing" },
        { value: [-4, 0.5], says: "divided by 4; there may be more points, or fewer" },
        { value: [-7, 6], says: "that is ∂L/∂w: nothing is multiplied with the errors here" },
        { value: [NaN, NaN], says: NO_ITEM },
      ],
    });
  },
);

/** The hundred points of the notebook. */
const hundred = () => {
  const { inputs: x, targets: y } = exerciseLine({ seed: 42 });
  return { x, y, lossOf: (w: number, b: number) => mseLoss(x.mul(w).add(b), y).item() };
};

/** By hand, by finite differences and by backward(). */
export const checkLineGradient = exercise(
  "03",
  "the gradient of a line, three ways",
  async (lineGradient: LineGradient) => {
    const { x, y } = hundred(), at = [parameter(0.3), parameter(-0.2)]; // any w and b will do
    const loss = () => mseLoss(x.mul(at[0]).add(at[1]), y);
    const wiggled = at.map((p) => numericalGradient(() => loss().item(), p).item());
    loss().backward();
    const { dw, db } = lineGradient(x, y, 0.3, -0.2);
    await check("∂L/∂w by hand = by wiggling", dw, wiggled[0], { batchSize: 100 });
    await check("∂L/∂b by hand = by wiggling", db, wiggled[1], { batchSize: 100 });
    await check("by hand = by backward()", [dw, db], at.map(({ grad }) => grad?.item()));
  },
);

type Place = [w: number, b: number];
type Descend = (
  learningRate: number,
  steps: number,
) => { w: number; b: number; losses: number[]; path: Place[] };

/** The gradient at a place, by the formula. */
function gradientAt([w, b]: Place): Place {
  const { x, y } = hundred(), error = x.mul(w).add(b).sub(y);
  return [2 * error.mul(x).mean().item(), 2 * error.mean().item()];
}

const stepFrom = (place: Place, rate: number): Place => {
  const [dw, db] = gradientAt(place);
  return [place[0] - rate * dw, place[1] - rate * db];
};

/** One step from (0, 0). */
export const checkFirstStep = exercise("03", "a first step down", (descend: Descend) => {
  const { w, b } = descend(0.1, 1), [dw, db] = gradientAt([0, 0]);
  const late = gradientAt([-0.1 * dw, 0])[1]; // if w has moved already
  return check("w, b after a step", [w, b], [-0.1 * dw, -0.1 * db], {
    slips: [
      { value: [0, 0], says: "nothing has moved" },
      { value: [0.1 * dw, 0.1 * db], says: "this climbs: the gradient points uphill" },
      { value: [-dw, -db], says: "the learning rate is missing" },
      { value: [-0.1 * dw, -0.1 * late], says: "db was taken after w had moved" },
    ],
  });
});

/** The places and losses of two steps. */
export const checkPath = exercise("03", "the path down", async (descend: Descend) => {
  const { path, losses } = descend(0.03, 2), { lossOf } = hundred();
  const start: Place = [0, 0], one = stepFrom(start, 0.03), two = stepFrom(one, 0.03);
  const hint = "one before the first step, one after each";
  const oneArray = "one array stands there again and again: push a new one, [w, b]";
  const tooEarly = "move first, then note where you are";
  await check("the places of two steps", path, [start, one, two], {
    slips: [
      { value: [two, two, two], says: oneArray },
      { value: [start, two, two], says: oneArray },
      { value: [start, start, one], says: tooEarly },
      { value: [start, one, [2 * one[0], 2 * one[1]]], says: "compute the gradient anew" },
      {
        value: [start, one, [two[0] - one[0], two[1] - one[1]]],
        says: "the place is to be noted, not the move",
      },
    ],
    hint,
  });
  const noted = [lossOf(...start), lossOf(...one), lossOf(...two)];
  await check("their losses", losses, noted, {
    slips: [{ value: [noted[0], noted[0], noted[1]], says: tooEarly }],
    hint,
  });
});

/** A hundred steps. */
export const checkDescend = exercise("03", "gradient descent", async (descend: Descend) => {
  const { w, b, losses, path } = descend(0.1, 100);
  const notes = { hint: "one before the first step, and one after each" };
  await check("losses that were noted", losses.length, 101, notes);
  await check("places that were noted", path.length, 101, notes);
  const anew = { hint: "the gradient must be computed anew in every step" };
  await check("w and b", [w, b], [1.98567, 0.50074], anew);
  await check("loss at the end", losses[100], 0.00883632, anew);
});
