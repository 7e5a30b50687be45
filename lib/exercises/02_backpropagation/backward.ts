/** Exercise 3: the gradient of a result by every number behind it. */

import { check } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";
import type { Engine, Scalar } from "./scalars.ts";

type Backward = (root: Scalar) => void;

/** A number that is used twice, and its double, too. */
export const checkDiamonds = exercise(
  "02",
  "backward through diamonds",
  (backward: Backward, { Scalar, add, mul }: Engine) => {
    const a = new Scalar(3), twice = add(a, a);
    backward(mul(twice, twice));
    const throughAll = "begin with 1 at the root, and go through all of the order";
    return check("b = a + a, L = b·b", a.grad, 24, {
      slips: [
        { value: 6, says: "the last contribution overwrote the others: += instead of =" },
        { value: 36, says: "a number passed on before everything had arrived" },
        { value: 0, says: `nothing arrived at a: ${throughAll}, from its end` },
        { value: 2, says: "a number hands on node.pullback(node.grad), not pullback(1)" },
      ],
    });
  },
);

/** Paths of different lengths: L = a²·(a² + a) at 2, so dL/da = 4a³ + 3a². */
export const checkLopsided = exercise(
  "02",
  "backward through paths of different lengths",
  (backward: Backward, { Scalar, add, mul }: Engine) => {
    const a = new Scalar(2), long = mul(a, a), longer = add(long, a);
    backward(mul(long, longer));
    const early = { value: 28, says: "c passed on before d had answered" };
    return check("sides of different lengths", a.grad, 44, { slips: [early] });
  },
);

/** How often numbers are asked for what they pass on. */
export const checkPassedOnOnce = exercise(
  "02",
  "each gradient passed on once",
  (backward: Backward, { Scalar }: Engine) => {
    let calls = 0, counted = new Scalar(1);
    for (let i = 0; i < 15; i++) {
      const before = counted;
      counted = new Scalar(2 * before.data, [before, before], (g) => (calls++, [g, g]));
    }
    backward(counted);
    return check("15 doublings, 15 calls", calls, 15, {
      hint: "each number passes its gradient on once, when it is complete",
      slips: [{ value: 30, says: "called for each parent; once gives all parts" }],
    });
  },
);

/** A second call: leaves keep what they have, all others begin at 0. */
export const checkAgain = exercise(
  "02",
  "backward, called again",
  (backward: Backward, { Scalar, add, mul }: Engine) => {
    const a = new Scalar(3), sum = add(a, a), square = mul(sum, sum);
    backward(square);
    backward(square);
    return check("after two calls", a.grad, 48, {
      slips: [
        { value: 24, says: "leaves must keep what they had" },
        { value: 72, says: "numbers with parents must start at 0 in every call" },
        { value: 96, says: "the root gets 1, not 1 more than it had" },
      ],
    });
  },
);

/** Two losses of one leaf: their gradients, 6 and 2, add up. */
export const checkTwoLosses = exercise(
  "02",
  "two losses of one leaf",
  (backward: Backward, { Scalar, add, mul }: Engine) => {
    const leaf = new Scalar(3);
    for (const root of [mul(leaf, leaf), add(leaf, leaf)]) backward(root);
    return check("two losses, one leaf", leaf.grad, 8, {
      hint: "leaves keep what they had; all others start at 0",
    });
  },
);
