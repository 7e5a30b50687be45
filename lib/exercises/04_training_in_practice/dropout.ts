/** Exercise 3: dropout, forward and backward. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { Dropout } from "../../nn/dropout.ts";
import { check } from "../../notebook/check.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { slips } from "./slips.ts";

type Forward = (x: Tensor, p: number, rng: Rng) => { y: Tensor; factors: Tensor };
type Backward = (dY: Tensor, factors: Tensor) => Tensor;

const P = 0.2;

/** An input, the library's layer on it, and the random numbers that both draw. */
function example() {
  const x = new Rng(4).randn([8, 5]).add(3), draw = new Rng(5);
  const [numbers, next] = [draw.uniform([8, 5]), draw.uniform([8, 5])];
  const layer = new Dropout(P, { rng: new Rng(5) });
  return { x, numbers, next, mask: numbers.greaterEqual(P), layer, right: layer.forward(x) };
}

/** What comes out. */
export const checkDropout = exercise("04", "dropout", (forward: Forward) => {
  const { x, numbers, next, mask, right } = example(), kept = x.mul(mask);
  return check("y", forward(x, P, new Rng(5)).y, right, {
    kind: "Tensor",
    slips: slips({
      "the classic form: nothing makes up for what is dropped": kept,
      "divide by the share that is kept, 1 − p": kept.div(P),
      "divide by 1 − p, do not multiply": kept.mul(1 - P),
      "these are the ones to drop": x.sub(kept).div(1 - P),
      "as often, but other ones: kept is what is at least p": x.mul(numbers.less(1 - P)).div(1 - P),
      "drawn twice: one draw for y and factors": x.mul(next.greaterEqual(P)).div(1 - P),
    }),
  });
});

/** What was multiplied with. */
export const checkDropoutFactors = exercise("04", "dropout's factors", (forward: Forward) => {
  const { x, mask, right } = example(), { factors } = forward(x, P, new Rng(5));
  return check("x times factors is y", x.mul(factors), right, {
    hint: "draw once: y and factors must come from the same random numbers",
    slips: slips({ "the division by 1 − p belongs into the factors, too": x.mul(mask) }),
  });
});

/** Against finite differences and the library. */
export const checkDropoutBackward = exercise(
  "04",
  "back through dropout",
  async (backward: Backward, forward: Forward) => {
    const { x, mask, layer } = example(), dY = new Rng(6).randn([8, 5]);
    const measured = numericalGradient(() => forward(x, P, new Rng(5)).y.mul(dY).sum().item(), x);
    const { y, factors } = forward(x, P, new Rng(5)), dX = backward(dY, factors);
    await check("dX, against wiggling", dX, measured, {
      slips: slips({
        "what was dropped gets no gradient": dY,
        "the division by 1 − p belongs into the factors, too": dY.mul(mask),
        "times the factors, not times the output": dY.mul(y),
      }),
    });
    await check("dX, against the library", dX, layer.backward(dY));
  },
);
