import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { readScales } from "../../../tools/review/chart_scale.ts";
import { readSvg } from "../../../tools/review/svg.ts";

/** The scale of an x axis with these labels, each at its place. */
function scaleOf(labels: Record<string, number>) {
  const texts = Object.entries(labels).map(([label, x]) =>
    `<text transform="translate(${x},9)">${label}</text>`
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><g aria-label="x-axis tick label">${
    texts.join("")
  }</g></svg>`;
  return readScales(readSvg(svg)).x;
}

Deno.test("readScales() reads a linear axis off two labels or more, and none off one", () => {
  const two = scaleOf({ "−1": 100, "3": 300 })!;
  assertEquals([two.value(100), two.value(250), two.pixels(1)], [-1, 2, 200]);
  assertEquals(scaleOf({ a: 0, "0": 10, "1": 30, "2": 50 })?.pixels(3), 70);
  assertEquals([scaleOf({ "1": 100 }), scaleOf({}), scaleOf({ a: 1, b: 2 })], [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("readScales() reads a logarithmic axis, and takes labels on no curve for none", () => {
  const log = scaleOf({ "10⁻²": 0, "0.1": 50, "1": 100, "10": 150 })!;
  assertAlmostEquals(log.value(75), 10 ** -0.5, 1e-12);
  assertAlmostEquals(log.pixels(100), 200, 1e-9);
  assertEquals(scaleOf({ "0": 0, "0.1": 50, "1": 100, "10": 150 }), undefined);
  assertEquals(scaleOf({ "1": 0, "2": 50, "4": 60 }), undefined);
  assert(scaleOf({ "0.3": 33, "0.7": 67, "1": 100 }) === undefined); // rounded too far to be a line
  assertEquals(Math.round(scaleOf({ "0": 0, "0.333": 33.3, "1": 100 })!.pixels(2)), 200);
});
