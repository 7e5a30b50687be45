import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { ringsBelow } from "../../lib/widgets/draw/contours.ts";

const size = 41;
const grid = (f: (x: number, y: number) => number) => ({
  columns: size,
  rows: size,
  heights: Array.from({ length: size * size }, (_, k) => f(k % size - 20, Math.floor(k / size) - 20)),
});

Deno.test("ringsBelow() finds the circle of a bowl", () => {
  const [ring, ...others] = ringsBelow(grid((x, y) => x * x + y * y), 100);
  assertEquals(others, []);
  for (const [x, y] of ring) assertAlmostEquals(Math.hypot(x - 20, y - 20), 10, 0.05);
});

Deno.test("ringsBelow() gives every pit its ring, and a hill in a lake too", () => {
  assertEquals(ringsBelow(grid((x, y) => (x * x - 100) ** 2 / 100 + y * y), 40).length, 2);
  assertEquals(ringsBelow(grid((x, y) => (x * x + y * y - 100) ** 2), 1000).length, 2);
});

Deno.test("ringsBelow() runs along the edge where the low ground leaves the grid", () => {
  const [ring] = ringsBelow(grid((x) => x), 0.5);
  assertEquals(Math.min(...ring.map(([x]) => x)), 0);
  assertAlmostEquals(Math.max(...ring.map(([x]) => x)), 20.5, 1e-12);
  assertEquals(Math.max(...ring.map(([, y]) => y)), size - 1);
});

Deno.test("ringsBelow() copes with saddles: both diagonal cases close their rings", () => {
  for (const sign of [1, -1]) {
    const rings = ringsBelow({ columns: 2, rows: 2, heights: [sign, -sign, -sign, sign] }, 0);
    assertEquals(rings.length, 2);
    assert(rings.every((ring) => ring.length >= 3));
  }
});

Deno.test("ringsBelow() is empty below the lowest point", () => {
  assertEquals(ringsBelow(grid((x, y) => x * x + y * y), -1), []);
});
