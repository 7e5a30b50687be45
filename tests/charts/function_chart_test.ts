import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { functionChart, type FunctionCurve } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import type { FunctionChartOptions } from "../../lib/charts/function_chart.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, corners, marks, texts, ticks, translation } from "./svg.ts";

const axes: FunctionChartOptions = { domain: [-2, 2], xLabel: "x", yLabel: "y" };
const square = { label: "x²", f: (x: number) => x * x };
const line = { label: "2x", f: (x: number) => 2 * x };
const read = (curves: FunctionCurve[], options = axes) =>
  assertReadable(functionChart(curves, options).toSVG());
const bce = functionChart([
  { label: "y = 1: −ln p", f: (p) => -Math.log(p) },
  { label: "y = 0: −ln(1 − p)", f: (p) => -Math.log(1 - p) },
], {
  domain: [0, 1],
  xLabel: "prediction p",
  yLabel: "loss (nats)",
  marks: [{ x: 0.1, y: -Math.log(0.1), label: "confident and wrong: 2.30" }, { x: 0.5, label: "undecided" }],
});
const paths = (root: ReturnType<typeof read>, name: string) =>
  marks(root, name).flatMap(all).filter((element) => element.name === "path");

Deno.test("functionChart() puts a curve where its axes say", () => {
  const root = read([line]);
  const [x, y] = [ticks(root, "x"), ticks(root, "y")];
  const drawn = corners(paths(root, "curve 2x")[0]);
  assertEquals(drawn[0], [x.get("−2"), y.get("−4")]);
  assertEquals(drawn[150], [x.get("0"), y.get("0")]);
  assertEquals(drawn.at(-1), [x.get("2"), y.get("4")]);
});

Deno.test("functionChart() names axes with units and each curve at its end, in colours of their own", () => {
  const root = assertReadable(bce.toSVG());
  assert(texts(root).includes("↑ loss (nats)") && texts(root).includes("prediction p →"));
  const names = marks(root, "curve name").flatMap(({ children }) => children);
  assertEquals(new Set(names.map(({ attributes }) => attributes.fill)).size, 2);
  assertEquals(names.map(({ text }) => text).sort(), ["y = 0: −ln(1 − p)", "y = 1: −ln p"]);
});

Deno.test("functionChart() states what curves do", () => {
  const title = (...curves: FunctionCurve[]) => functionChart(curves, axes).title;
  assertEquals(title(line), "2x rises from −4 to 4");
  assertEquals(title(square), "x² is least at 0: 0");
  assertEquals(title({ label: "bump", f: (x) => Math.exp(-x * x) }), "bump is greatest at 0: 1");
  assertEquals(title({ label: "c", f: () => 3 }), "c is 3 everywhere");
  assertEquals(title(square, line), "x² is least at 0: 0; 2x rises from −4 to 4");
  assertEquals(
    title(square, line, { label: "−x", f: (x) => -x }),
    "At x = 2, x² is greatest (4) and −x least (−2)",
  );
  assertEquals(bce.title, "y = 1: −ln p falls from ∞ to 0; y = 0: −ln(1 − p) rises from 0 to ∞");
  assertEquals(functionChart([line], { ...axes, title: "Mine" }).title, "Mine");
});

Deno.test("functionChart() tells in words what is to be seen, marks included", () => {
  assertEquals(
    bce.alternative,
    "Line chart of loss (nats) against prediction p, from 0 to 1. y = 1: −ln p falls from ∞ to 0; y = 0: −ln(1 − p) " +
      "rises from 0 to ∞. Marked: confident and wrong: 2.30; undecided.",
  );
});

Deno.test("functionChart() cuts curves off at yRange, and leaves a gap where a function has no value", () => {
  const root = read([{ label: "√", f: Math.sqrt }, { label: "cubic", f: (x) => 4 * x ** 3 }], {
    ...axes,
    yRange: [-1, 1],
  });
  const [x, y] = [ticks(root, "x"), ticks(root, "y")];
  const root2 = corners(paths(root, "curve √")[0]);
  assertEquals(root2[0], [x.get("0"), y.get("0")]);
  const cubic = paths(root, "curve cubic").flatMap(corners);
  assertEquals([cubic[0][1], cubic.at(-1)![1]], [y.get("−1"), y.get("1")]);
  assert(cubic.every(([, at]) => at >= y.get("1")! - 0.01 && at <= y.get("−1")! + 0.01));
});

