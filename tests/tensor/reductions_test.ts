import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { arange, DTypeError, full, Rng, ShapeError, tensor, zeros } from "backprop";

const cube = () => arange(24).reshape([2, 3, 4]);

Deno.test("a sum over several axes is the sum over one after the other, in any order", () => {
  const axes = fc.subarray([0, 1, 2, 3]).chain((some) =>
    fc.shuffledSubarray(some, { minLength: some.length })
  );
  fc.assert(fc.property(axes, fc.boolean(), (axes, keepDims) => {
    const a = new Rng(3).integers(-9, 9, 2 * 3 * 2 * 2);
    const x = tensor(a).reshape([2, 3, 2, 2]);
    let expected = x;
    for (const axis of axes.toSorted((i, j) => j - i)) expected = expected.sum({ axis, keepDims });
    const got = x.sum({ axis: axes, keepDims });
    assertEquals([got.shape, got.toArray()], [expected.shape, expected.toArray()]);
  }));
});

Deno.test("a reduction over several axes rounds once, in float32 too", () => {
  const x = tensor([[16777216, 1], [1, 1]], { dtype: "float32" }).reshape([2, 1, 2]);
  assertEquals(x.sum({ axis: [0, 2] }).toArray(), [16777220]); // 16777219 rounded; step by step gives 16777218
});

Deno.test("axes may be negative, and neither missing nor named twice", () => {
  assertEquals(cube().mean({ axis: [0, -1], keepDims: true }).shape, [1, 3, 1]);
  assertEquals(cube().max({ axis: [-1, -2] }).toArray(), [11, 23]);
  assertEquals(cube().min({ axis: [0, 2] }).toArray(), [0, 4, 8]);
  assertThrows(() => cube().sum({ axis: [0, -3] }), RangeError, "axes [0, -3] name one axis twice");
  assertThrows(() => cube().sum({ axis: [3] }), RangeError, "axis 3 does not exist in shape [2, 3, 4]");
});

Deno.test("the mean of equal numbers is that number", () => {
  for (let n = 1; n < 200; n++) assertAlmostEquals(full([n], 0.1).mean().item(), 0.1, 1e-15);
  assertEquals(full([49], 1).mean().item(), 1); // 49 · (1/49) is not 1
  assertEquals(zeros([0]).mean().item(), NaN);
});

Deno.test("reductions over an empty axis: a sum is 0, an extreme an error, an empty result neither", () => {
  assertEquals(zeros([2, 0]).sum({ axis: 1 }).toArray(), [0, 0]);
  assertEquals(zeros([2, 0]).sum({ axis: 0 }).shape, [0]);
  assertEquals(zeros([2, 0]).max({ axis: 0 }).shape, [0]);
  assertThrows(
    () => zeros([2, 0]).max({ axis: 1 }),
    ShapeError,
    "max: shape [2, 0] has nothing to choose from",
  );
  assertThrows(() => zeros([0]).logSumExp(), ShapeError, "nothing to choose from");
});

Deno.test("variance() divides by n − 1, or by what is asked for", () => {
  const x = tensor([[2, 4, 4, 4], [5, 5, 7, 9]]);
  assertAlmostEquals(x.variance().item(), 32 / 7, 1e-15);
  assertEquals(x.variance({ correction: 0 }).item(), 4);
  assertEquals(x.variance({ axis: 1, keepDims: true }).toArray(), [[1], [11 / 3]]);
  assertEquals(full([5], 1e9).variance().item(), 0);
  assertAlmostEquals(tensor([1e9, 1e9 + 1, 1e9 + 2]).variance().item(), 1, 1e-12); // Σa² − n·mean² would fail here
  assertThrows(() => tensor([3]).variance(), RangeError, "1 numbers and correction 1 leave 0 to divide by");
  assertThrows(() => x.variance({ axis: 0, correction: 2 }), RangeError);
  assertEquals(tensor([3]).variance({ correction: 0 }).item(), 0);
});

Deno.test("logSumExp() is ln Σ eᵃ, shifts with its input, and neither overflows nor underflows", () => {
  fc.assert(fc.property(fc.integer({ min: -800, max: 800 }), (shift) => {
    const x = tensor([0.5, -1, 2]);
    const expected = Math.log(Math.exp(0.5) + Math.exp(-1) + Math.exp(2)) + shift;
    assertAlmostEquals(x.add(shift).logSumExp().item(), expected, 1e-12 * Math.max(1, Math.abs(expected)));
  }));
  assertEquals(tensor([[1000, 1000], [-1000, -1000]]).logSumExp({ axis: 1 }).toArray(), [
    1000 + Math.LN2,
    -1000 + Math.LN2,
  ]);
  assertEquals(tensor([-Infinity, 3]).logSumExp().item(), 3);
  assertEquals(tensor([-Infinity, -Infinity]).logSumExp().item(), -Infinity);
  assertEquals(tensor([Infinity, 3]).logSumExp().item(), Infinity);
});

Deno.test("maximum(), minimum() and comparisons broadcast, and NaN is in neither order", () => {
  const x = tensor([[1, NaN], [3, 0]]);
  assertEquals(x.maximum(2).toArray(), [[2, NaN], [3, 2]]);
  assertEquals(x.minimum(tensor([2, 5])).toArray(), [[1, NaN], [2, 0]]);
  assertEquals(x.greaterEqual(1).toArray(), [[1, 0], [1, 0]]);
  assertEquals(x.lessEqual(tensor([[1], [3]])).toArray(), [[1, 0], [1, 1]]);
  assertEquals(x.notEqual(3).toArray(), [[1, 1], [0, 1]]);
  assertEquals(tensor([-3, 0, 2]).sign().toArray(), [-1, 0, 1]);
  assertThrows(() => x.maximum(zeros([2], { dtype: "float32" })), DTypeError, "maximum");
});

Deno.test("pow() raises to numbers and to tensors; a negative base needs a whole exponent", () => {
  assertEquals(tensor([-2, 3]).pow(2).toArray(), [4, 9]);
  assertEquals(tensor([2]).pow(tensor([[0], [1], [-1]])).toArray(), [[1], [2], [0.5]]);
  assertEquals(tensor([-2]).pow(0.5).item(), NaN);
  assertEquals(tensor([4], { dtype: "float32" }).pow(0.5).dtype, "float32");
});

Deno.test("argmax() along each axis of a block finds what going through its entries finds", () => {
  const x = tensor(new Rng(8).permutation(2 * 3 * 5)).reshape([2, 3, 5]); // no two are equal
  const { shape } = x;
  for (const axis of [0, 1, 2]) {
    const [outer, inner] = [0, 1, 2].filter((other) => other !== axis);
    const expected: number[] = [];
    for (let i = 0; i < shape[outer]; i++) {
      for (let j = 0; j < shape[inner]; j++) {
        const along = Array.from({ length: shape[axis] }, (_, k) => {
          const at = [0, 0, 0];
          [at[outer], at[inner], at[axis]] = [i, j, k];
          return x.at(...at);
        });
        expected.push(along.indexOf(Math.max(...along)));
      }
    }
    assertEquals(x.argmax(axis), expected, `axis ${axis}`);
  }
});
