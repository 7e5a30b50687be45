import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { moons, Rng, spirals, xor } from "backprop";
import golden from "../golden/pytorch_data.json" with { type: "json" };

Deno.test("moons() are NumPy's half circles with noise", () => {
  const { inputs, targets } = moons({ count: 10, noise: 0.2, rng: new Rng(7) });
  assertEquals(inputs.shape, [10, 2]);
  inputs.data.forEach((value, i) => assertAlmostEquals(value, golden.moons[i], 1e-13));
  assertEquals([...targets], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
});

Deno.test("moons() of an odd count end both half circles at their tips", () => {
  const { inputs, targets } = moons({ count: 7, noise: 0 });
  assertEquals([...targets].filter((label) => label === 0).length, 4);
  const last = (row: number) => [inputs.at(row, 0), inputs.at(row, 1)];
  [-1, 0].forEach((value, axis) => assertAlmostEquals(last(6)[axis], value, 1e-15));
  [2, 0.5].forEach((value, axis) => assertAlmostEquals(last(5)[axis], value, 1e-15));
});

Deno.test("spirals() are NumPy's arms with noise", () => {
  const { inputs, targets } = spirals({ perClass: 4, turns: 1.5, noise: 0.05, rng: new Rng(8) });
  assertEquals(inputs.shape, [12, 2]);
  inputs.data.forEach((value, i) => assertAlmostEquals(value, golden.spirals[i], 1e-13));
  assertEquals([...targets], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
});

Deno.test("spirals() have arms that are one arm turned by a share of the circle", () => {
  const { inputs } = spirals({ classes: 4, perClass: 3, noise: 0 });
  for (let row = 0; row < 12; row += 4) {
    // A quarter turn takes (x, y) to (−y, x), which is the next arm.
    assertAlmostEquals(inputs.at(row + 1, 0), -inputs.at(row, 1), 1e-15);
    assertAlmostEquals(inputs.at(row + 1, 1), inputs.at(row, 0), 1e-15);
  }
});

Deno.test("spirals() have little noise unless asked for more", () => {
  const clean = spirals({ noise: 0 }).inputs;
  const distance = Math.sqrt(spirals().inputs.sub(clean).square().mean().item());
  assertAlmostEquals(distance, 0.03, 0.003);
  const moved = Math.sqrt(moons().inputs.sub(moons({ noise: 0 }).inputs).square().mean().item());
  assertAlmostEquals(moved, 0.1, 0.01);
});

Deno.test("xor() is the truth table", () => {
  const { inputs, targets } = xor();
  targets.forEach((label, n) => assertEquals(label, inputs.at(n, 0) ^ inputs.at(n, 1)));
  assertEquals(inputs.shape, [4, 2]);
});

Deno.test("toy classes come in float32 too, and the same at every call", () => {
  for (const make of [xor, moons, spirals]) {
    assertEquals(make({ dtype: "float32" }).inputs.dtype, "float32");
    assertEquals(make().inputs.data, make().inputs.data);
  }
  const [one, two] = [1, 2].map((seed) => moons({ rng: new Rng(seed) }).inputs.at(0, 0));
  assertLess(0, Math.abs(one - two));
});

Deno.test("moons() and spirals() reject numbers that are none", () => {
  for (const count of [3, 5.5, NaN]) assertThrows(() => moons({ count }), RangeError, `got ${count}`);
  assertThrows(() => moons({ noise: -0.1 }), RangeError, "noise");
  assertThrows(() => spirals({ perClass: 0 }), RangeError, "perClass");
  assertThrows(() => spirals({ noise: NaN }), RangeError, "noise");
  for (const classes of [0, 1.5, 257]) assertThrows(() => spirals({ classes }), RangeError, `got ${classes}`);
  assertThrows(() => spirals({ turns: Infinity }), RangeError, "turns");
});
