// Cells of a notebook run without a type check: what the compiler would refuse must be refused by name here.
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { kindOf } from "../../lib/checks/values.ts";
import {
  arange,
  concatenate,
  DTypeError,
  full,
  gradCheck,
  noGrad,
  numericalGradient,
  oneHot,
  parameter,
  Rng,
  ShapeError,
  stack,
  tensor,
  where,
  zeros,
} from "backprop";

// deno-lint-ignore no-explicit-any -- as in a cell
const untyped = (x: unknown): any => x;
const x = untyped(tensor([[1, 2], [3, 4]]));

const refusals: [what: string, f: () => unknown, error: new () => Error, says: string][] = [
  [
    "a list as operand",
    () => x.add([1, 2]),
    TypeError,
    "add: expected the other operand to be a Tensor, got an array",
  ],
  [
    "nothing as operand",
    () => x.mul(),
    TypeError,
    "mul: expected the other operand to be a Tensor, got undefined.",
  ],
  [
    "a text as operand",
    () => x.greater("1"),
    TypeError,
    "greater: expected the other operand to be a Tensor, got a string",
  ],
  ["a list as factor", () => x.matmul([[1], [2]]), TypeError, "got an array; wrap it in tensor(…)."],
  [
    "a list as seed",
    () => parameter([1, 2]).backward(untyped([1, 1])),
    TypeError,
    "expected the seed to be a Tensor",
  ],
  [
    "true as condition",
    () => where(untyped(true), x, x),
    TypeError,
    "expected the condition to be a Tensor, got a boolean.",
  ],
  [
    "lists to choose from",
    () => where(x, untyped([1]), 2),
    TypeError,
    "expected the other operand to be a Tensor",
  ],
  [
    "lists to join",
    () => stack(untyped([[1], [2]])),
    TypeError,
    "expected the entry 0 of the list to be a Tensor",
  ],
  ["no list to join", () => concatenate(x), TypeError, "expected a list of tensors, [a, b], got a Tensor."],
  [
    "an axis without its name",
    () => x.sum(0),
    TypeError,
    "sum: expected an object of options, got 0; write { axis: … }.",
  ],
  [
    "a list of axes without its name",
    () => x.mean([0, 1]),
    TypeError,
    "mean: expected an object of options, got an array",
  ],
  [
    "a misspelt axis",
    () => x.max({ axes: 0 }),
    TypeError,
    'max: unknown option "axes"; it knows axis, keepDims.',
  ],
  ["NumPy's keepdims", () => x.logSumExp({ keepdims: true }), TypeError, 'unknown option "keepdims"'],
  ["NumPy's ddof", () => x.variance({ ddof: 0 }), TypeError, "it knows axis, keepDims, correction."],
  ["a misspelt axis of argmax", () => x.argmax({ dim: 0 }), TypeError, 'argmax: unknown option "dim"'],
  [
    "lengths without a list",
    () => x.reshape(4, 1),
    TypeError,
    "expected the new shape as a list, such as [2, -1], got a number",
  ],
  [
    "a length without a list",
    () => zeros(untyped(3)),
    ShapeError,
    "expected a shape, a list of whole numbers from 0 such as [2, 3], got 3.",
  ],
  ["a negative length", () => zeros([-1]), ShapeError, "got [-1]."],
  ["two negative lengths", () => full([-1, -1], 0), ShapeError, "got [-1, -1]."],
  ["a broken length", () => new Rng(0).randn([1.5]), ShapeError, "got [1.5]."],
  [
    "no value",
    () => full([2], untyped(undefined)),
    TypeError,
    "full: expected a number as value, got undefined.",
  ],
  [
    "a dtype that there is not",
    () => tensor([1], { dtype: untyped("int32") }),
    RangeError,
    'Expected dtype to be "float64" or "float32", got "int32"',
  ],
  [
    "a tensor of tensors",
    () => tensor(untyped([x, x])),
    TypeError,
    "got a Tensor; it is one already, or join several with stack([a, b])",
  ],
  ["booleans", () => tensor(untyped([true])), TypeError, "got a boolean; write 1 and 0"],
  ["no class", () => oneHot([], 0), RangeError, "expected the number of classes to be an integer ≥ 1, got 0"],
  ["no end", () => arange(untyped(undefined)), RangeError, "expected finite numbers"],
  [
    "a single input",
    () => gradCheck((a) => a, x),
    TypeError,
    "expected a list of inputs, [x], got a Tensor.",
  ],
  [
    "a list as input",
    () => gradCheck((a) => a, untyped([[1]])),
    TypeError,
    "expected the input 0 to be a Tensor",
  ],
  [
    "a number from f",
    () => gradCheck(untyped(() => 1), [x]),
    TypeError,
    "expected the result of f to be a Tensor, got a number",
  ],
  [
    "a tensor from f",
    () => numericalGradient(untyped(() => x.sum()), x),
    TypeError,
    "take .item() of a scalar tensor",
  ],
  [
    "mixed dtypes",
    () => x.add(tensor([1], { dtype: "float32" })),
    DTypeError,
    'e.g. tensor(…, { dtype: "float64" })',
  ],
];
for (const [what, f, error, says] of refusals) {
  Deno.test(`${what} is refused by name`, () => {
    assertThrows(f, error, says);
  });
}

Deno.test("argmax() takes its axis as the other reductions do, or as a number", () => {
  assertEquals([x.argmax({ axis: 0 }), x.argmax(0), x.argmax({}), x.argmax()], [[1, 1], [1, 1], [1, 1], [
    1,
    1,
  ]]);
});

Deno.test("noGrad() refuses an async function, and recording is on again afterwards", async () => {
  let ran = false;
  const later = async () => {
    await Promise.resolve();
    ran = true;
    throw new Error("nobody waits for this");
  };
  assertThrows(() => noGrad(later), TypeError, "expected a function that is not async");
  await assertRejects(later, Error, "nobody waits");
  assertEquals([ran, parameter([1]).mul(2).requiresGrad], [true, true]);
});

Deno.test("a value of any kind has a name in messages", () => {
  const kinds = [null, undefined, 1, "a", [1], {}, new Map(), x, new Int8Array(1), () => 1].map(kindOf);
  assertEquals(kinds, [
    "null",
    "undefined",
    "a number",
    "a string",
    "an array",
    "an object",
    "a Map",
    "a Tensor",
    "an Int8Array",
    "a function",
  ]);
});
