import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { likelySlip } from "../../lib/notebook/slips.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";

const vector = [0.5, -1.25, 3, 0.1];
const matrix = [[0.5, -1.25, 3], [0.1, 0.7, -2]];
const square = [[1.5, -2, 0.25], [3, 0.5, 7], [-1, 4, 0.125]];
const times = (factor: number, values: number[]) => values.map((value) => value * factor);
const transpose = (m: number[][]) => m[0].map((_, j) => m.map((row) => row[j]));

function diagnosed(got: unknown, expected: unknown, says: string, options = {}) {
  assertStringIncludes(likelySlip(got, expected, options) ?? "(no diagnosis)", says);
}

Deno.test("likelySlip() is silent about what is right, however it is handed over", () => {
  const flat = new Float64Array(matrix.flat());
  for (const right of [matrix, matrix.map((row) => new Float64Array(row)), new Tensor(flat, [2, 3])]) {
    assertEquals(likelySlip(right, matrix), undefined);
    assertEquals(likelySlip(matrix, right), undefined);
  }
  assertEquals(likelySlip(1 + 1e-9, 1), undefined);
  assertEquals(likelySlip(Float32Array.from(vector), vector), undefined);
  assertEquals(likelySlip([], []), undefined);
});

Deno.test("likelySlip() recognises a factor of 2, ½ and −1, also together", () => {
  for (const right of [0.37, vector, matrix]) {
    const scaled = (factor: number) =>
      typeof right === "number"
        ? factor * right
        : Array.isArray(right[0])
        ? (right as number[][]).map((row) => times(factor, row))
        : times(factor, right as number[]);
    diagnosed(scaled(2), right, "is a ½ missing?");
    diagnosed(scaled(0.5), right, "is a factor 2 missing");
    diagnosed(scaled(-1), right, "a minus too many or too few");
    diagnosed(scaled(-2), right, "the sign, and a factor 2?");
    diagnosed(scaled(-0.5), right, "−½ times");
  }
});

Deno.test("likelySlip() recognises a missing mean over the batch, and one too many", () => {
  diagnosed(times(64, vector), vector, "is the mean over the batch (1/N) missing?", { batchSize: 64 });
  diagnosed(times(1 / 64, vector), vector, "divided by N once too often?", { batchSize: 64 });
  diagnosed(times(-64, vector), vector, "the sign, and the mean over the batch", { batchSize: 64 });
  diagnosed(times(-1 / 64, vector), vector, "the sign, and one 1/N too many", { batchSize: 64 });
  diagnosed(64 * 0.3, 0.3, "64 is the batch size", { batchSize: 64 });
});

Deno.test("likelySlip() says batch rather than ½ where the batch has two examples", () => {
  diagnosed(times(2, vector), vector, "2 is the batch size", { batchSize: 2 });
  diagnosed([times(2, [1, 2]), times(2, [3, 5])], [[1, 2], [3, 5]], "is a ½ missing?");
});

Deno.test("likelySlip() notices a factor that is the length of the first axis", () => {
  diagnosed(square.map((row) => times(3, row)), square, "3 is the length of the first axis");
});

Deno.test("likelySlip() recognises logarithms to another base", () => {
  diagnosed(Math.log2(5), Math.log(5), "log2 where the natural log");
  diagnosed([1, 2, 3].map(Math.log10), [1, 2, 3].map(Math.log), "log10 where the natural log");
});

Deno.test("likelySlip() names any other constant factor, if enough entries agree on it", () => {
  diagnosed(times(3.7, vector), vector, "3.7 times the expected one: look for a constant factor");
  assertEquals(likelySlip(3.7, 1), undefined);
  assertEquals(likelySlip([3.7, 0], [1, 0]), undefined);
});

Deno.test("likelySlip() ignores zeros when it looks for a factor, unless they stopped being zero", () => {
  diagnosed([2, 0, 4], [1, 0, 2], "is a ½ missing?");
  assertEquals(likelySlip([2, 0.3, 4], [1, 0, 2]), undefined);
});

