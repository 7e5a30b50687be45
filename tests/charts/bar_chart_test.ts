import { assert, assertEquals, assertThrows } from "@std/assert";
import { barChart, type BarRow } from "../../lib/charts/bar_chart.ts";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { palette } from "../../lib/charts/palette.ts";
import { all, assertReadable, marks, texts, ticks } from "./svg.ts";

const counts = [5923, 6742, 5958].map((value, label) => ({ label, value }));
const bars = (root: ReturnType<typeof assertReadable>) =>
  marks(root, "bars").flatMap((group) => all(group)).filter((element) => element.name === "rect");

Deno.test("barChart() draws bars as long as their values", () => {
  const root = assertReadable(barChart(counts).toSVG());
  const y = ticks(root, "y");
  const perUnit = (y.get("0")! - y.get("6,000")!) / 6000;
  bars(root).forEach((bar, index) => {
    assert(Math.abs(Number(bar.attributes.height) - counts[index].value * perUnit) < 0.05);
    assert(Math.abs(Number(bar.attributes.y) + Number(bar.attributes.height) - y.get("0")!) < 0.05);
  });
});

Deno.test("barChart() names axes, prints values and states the finding", () => {
  const chart = barChart(counts, { xLabel: "digit", yLabel: "training images" });
  assertEquals(chart.title, "Digit 1 is largest: 6,742 training images");
  const said = texts(assertReadable(chart.toSVG()));
  for (const text of ["digit", "↑ training images", "5,923", "6,742", "5,958", "0", "1", "2"]) {
    assert(said.includes(text), text);
  }
  assertEquals(
    chart.alternative,
    "Bar chart of training images by digit, 3 bars. Digit 1 is largest: 6,742 training images. " +
      "0: 5,923, 1: 6,742, 2: 5,958.",
  );
});

Deno.test("barChart() draws a named reference line at its value", () => {
  const chart = barChart(counts, { reference: { value: 6000, label: "average" } });
  const root = assertReadable(chart.toSVG());
  const [line] = marks(root, "reference line").flatMap(all).filter((element) => element.name === "line");
  assertEquals(Number(line.attributes.y1), ticks(root, "y").get("6,000"));
  assert(texts(root).includes("average"));
  assert(chart.alternative.endsWith("Line at 6,000: average."));
});

Deno.test("barChart() prints no value across the reference line, but inside the bar", () => {
  const root = assertReadable(barChart(counts, { reference: { value: 6000, label: "6,000" } }).toSVG());
  const labels = marks(root, "values").flatMap((group) =>
    all(group).filter((element) => element.name === "text").map((text) => [text.text, group.attributes.fill])
  );
  const ink = Object.fromEntries(labels);
  assertEquals([ink["5,923"], ink["5,958"], ink["6,742"]], ["#FFFFFF", "#FFFFFF", palette.text]);
});

Deno.test("barChart() shows shares in percent and brings one bar forward", () => {
  const rows = [0.02, 0.91, 0.07].map((value, label) => ({ label, value }));
  const chart = barChart(rows, { percent: true, highlight: 1, xLabel: "digit", yLabel: "probability" });
  assertEquals(chart.title, "Digit 1 is largest: 91% probability");
  const root = assertReadable(chart.toSVG());
  assertEquals(bars(root).map((bar) => bar.attributes.fill), [
    palette.muted,
    palette.training,
    palette.muted,
  ]);
  assert(texts(root).includes("91%") && texts(root).includes("↑ probability (%)"));
  assert(ticks(root, "y").has("100"));
});

Deno.test("barChart() lays the bars down where upright labels would run into each other", () => {
  const rows = Array.from({ length: 12 }, (_, i) => ({ label: `a fairly long label ${i}`, value: i }));
  const root = assertReadable(
    barChart(rows, { yLabel: "images", reference: { value: 5, label: "chance" } }).toSVG(),
  );
  const lengths = bars(root).map((bar) => Number(bar.attributes.width));
  assert(lengths.every((length, i) => i === 0 || length > lengths[i - 1]));
  assertEquals(new Set(bars(root).map((bar) => bar.attributes.height)).size, 1);
  assert(texts(root).includes("images →") && texts(root).includes("chance"));
});

const unusual: Record<string, [rows: BarRow[], title: string]> = {
  "one bar": [[{ label: "only", value: 3 }], "only: 3"],
  "equal bars": [[{ label: "a", value: 2 }, { label: "b", value: 2 }], "All 2 are equal: 2"],
  "only zeros": [[{ label: "a", value: 0 }, { label: "b", value: 0 }], "All 2 are equal: 0"],
  "negative values": [[{ label: "a", value: -3 }, { label: "b", value: 2 }], "b is largest: 2"],
  "a shared largest value": [
    [{ label: "a", value: 2 }, { label: "b", value: 2 }, { label: "c", value: 1 }],
    "2 share the largest value: 2",
  ],
};
for (const [name, [rows, title]] of Object.entries(unusual)) {
  Deno.test(`barChart() draws ${name}`, () => {
    const chart = barChart(rows);
    assertEquals(chart.title, title);
    assertEquals(bars(assertReadable(chart.toSVG())).length, rows.length);
  });
}

Deno.test("barChart() gives the same characters every time", () => {
  assertEquals(barChart(counts).toSVG(), barChart(counts).toSVG());
});

Deno.test("barChart() says what is wrong with a row", () => {
  const fails = (rows: unknown, says: string, options = {}) =>
    assertThrows(() => barChart(rows as BarRow[], options), ChartDataError, says);
  fails([], "no bars to draw");
  fails([{ label: "a", value: NaN }], 'row 0 ("a"): expected a finite value, got NaN');
  fails([{ label: "a", value: "3" }], "expected a finite value, got 3");
  fails([{ value: 3 }], "row 0 has none");
  fails([{ label: 1, value: 3 }, { label: "1", value: 3 }], 'row 1 has "1" again');
  fails(counts, "reference line at Infinity", { reference: { value: Infinity, label: "x" } });
});