Deno.test("functionChart() lets a curve that goes to infinity leave the picture, without pressing the others flat", () => {
  const root = read([{ label: "1/x²", f: (x) => 1 / (x * x) }, line]);
  const labels = [...ticks(root, "y").keys()];
  assert(labels.includes("10") || labels.includes("20"), labels.join());
  const top = Math.min(...paths(root, "curve 1/x²").flatMap(corners).map(([, y]) => y));
  assert(Math.abs(top - Math.min(...ticks(root, "y").values())) < 0.02);
});

Deno.test("functionChart() draws data points and rings marked ones on top", () => {
  const points = [{ x: -1, y: 1 }, { x: 1, y: 1, label: "here" }];
  const root = read([square], {
    ...axes,
    points,
    marks: [{ x: 2, y: 4, label: "end" }, { y: 3, label: "limit" }],
  });
  const dots = marks(root, "points").flatMap(all).filter(({ name }) => name === "circle");
  const [x, y] = [ticks(root, "x"), ticks(root, "y")];
  assertEquals(dots.map(({ attributes: { cx, cy } }) => [+cx, +cy]), [[x.get("−1"), y.get("1")], [
    x.get("1"),
    y.get("1"),
  ]]);
  assertEquals(marks(root, "reference line").length, 1);
  for (const label of ["here", "end", "limit"]) assert(texts(root).includes(label));
});

Deno.test("functionChart() draws curves given as points, in any order, and functions beside each other", () => {
  const points = [{ x: 2, y: 4 }, { x: -2, y: 0 }, { x: 0, y: 1 }];
  const root = read([{ label: "measured", points }, line]);
  assertEquals(corners(paths(root, "curve measured")[0]).length, 3);
});

Deno.test("functionChart() keeps labels apart and inside, also at the width of a telephone", () => {
  const many = Array.from(
    { length: 6 },
    (_, i) => ({ label: `curve number ${i}`, f: (x: number) => x * (1 + i / 50) }),
  );
  for (
    const chart of [
      bce,
      functionChart(many, axes),
      functionChart([square, line], { ...axes, yRange: [-1, 2] }),
    ]
  ) {
    for (const width of [680, 600, 390]) assertLabelsApart(assertReadable(chart.resized(width).toSVG()));
  }
});

Deno.test("functionChart() is drawn again as it was, even if its function has changed since", () => {
  let slope = 1;
  const chart = functionChart([{ label: "f", f: (x) => slope * x }], axes);
  const before = chart.resized(500).toSVG();
  slope = -1;
  assertEquals(chart.resized(500).toSVG(), before);
  assertEquals(chart.resized(600).toSVG(), chart.toSVG());
});

Deno.test("functionChart() gives the same characters every time", () => {
  assertEquals(functionChart([square, line], axes).toSVG(), functionChart([square, line], axes).toSVG());
});

Deno.test("functionChart() says what to do with what it cannot draw", () => {
  const fails = (curves: unknown, options: unknown, says: string) =>
    assertThrows(
      () => functionChart(curves as FunctionCurve[], options as FunctionChartOptions),
      ChartDataError,
      says,
    );
  fails([], axes, "nothing to draw. Call functionChart([{ label, f: (x) => … }]");
  fails(
    [square],
    { ...axes, domain: [1, 1] },
    "domain to be [least, greatest], two finite numbers, got [1, 1]",
  );
  fails([square], { ...axes, domain: undefined }, "got undefined");
  fails([square], { ...axes, yRange: [2, 1] }, "yRange to be");
  fails([{ label: "a" }], axes, "curve 0: expected { label, f: (x) => number }");
  fails([{ label: "a", f: () => NaN }], axes, "no curve has a finite value between -2 and 2");
});

Deno.test("functionChart() reads the label of a point beside it", () => {
  const root = read([square], { ...axes, points: [{ x: 1, y: 1, label: "P" }] });
  const [group] = marks(root, "point label");
  const [px, py] = translation(group.children[0]);
  const [x, y] = [ticks(root, "x").get("1")!, ticks(root, "y").get("1")!];
  assert(Math.hypot(px - x, py - y) < 40, `${px}, ${py} for ${x}, ${y}`);
  assertStringIncludes(
    functionChart([square], { ...axes, points: [{ x: 1, y: 1, label: "P" }] }).alternative,
    "Marked: P.",
  );
});