Deno.test("likelySlip() does not explain one small whole number by another, but for a sign and the batch size", () => {
  // What floor + 1, a for … in, an index or a count from 0 give is twice, half, the square or the root by accident.
  for (const [got, expected] of [[2, 1], [1, 2], [9, 3], [3, 9], [0, 1], [-6, 3], [1, 3]]) {
    assertEquals(likelySlip(got, expected), undefined, `${got} for ${expected}`);
  }
  assertEquals(likelySlip(1, 3, { batchSize: 3 }), undefined);
  diagnosed(-3, 3, "a minus too many or too few");
  diagnosed(9, 3, "is the mean over the batch (1/N) missing?", { batchSize: 3 });
  diagnosed(2.5, 1.25, "is a ½ missing?");
  diagnosed([2, 4], [1, 2], "is a ½ missing?");
});

Deno.test("likelySlip() takes rows for a batch, and no list of numbers", () => {
  diagnosed(times(1 / 3, [0.5, -1.25, 3]), [0.5, -1.25, 3], "0.333333 times the expected one");
  diagnosed(square.map((row) => times(1 / 3, row)), square, "divided by N once too often?");
});

Deno.test("likelySlip() recognises a transposed matrix, square or not", () => {
  diagnosed(transpose(square), square, "transposed: check the order of the factors");
  diagnosed(transpose(matrix), matrix, "the shape is [3, 2], expected [2, 3]: the right numbers, transposed");
  diagnosed([[1, 2], [3, 4], [5, 6]], matrix, "transposed? Check the order of the factors");
});

Deno.test("likelySlip() names both shapes, and what is missing where it can tell", () => {
  diagnosed([[1], [2]], [1, 2], "the shape is [2, 1], expected [2]; the numbers are right: reshape");
  diagnosed([1, 2, 4], 7, "the shape is [3], expected a single number: the sum over all entries is missing");
  diagnosed([1, 2, 6], 3, "the mean over all entries is missing");
  diagnosed([1, 2, 6], 100, "is a sum or a mean missing?");
  diagnosed([[1, 2], [3, 4]], [4, 6], "the sum over the first axis is missing");
  diagnosed([[1, 2], [3, 4]], [2, 3], "the mean over the first axis is missing");
  diagnosed([[1, 2], [3, 4]], [9, 9], "is a sum over the first axis missing?");
  diagnosed(7, [3, 4], "were the entries summed that should stay apart?");
  assertEquals(likelySlip([1, 2], [1, 2, 3]), "the shape is [2], expected [3]");
});

Deno.test("likelySlip() recognises + − * / between tensors", () => {
  const [a, b] = [new Tensor(new Float64Array([1, 2, 3]), [3]), new Tensor(new Float64Array([4, 5, 6]), [3])];
  // deno-lint-ignore no-explicit-any
  const [x, y] = [a, b] as any[]; // cells are not type-checked, so this is what learners can do
  for (const wrong of [x * 2, x - y, x + y, x * y + y, 2 * (x - y) / 3]) {
    diagnosed(wrong, [1, 2, 3], "do not work on tensors: use the methods add, sub, mul, div");
  }
  diagnosed(x + y, 3, "do not work on tensors");
  diagnosed(NaN, 3, "it is NaN: look for 0/0"); // where one number is wanted, a NaN has many causes
  diagnosed([NaN, NaN], [1, 2], "2 of 2 entries are NaN");
  diagnosed("three", 3, "it is of type string");
});

Deno.test("likelySlip() recognises zeros, NaN and infinities", () => {
  diagnosed([0, 0, 0, 0], vector, "every entry is 0: was the result ever written");
  diagnosed(0, 3.5, "it is 0");
  diagnosed([0.5, NaN, 3, NaN], vector, "2 of 4 entries are NaN");
  diagnosed(NaN, 1, "it is NaN: look for 0/0");
  diagnosed([0.5, -1.25, Infinity, 0.1], vector, "1 of 4 entries are infinite: look for a division by zero");
  assertEquals(likelySlip([NaN, Infinity], [NaN, Infinity]), undefined);
});

