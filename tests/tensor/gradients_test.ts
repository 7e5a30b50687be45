import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { logSoftmax, numericalGradient, parameter, Rng, softmax, Tensor, tensor } from "backprop";
import { record } from "../../lib/tensor/record.ts";

/**
 * Compares the recorded backward with central differences, entry by entry, for L = Σ r⊙f(x): with r random, no
 * error can hide in a sum that happens to be zero.
 */
function worstRelativeError(f: (...inputs: Tensor[]) => Tensor, inputs: Tensor[]): number {
  const parameters = inputs.map((x) => parameter(x));
  const r = new Rng(7).randn(f(...parameters).shape);
  f(...parameters).mul(r).sum().backward();
  let worst = 0;
  for (const p of parameters) {
    const expected = numericalGradient(() => f(...parameters).mul(r).sum().item(), p);
    expected.data.forEach((e, i) => {
      const got = p.grad?.data[i] ?? NaN;
      worst = Math.max(worst, Math.abs(got - e) / Math.max(1e-3, Math.abs(e)));
      if (Number.isNaN(got)) worst = Infinity;
    });
  }
  return worst;
}

const rng = new Rng(1);
const x = () => rng.randn([3, 4]);
const positive = () => rng.uniform([3, 4], 0.5, 2);
const row = () => rng.randn([4]);
const column = () => rng.randn([3, 1]);

const operations: [string, (...inputs: Tensor[]) => Tensor, Tensor[]][] = [
  ["add", (a, b) => a.add(b), [x(), x()]],
  ["add, broadcast over rows", (a, b) => a.add(b), [x(), row()]],
  ["add, broadcast over columns", (a, b) => a.add(b), [column(), x()]],
  ["add, both broadcast", (a, b) => a.add(b), [column(), row()]],
  ["add a scalar tensor", (a, b) => a.add(b), [x(), rng.randn([])]],
  ["sub", (a, b) => a.sub(b), [row(), x()]],
  ["mul", (a, b) => a.mul(b), [x(), column()]],
  ["mul with a number", (a) => a.mul(-3), [x()]],
  ["div", (a, b) => a.div(b), [x(), positive()]],
  ["div, broadcast", (a, b) => a.div(b), [x(), rng.uniform([4], 0.5, 2)]],
  ["neg", (a) => a.neg(), [x()]],
  ["square", (a) => a.square(), [x()]],
  ["abs", (a) => a.abs(), [x()]],
  ["sqrt", (a) => a.sqrt(), [positive()]],
  ["exp", (a) => a.exp(), [x()]],
  ["log", (a) => a.log(), [positive()]],
  ["relu", (a) => a.relu(), [x()]],
  ["tanh", (a) => a.tanh(), [x()]],
  ["sigmoid", (a) => a.sigmoid(), [x()]],
  ["matmul", (a, b) => a.matmul(b), [rng.randn([3, 4]), rng.randn([4, 2])]],
  ["matmul of a tensor with its transpose", (a) => a.matmul(a.transpose()), [x()]],
  ["sum of all", (a) => a.sum(), [x()]],
  ["sum over axis 0", (a) => a.sum({ axis: 0 }), [x()]],
  ["sum over axis 1, keepDims", (a) => a.sum({ axis: 1, keepDims: true }), [x()]],
  ["mean of all", (a) => a.mean(), [x()]],
  ["mean over axis −1", (a) => a.mean({ axis: -1 }), [x()]],
  ["max of all", (a) => a.max(), [x()]],
  ["max over axis 0", (a) => a.max({ axis: 0 }), [x()]],
  ["min over axis 1", (a) => a.min({ axis: 1 }), [x()]],
  ["transpose", (a) => a.transpose(), [x()]],
  ["reshape", (a) => a.reshape([2, 6]), [x()]],
  ["slice", (a) => a.slice(1, 3), [x()]],
  ["softmax", (a) => softmax(a), [x()]],
  ["logSoftmax", (a) => logSoftmax(a), [x()]],
];
for (const [name, f, inputs] of operations) {
  Deno.test(`the gradient of ${name} agrees with finite differences`, () => {
    assertLess(worstRelativeError(f, inputs), 1e-5);
  });
}

Deno.test("the gradient check notices a wrong backward", () => {
  const wrongSquare = (a: Tensor) => record(a.detach().square(), [a], (g) => [g.mul(a.detach())]); // a instead of 2a
  assertEquals(worstRelativeError(wrongSquare, [x()]) > 0.1, true);
});

Deno.test("derivatives at kinks are 0", () => {
  for (const f of [(a: Tensor) => a.relu(), (a: Tensor) => a.abs()]) {
    const zero = parameter([0]);
    f(zero).sum().backward();
    assertEquals(zero.grad?.toArray(), [0]);
  }
});

Deno.test("max shares its gradient among equal entries", () => {
  const a = parameter([3, 1, 3]);
  a.max().backward();
  assertEquals(a.grad?.toArray(), [0.5, 0, 0.5]);
});

Deno.test("backward() without a seed needs a scalar, and a seed needs the right shape", () => {
  const a = parameter([1, 2]);
  assertThrows(() => a.mul(2).backward(), Error, "expected a scalar loss, got shape [2]");
  assertThrows(() => a.mul(2).backward(tensor([1, 2, 3])), Error, "the seed must have shape [2], got [3]");
  a.mul(2).backward(tensor([1, 10]));
  assertEquals(a.grad?.toArray(), [2, 20]);
});

Deno.test("numericalGradient() leaves its input as it was, also when f throws", () => {
  const a = tensor([1, 2]);
  assertThrows(
    () =>
      numericalGradient(() => {
        throw new Error("boom");
      }, a),
    Error,
    "boom",
  );
  assertEquals(a.toArray(), [1, 2]);
});

Deno.test("numericalGradient() refuses float32 and a function that is not finite", () => {
  assertThrows(() => numericalGradient(() => 0, tensor([1], { dtype: "float32" })), TypeError, "float64");
  assertThrows(() => numericalGradient(() => NaN, tensor([1])), RangeError, "not finite around entry 0");
});
