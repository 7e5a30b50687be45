import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Rng } from "backprop";
import golden from "../golden/numpy_random.json" with { type: "json" };

for (const { seed, ...expected } of golden.streams) {
  Deno.test(`Rng(${seed}) gives the streams of NumPy's RandomState(${seed})`, () => {
    const rng = new Rng(seed);
    assertEquals(Array.from({ length: 5 }, () => rng.random()), expected.random);
    rng.randn([5]).data.forEach((x, i) => assertAlmostEquals(x, expected.randn[i], 1e-15));
    assertEquals([...rng.permutation(10)], expected.permutation);
    assertEquals(rng.integers(-3, 1000, 6), expected.integers);
    rng.randn([2]).data.forEach((x, i) => assertAlmostEquals(x, expected.randnAgain[i], 1e-15));
    assertEquals(rng.uniform([700]).data[699], expected.randomAfter700More);
  });
}

Deno.test("Rng rejects seeds that NumPy rejects", () => {
  for (const seed of [-1, 1.5, 2 ** 32, NaN]) {
    assertThrows(() => new Rng(seed), RangeError, "seed must be an integer");
  }
});

Deno.test("shuffle() keeps every element, and handles lists of 0 and 1", () => {
  const list = ["a", "b", "c", "d"];
  new Rng(3).shuffle(list);
  assertEquals([...list].sort(), ["a", "b", "c", "d"]);
  assertEquals([...new Rng(0).permutation(0)], []);
  assertEquals([...new Rng(0).permutation(1)], [0]);
});

Deno.test("integers() rejects an empty range, permutation() a negative length", () => {
  assertThrows(() => new Rng(0).integers(3, 3, 1), RangeError, "low < high");
  assertThrows(() => new Rng(0).permutation(-1), RangeError, "n ≥ 0");
});

Deno.test("uniform() stays in its interval and follows the dtype", () => {
  const x = new Rng(9).uniform([1000], -2, 3, { dtype: "float32" });
  assertEquals(x.dtype, "float32");
  assertEquals(x.data.every((v) => v >= -2 && v <= 3), true);
});
