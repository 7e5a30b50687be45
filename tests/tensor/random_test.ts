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
    const letters = [..."abcdefgh"];
    rng.shuffle(letters);
    assertEquals(letters, expected.shuffled);
    assertEquals([...rng.choice(20, 6)], expected.choice);
    assertEquals([...rng.choice(20, 6, { replace: true })], expected.choiceReplaced);
    const { words, position, spareGaussian } = rng.state;
    assertEquals(words.slice(-3), expected.state.lastWords);
    assertEquals(position, expected.state.position);
    assertAlmostEquals(spareGaussian ?? NaN, expected.state.spareGaussian, 1e-15);
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

Deno.test("a saved state, also as JSON, goes on with the same numbers, in place or in a new generator", () => {
  const rng = new Rng(11);
  rng.randn([3]); // leaves a spare Gaussian
  const saved = rng.state;
  const draw = (from: Rng) => [from.gaussian(), from.random(), ...from.permutation(700), from.gaussian()];
  const expected = draw(rng);
  assertEquals(draw(Rng.fromState(JSON.parse(JSON.stringify(saved)))), expected);
  rng.state = saved;
  assertEquals(draw(rng), expected);
  assertEquals(draw(Rng.fromState(saved)), expected); // drawing did not change what was saved
});

Deno.test("Rng rejects a damaged state and stays as it was", () => {
  const rng = new Rng(1), good = rng.state;
  const damaged = [
    { ...good, words: good.words.slice(1) },
    { ...good, words: good.words.with(3, -1) },
    { ...good, position: 625 },
    { ...good, spareGaussian: NaN },
  ];
  for (const state of damaged) assertThrows(() => rng.state = state, TypeError, "expected a state");
  // @ts-expect-error: what a cell, which is not type-checked, may pass
  assertThrows(() => Rng.fromState({}), TypeError, "624 words");
  assertEquals(rng.random(), new Rng(1).random());
});

Deno.test("choice() draws different numbers unless it may repeat, and rejects what is impossible", () => {
  assertEquals(new Set(new Rng(2).choice(10, 10)).size, 10);
  assertEquals(new Rng(2).choice(1, 3, { replace: true }), Uint32Array.of(0, 0, 0));
  assertThrows(() => new Rng(2).choice(3, 4), RangeError, "cannot draw 4 of 3 numbers");
  assertThrows(() => new Rng(2).choice(0, 0), RangeError);
  assertThrows(() => new Rng(2).choice(3, -1), RangeError);
});
