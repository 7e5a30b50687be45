/** Exercise 1: sub, ln, relu and sigmoid, each with its backward. */

import { log, logistic } from "../../kernels/elementary.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";
import { arriving, type Engine, nudge, type Operation, type Scalar } from "./scalars.ts";

type Unary = (a: Scalar) => Scalar;
interface Operations {
  readonly sub: Operation;
  readonly ln: Unary;
  readonly relu: Unary;
  readonly sigmoid: Unary;
}

/** Whether each operation gives a number that knows what it was made from. */
export const checkOperations = exercise(
  "02",
  "operations that know their inputs",
  async ({ Scalar, sub, ln, relu, sigmoid }: Operations & Pick<Engine, "Scalar">) => {
    const one = new Scalar(1), two = new Scalar(2);
    const made: [name: string, result: Scalar, from: Inputs][] = [
      ["sub", sub(one, two), { a: one, b: two }],
      ["ln", ln(two), { a: two }],
      ["relu", relu(two), { a: two }],
      ["sigmoid", sigmoid(two), { a: two }],
    ];
    for (const [name, result, from] of made) {
      const fault = structureFault(Scalar, result, from);
      await checkThat(`${name} knows what it was made from`, fault === "", fault);
    }
  },
);

type Inputs = { a: Scalar; b?: Scalar };

/** What is wrong with a result's parents and pullback; `""` if nothing is. */
export function structureFault(Scalar: Engine["Scalar"], result: Scalar, from: Inputs): string {
  if (!(result instanceof Scalar)) return "return new Scalar(value, parents, pullback)";
  const behind = (node: Scalar): Scalar[] => [node, ...node.parents.flatMap(behind)];
  const all = behind(result);
  const [lost] = Object.entries(from).find(([, leaf]) => !all.includes(leaf)) ?? [];
  if (lost) return `${lost} is not among its parents: no gradient can get back to it`;
  if (all.some((node) => node.pullback(1)?.length !== node.parents.length)) {
    return "one gradient for each parent, in brackets: (g) => [ … ]";
  }
  const first = result.parents[0], toFirst = result.pullback(1)[0];
  return first === from.b && toFirst > 0
    ? "its parents are [b, a], its gradients those of a and b: one order"
    : "";
}

/** Value and backward of the difference. */
export const checkSub = exercise("02", "sub", async (sub: Operation, Scalar: Engine["Scalar"]) => {
  const minuend = new Scalar(5), less = new Scalar(2), difference = sub(minuend, less);
  await check("sub: value", difference.data, 3);
  const atBoth = [minuend, less].map((leaf) => arriving(3, difference, leaf));
  await check("sub: backward", atBoth, [3, -3], {
    slips: [
      { value: [3, 3], says: "raising b lowers the difference: what sign has its slope?" },
      { value: [-3, 3], says: "raising a raises the difference, raising b lowers it" },
      { value: [1, -1], says: "the upstream gradient g is missing" },
    ],
  });
});

/** A wrong backward: what it gives at x for the upstream gradient g. */
type Slope = (x: number, g: number) => number;
const UPSTREAM = [3, -2, 5];

/** Value and backward of an operation with one input, at some places; `wrong` are slips with what to say to them. */
export async function checkOperation(
  name: string,
  mine: Unary,
  exact: (x: number) => number,
  Scalar: Engine["Scalar"],
  places: number[],
  wrong: [says: string, f: Slope][] = [],
): Promise<void> {
  const along = (f: Slope) => places.map((x, i) => f(x, UPSTREAM[i]));
  const from = places.map((x) => new Scalar(x)), got = from.map(mine);
  const back = got.map((result, i) => arriving(UPSTREAM[i], result, from[i]));
  await check(`${name}: value`, got.map((a) => a.data), places.map(exact));
  await check(`${name}: backward`, back, along((x, g) => g * nudge(exact, x)), {
    slips: wrong.map(([says, f]) => ({ value: along(f), says })),
  });
}

/** Value and backward of the logarithm. */
export const checkLn = exercise(
  "02",
  "ln",
  (ln: Unary, Scalar: Engine["Scalar"]) =>
    checkOperation("ln", ln, log, Scalar, [0.2, 1.5, 4], [
      ["the upstream gradient g is missing", (x) => 1 / x],
      ["times the logarithm itself; its slope is 1/a", (x, g) => g * log(x)],
      ["times a; the slope is 1/a", (x, g) => g * x],
    ]),
);

/** Value and backward of the ReLU, also at 0. */
export const checkRelu = exercise("02", "relu", async (relu: Unary, Scalar: Engine["Scalar"]) => {
  await checkOperation("relu", relu, (x) => Math.max(x, 0), Scalar, [-2, 0.5, 4], [
    ["nothing is held back where a is negative", (_, g) => g],
    ["it looks at g; a decides what is held back", (_, g) => Math.max(g, 0)],
    ["times the ReLU, not times its slope (1 or 0)", (x, g) => g * Math.max(x, 0)],
    ["the upstream gradient g is missing", (x) => x > 0 ? 1 : 0],
  ]);
  const zero = new Scalar(0), hint = "at 0 we take the slope 0: the condition is a > 0";
  await check("relu: backward at 0", arriving(3, relu(zero), zero), 0, { hint });
});

/** Value and backward of the sigmoid. */
export const checkSigmoid = exercise(
  "02",
  "sigmoid",
  (sigmoid: Unary, Scalar: Engine["Scalar"]) =>
    checkOperation("sigmoid", sigmoid, logistic, Scalar, [-2, 0.5, 3], [
      ["the upstream gradient g is missing", (x) => logistic(x) * (1 - logistic(x))],
      ["σ′ is made from the output σ(a), not from a", (x, g) => g * x * (1 - x)],
      ["only σ, where σ·(1 − σ) belongs", (x, g) => g * logistic(x)],
      ["only 1 − σ, where σ·(1 − σ) belongs", (x, g) => g * (1 - logistic(x))],
      ["1 − σ² is the form for tanh", (x, g) => g * (1 - logistic(x) ** 2)],
    ]),
);
