import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  concatenate,
  logSoftmax,
  noGrad,
  numericalGradient,
  parameter,
  Rng,
  softmax,
  stack,
  Tensor,
  tensor,
  where,
} from "backprop";
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
    assertEquals(p.grad?.shape, p.shape);
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
const cube = () => rng.randn([2, 3, 4]);
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
  ["pow with a number", (a) => a.pow(3), [x()]],
  ["pow with a negative fraction", (a) => a.pow(-1.5), [positive()]],
  ["pow with a tensor, broadcast", (a, b) => a.pow(b), [positive(), column()]],
  ["maximum", (a, b) => a.maximum(b), [x(), row()]],
  ["minimum", (a, b) => a.minimum(b), [column(), x()]],
  ["maximum with a number", (a) => a.maximum(0.1), [x()]],
  ["where, broadcast", (a, b) => where(a.greater(0), a.square(), b), [x(), row()]],
  ["where with a number", (a) => where(a.less(0.3), 5, a.exp()), [x()]],
  ["clip", (a) => a.clip(-0.5, 0.7), [x()]],
  ["log1p", (a) => a.log1p(), [positive()]],
  ["softplus", (a) => a.softplus(), [x().mul(5)]],
  ["sum over axes 0 and 2", (a) => a.sum({ axis: [0, 2] }), [cube()]],
  ["sum over axes 2 and 1, keepDims", (a) => a.sum({ axis: [2, 1], keepDims: true }), [cube()]],
  ["mean over axes 0 and 2", (a) => a.mean({ axis: [0, -1] }), [cube()]],
  ["max over axes 0 and 2", (a) => a.max({ axis: [0, 2] }), [cube()]],
  ["variance of all", (a) => a.variance(), [x()]],
  ["variance over axis 0, correction 0", (a) => a.variance({ axis: 0, correction: 0 }), [x()]],
  ["variance over axes 0 and 2, keepDims", (a) => a.variance({ axis: [0, 2], keepDims: true }), [cube()]],
  ["logSumExp of all", (a) => a.logSumExp(), [x()]],
  ["logSumExp over axis 1", (a) => a.logSumExp({ axis: 1 }), [x()]],
  ["logSumExp over axes 0 and 2, keepDims", (a) => a.logSumExp({ axis: [0, 2], keepDims: true }), [cube()]],
  ["matmul of two vectors", (a, b) => a.matmul(b), [row(), row()]],
  ["matmul of a vector and a matrix", (a, b) => a.matmul(b), [rng.randn([3]), x()]],
  ["matmul of a matrix and a vector", (a, b) => a.matmul(b), [x(), row()]],
  ["matmul of batches", (a, b) => a.matmul(b), [cube(), rng.randn([2, 4, 3])]],
  ["matmul of a batch and a matrix", (a, b) => a.matmul(b), [cube(), rng.randn([4, 2])]],
  ["matmul of a matrix and a batch", (a, b) => a.matmul(b), [x(), rng.randn([2, 4, 3])]],
  ["matmul of broadcast batches", (a, b) => a.matmul(b), [rng.randn([2, 1, 2, 3]), rng.randn([3, 3, 2])]],
  ["transpose with axes", (a) => a.transpose([2, 0, 1]), [cube()]],
  ["reshape with −1", (a) => a.reshape([-1, 2]), [x()]],
  ["slice of every axis", (a) => a.slice([[1, 2], [0, 3], [1, 3]]), [cube()]],
  ["slice of a later axis", (a) => a.slice([[], [1]]), [x()]],
  ["indexSelect with repeated rows", (a) => a.indexSelect([2, 0, 2]), [x()]],
  ["indexSelect along axis 1", (a) => a.indexSelect([3, 3, 0], 1), [x()]],
  ["broadcastTo", (a) => a.broadcastTo([2, 3, 4]), [column()]],
  ["broadcastTo its own shape", (a) => a.broadcastTo([3, 4]), [x()]],
  ["squeeze and unsqueeze", (a) => a.unsqueeze(1).mul(2).squeeze(1), [x()]],
  ["concatenate", (a, b) => concatenate([a, b, a], { axis: 1 }), [x(), column()]],
  ["stack", (a, b) => stack([a, b], { axis: -1 }), [x(), x()]],
  ["softmax", (a) => softmax(a), [x()]],
  ["logSoftmax", (a) => logSoftmax(a), [x()]],
];
for (const [name, f, inputs] of operations) {
  Deno.test(`the gradient of ${name} agrees with finite differences`, () => {
    assertLess(worstRelativeError(f, inputs), 1e-5);
  });
}

Deno.test("every method of a tensor that records has its gradient checked above", () => {
  const recordsNothing =
    ("constructor dtype size grad greater greaterEqual less lessEqual equal notEqual sign argmax " +
      "backward detach item at toArray equals allClose toString").split(" ");
  const checked = operations.map(([, f]) => String(f)).join();
  const missing = Object.getOwnPropertyNames(Tensor.prototype)
    .filter((name) => !recordsNothing.includes(name) && !checked.includes(`.${name}(`));
  assertEquals(missing, []);
});

Deno.test("the gradient check notices a wrong backward", () => {
  const wrongSquare = (a: Tensor) => record(a.detach().square(), [a], (g) => [g.mul(a.detach())], "wrong"); // a instead of 2a
  assertEquals(worstRelativeError(wrongSquare, [x()]) > 0.1, true);
});

