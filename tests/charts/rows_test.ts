import { assert, assertEquals } from "@std/assert";
import * as Plot from "@observablehq/plot";
import { plotBody } from "../../lib/charts/dom.ts";
import { readRows } from "../../lib/charts/rows.ts";
import { barChart, functionChart, lossChart, sideBySide } from "../../lib/mod.ts";
import { assertReadable } from "./svg.ts";

const history = [1.61, 0.4, 0.09].map((trainLoss, epoch) => ({ epoch, trainLoss }));

Deno.test("a chart carries the rows that it was drawn from, marks with the same rows once", () => {
  const svg = lossChart(history).toSVG();
  assertReadable(svg);
  const [{ axes, marks }] = readRows(svg);
  const curve = marks.find(({ marks }) => marks.includes('line "training curve"'))!;
  assertEquals(curve.marks, ['line "training curve"', 'dot "training points"']);
  assertEquals(curve.rows, { x: [0, 1, 2], y: [1.61, 0.4, 0.09] });
  assertEquals([axes.x?.type, axes.x?.domain], ["linear", [0, 2]]);
});

Deno.test("bars have names for places, and charts side by side their own rows", () => {
  const bars = barChart([{ label: "a < b & c", value: 3 }, { label: "dog", value: 5 }]);
  const [one, two] = readRows(sideBySide([bars, lossChart(history)]).toSVG());
  assertEquals([one.axes.x, one.marks[0].rows], [undefined, {
    x: ["a < b & c", "dog"],
    y1: [0, 0],
    y2: [3, 5],
  }]);
  assert(two.marks.some(({ rows }) => rows.y?.includes(0.09)));
});

Deno.test("values are kept to a hundredth of a pixel, and evenly spaced ones in short", () => {
  const svg = functionChart([{ label: "x²", f: (x) => x * x }], { domain: [-2, 2], xLabel: "x", yLabel: "y" })
    .toSVG();
  assert(svg.includes('"x":{"from":-2,"to":2,"count":301}'));
  const { x, y } = readRows(svg)[0].marks[0].rows as Record<string, number[]>;
  assertEquals([x.length, y.length, x[150]], [301, 301, 0]);
  assert(y.every((value, i) => Math.abs(value - x[i] ** 2) < 1e-4 && `${value}`.length <= 6));
});

Deno.test("on a logarithmic axis small values keep their digits; a place in pixels is said as a number", () => {
  const options = { width: 200, y: { type: "log" as const, domain: [1e-6, 1] }, x: { domain: [0, 1] } };
  const body = plotBody({
    ...options,
    marks: [
      Plot.dot([[0, 1.23456789e-6], [1, 0.5]]),
      Plot.dot([0], { x: { value: [110], scale: null }, y: () => 1 }),
    ],
  });
  const [dots, placed] = readRows(body)[0].marks;
  assertEquals(dots.rows.y, [0.0000012346, 0.5]);
  assertEquals(placed.rows.x, [0.5]);
});

Deno.test("what a plot says of itself is the same however often it is drawn", () => {
  assertEquals(lossChart(history).toSVG(), lossChart(history).toSVG());
  assertEquals(
    readRows(lossChart(history).resized(390).toSVG())[0].marks,
    readRows(lossChart(history).toSVG())[0].marks,
  );
});
