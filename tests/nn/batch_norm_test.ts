import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BatchNorm1d, noGrad, Rng, ShapeError, type Tensor, tensor, zeros } from "backprop";
import { assertNear } from "./support.ts";

const variance = (y: Tensor) => y.sub(y.mean({ axis: 0 })).square().mean({ axis: 0 });

Deno.test("in training every column comes out with mean 0 and variance 1", () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: -100, max: 100, noNaN: true }),
      fc.double({ min: 0.1, max: 50, noNaN: true }),
      (seed, count, shift, scale) => {
        const x = new Rng(seed).randn([count, 3]).mul(scale).add(shift);
        const y = new BatchNorm1d(3, { epsilon: 1e-14 }).forward(x);
        assertNear(y.mean({ axis: 0 }), [0, 0, 0], "mean", 1e-8);
        assertNear(variance(y), [1, 1, 1], "variance", 1e-6);
      },
    ),
    { seed: 1 },
  );
});

Deno.test("with a scale and a shift the columns have those instead", () => {
  const norm = new BatchNorm1d(2, { epsilon: 1e-14 });
  norm.weight.data.set([3, 0.5]);
  norm.bias.data.set([-1, 10]);
  const y = norm.forward(new Rng(1).randn([50, 2]));
  assertNear(y.mean({ axis: 0 }), [-1, 10], "mean", 1e-10);
  assertNear(variance(y), [9, 0.25], "variance", 1e-10);
});

Deno.test("running statistics take their share of the batch mean and of its unbiased variance", () => {
  const norm = new BatchNorm1d(1, { momentum: 0.1 });
  norm.forward(tensor([[1], [3], [8]])); // mean 4, biased variance 26/3, unbiased 13
  assertNear(norm.runningMean, [0.9 * 0 + 0.1 * 4], "mean", 1e-15);
  assertNear(norm.runningVariance, [0.9 * 1 + 0.1 * 13], "variance", 1e-15);
});

Deno.test("momentum 1 remembers the last batch only, momentum 0 none", () => {
  const x = tensor([[1], [3], [8]]);
  const last = new BatchNorm1d(1, { momentum: 1 }), none = new BatchNorm1d(1, { momentum: 0 });
  last.forward(x.mul(5));
  last.forward(x);
  none.forward(x);
  assertNear(last.runningMean, [4], "last mean", 1e-15);
  assertNear(last.runningVariance, [13], "last variance", 1e-15);
  assertEquals([none.runningMean.item(), none.runningVariance.item()], [0, 1]);
});

Deno.test("in prediction an example comes out the same whatever its company, and nothing is remembered", () => {
  const norm = new BatchNorm1d(3);
  const x = new Rng(1).randn([6, 3]);
  norm.forward(x);
  norm.eval();
  const before = norm.runningMean.toArray();
  const together = norm.forward(x), alone = norm.forward(x.slice(2, 3));
  assertEquals(alone.toArray(), together.slice(2, 3).toArray());
  assertEquals(norm.runningMean.toArray(), before);
});

Deno.test("running statistics move without recording, too, and are no part of the graph", () => {
  const norm = new BatchNorm1d(3);
  noGrad(() => norm.forward(new Rng(1).randn([6, 3])));
  assertEquals(norm.runningMean.abs().sum().item() > 0, true);
  norm.forward(new Rng(2).randn([6, 3])).sum().backward();
  assertEquals([norm.runningMean.requiresGrad, norm.runningVariance.grad], [false, undefined]);
});

Deno.test("a column that is constant does not divide by zero", () => {
  const norm = new BatchNorm1d(1);
  assertEquals(norm.forward(tensor([[5], [5], [5]])).toArray(), [[0], [0], [0]]);
  assertEquals(norm.backward(tensor([[1], [1], [1]])).toArray(), [[0], [0], [0]]);
});

Deno.test("a batch of one is refused in training and welcome in prediction; nothing is remembered of it", () => {
  const norm = new BatchNorm1d(2);
  assertThrows(
    () => norm.forward(tensor([[1, 2]])),
    ShapeError,
    "BatchNorm1d(2): in training the batch must have at least 2 rows",
  );
  assertThrows(() => norm.forward(zeros([0, 2])), ShapeError, "got shape [0, 2]");
  assertEquals(norm.runningMean.toArray(), [0, 0]);
  assertEquals(norm.eval().forward(tensor([[1, 2]])).shape, [1, 2]);
});

Deno.test("BatchNorm1d keeps float32", () => {
  const norm = new BatchNorm1d(2, { dtype: "float32" });
  assertEquals(norm.forward(zeros([3, 2], { dtype: "float32" })).dtype, "float32");
  assertEquals(norm.backward(zeros([3, 2], { dtype: "float32" })).dtype, "float32");
});

Deno.test("BatchNorm1d says what it cannot use", () => {
  assertThrows(() => new BatchNorm1d(0), RangeError, "features must be a positive integer, got 0");
  for (const momentum of [-0.1, 1.1, NaN]) {
    assertThrows(
      () => new BatchNorm1d(2, { momentum }),
      RangeError,
      `momentum must be from 0 to 1, got ${momentum}`,
    );
  }
  for (const epsilon of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => new BatchNorm1d(2, { epsilon }),
      RangeError,
      `epsilon must be a positive number, got ${epsilon}`,
    );
  }
  assertThrows(
    () => new BatchNorm1d(2).forward(zeros([4, 3])),
    ShapeError,
    "BatchNorm1d(2): expected input [N, 2], got shape [4, 3]",
  );
});