Deno.test("derivatives at kinks are 0", () => {
  for (const f of [(a: Tensor) => a.relu(), (a: Tensor) => a.abs()]) {
    const zero = parameter([0]);
    f(zero).sum().backward();
    assertEquals(zero.grad?.toArray(), [0]);
  }
});

Deno.test("clip() passes the gradient from bound to bound, both included", () => {
  const a = parameter([-2, -1, 0, 1, 2]);
  a.clip(-1, 1).sum().backward();
  assertEquals(a.grad?.toArray(), [0, 1, 1, 1, 0]);
});

Deno.test("maximum() and minimum() share the gradient of equal entries", () => {
  for (const f of ["maximum", "minimum"] as const) {
    const a = parameter([1, 2]), b = parameter([1, 2]);
    a[f](b).sum().backward();
    assertEquals([a.grad?.toArray(), b.grad?.toArray()], [[0.5, 0.5], [0.5, 0.5]]);
  }
});

Deno.test("sign() and comparisons record nothing", () => {
  const a = parameter([1, -1]);
  for (const flat of [a.sign(), a.greater(0), a.lessEqual(0), a.notEqual(1)]) {
    assertEquals([flat.requiresGrad, flat.parents.length], [false, 0]);
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

Deno.test("backward() says so where there is nothing to differentiate, and takes any number as a seed", () => {
  const a = parameter([2]);
  assertThrows(() => tensor(1).backward(), TypeError, "requires no gradient");
  assertThrows(() => noGrad(() => a.square()).backward(), TypeError, "noGrad()");
  assertThrows(
    () => a.mul(1).backward(tensor([1], { dtype: "float32" })),
    Error,
    "must be float64, got float32",
  );
  a.square().backward(tensor([NaN]));
  assertEquals(a.grad?.toArray(), [NaN]);
});

Deno.test("gradients of leaves accumulate, those of inner tensors are fresh at every backward()", () => {
  const a = parameter([3]), inner = a.mul(2), loss = inner.square().sum();
  loss.backward();
  loss.backward();
  assertEquals([a.grad?.item(), inner.grad?.item()], [2 * 24, 12]);
});

Deno.test("a leaf's gradient is its own: changing it in place changes no other", () => {
  const a = parameter([1, 2]), b = parameter([3, 4]), seed = tensor([1, 1]);
  const sum = a.add(b);
  sum.backward(seed);
  a.grad!.data[0] = 99;
  assertEquals([b.grad?.toArray(), sum.grad?.toArray(), seed.toArray()], [[1, 1], [1, 1], [1, 1]]);
  const [c, d] = [parameter([1]), parameter([2])];
  const twin = (g: Tensor) => [g.mul(2)].flatMap((twice) => [twice, twice]); // one tensor for both parents
  record(tensor([0]), [c, d], twin, "twin").backward(tensor([1]));
  c.grad!.data[0] = 99;
  assertEquals(d.grad?.toArray(), [2]);
  const view = parameter([1, 2]), reshaped = view.reshape([2, 1]);
  reshaped.backward(tensor([[5], [6]]));
  view.grad!.data[0] = 99;
  assertEquals(reshaped.grad?.toArray(), [[5], [6]]);
  const itself = parameter([1, 2]);
  itself.backward(seed);
  itself.grad!.data[0] = 99;
  assertEquals(seed.toArray(), [1, 1]);
});

Deno.test("a chain of 10,000 tensors and a tower of diamonds are differentiated without overflowing", () => {
  const start = parameter([1]);
  let last: Tensor = start;
  for (let i = 0; i < 10_000; i++) last = last.add(0.001);
  last.backward();
  assertEquals(start.grad?.toArray(), [1]);
  const a = parameter([1]);
  let top: Tensor = a;
  for (let i = 0; i < 50; i++) top = top.add(top); // 2⁵⁰ ways from top to a
  top.backward();
  assertEquals(a.grad?.toArray(), [1125899906842624]);
});

Deno.test("backward() records nothing, even from a seed that requires a gradient", () => {
  const a = parameter([1, 2]), seed = parameter([3, 4]);
  tensor([0, 0]).sub(a).backward(seed);
  assertEquals([a.grad?.toArray(), a.grad?.requiresGrad, seed.grad], [[-3, -4], false, undefined]);
});

Deno.test("a view and what it was made of share numbers, and gradients find their way through both", () => {
  const a = parameter([[1, 2], [3, 4]]);
  const flat = a.reshape([4]);
  flat.slice(1, 3).sum().add(a.transpose().reshape([-1]).slice(0, 1).sum()).backward();
  assertEquals(a.grad?.toArray(), [[1, 1], [1, 0]]);
  assertEquals(flat.data === a.data, true);
});

Deno.test("a recorded tensor knows the operation that made it, a leaf its label", () => {
  const w = parameter([1], { label: "w" });
  assertEquals([w.label, w.operation], ["w", undefined]);
  assertEquals(w.matmul(tensor([2])).operation, "matmul");
  assertEquals([w.mul(2), w.square(), w.mean(), w.relu()].map((t) => t.operation), [
    "mul",
    "square",
    "mean",
    "relu",
  ]);
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