Deno.test("likelySlip() recognises some wrong signs, and an absolute value", () => {
  diagnosed(
    [0.5, 1.25, 3, 0.1],
    vector,
    "1 of 4 entries have the wrong sign (no entry is negative: an absolute",
  );
  diagnosed([-0.5, -1.25, 3, 0.1], vector, "1 of 4 entries have the wrong sign");
});

Deno.test("likelySlip() recognises a one-hot target that was not subtracted", () => {
  const p = [[0.2, 0.5, 0.3], [0.1, 0.1, 0.8], [0.6, 0.3, 0.1]];
  const labels = [1, 2, 0];
  const right = (N: number) =>
    p.map((row, n) => row.map((value, c) => (value - (c === labels[n] ? 1 : 0)) / N));
  diagnosed(p, right(1), "exactly one entry of each row is too large, always by 1: was the one-hot");
  diagnosed(p.map((row) => times(1 / 4, row)), right(4), "always by 0.25: was the one-hot");
});

Deno.test("likelySlip() recognises a constant that was added, a square, a root and another order", () => {
  diagnosed([1.5, -0.25, 4, 1.1], vector, "every entry is 1 too large: look for a constant");
  diagnosed(0.09, 0.3, "the square of what is expected");
  diagnosed(0.3, 0.09, "the square root of what is expected");
  diagnosed([3, 0.1, 0.5, -1.25], vector, "the right numbers in another order");
});

Deno.test("likelySlip() says what a thing is that is no number", () => {
  diagnosed(undefined, vector, "it is undefined: is a return missing, an entry, or its name?");
  diagnosed(null, vector, "it is null");
  diagnosed(function backward() {}, vector, "it is a function, backward: call it");
  diagnosed(Promise.resolve(vector), vector, "it is a promise: write await");
  diagnosed("0.5", 0.5, "it is of type string, not a number: 0.5");
  diagnosed([1, undefined], [1, 2], "an array whose entry [1] is undefined");
  diagnosed(
    [[1, 2], [3]],
    [[1, 2], [3, 4]],
    "a ragged array: entry [0] has shape [2], but entry [1] has [1]",
  );
  diagnosed({ dW: 1, db: 2 }, vector, "it is an object with dW, db, not numbers");
});

Deno.test("likelySlip() invents no slip for rounding that a strict check refuses", () => {
  assertEquals(likelySlip(times(1 + 1e-7, vector), vector, { tolerance: 1e-9 }), undefined);
  assertEquals(likelySlip([[1, 2 + 1e-7], [2, 1]], [[1, 2], [2, 1]], { tolerance: 1e-9 }), undefined);
});

Deno.test("likelySlip() invents no slip under a lax tolerance", () => {
  assertEquals(likelySlip(2.1, 1, { tolerance: 0.1 }), undefined);
  assertEquals(likelySlip([1.1, 2.3, 2.7], [1, 2, 3], { tolerance: 0.05 }), undefined);
});

Deno.test("likelySlip() invents no slip for garbage", () => {
  let state = 12345;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 * 4 - 2;
  const numbers = (n: number) => Array.from({ length: n }, random);
  for (let round = 0; round < 2000; round++) {
    const shapes: [unknown, unknown][] = [
      [random(), random()],
      [numbers(2), numbers(2)],
      [numbers(5), numbers(5)],
      [[numbers(3), numbers(3), numbers(3)], [numbers(3), numbers(3), numbers(3)]],
    ];
    for (const [got, expected] of shapes) {
      const said = likelySlip(got, expected, { batchSize: 32 });
      assert(said === undefined, `${JSON.stringify(got)} against ${JSON.stringify(expected)}: ${said}`);
    }
  }
});
