import { assert, assertEquals, assertThrows } from "@std/assert";
import { barChart, Chart, functionChart, lossChart, sideBySide, surfaceChart } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, marks, texts, translation } from "./svg.ts";

const draw = (label: string, f: (x: number) => number) =>
  functionChart([{ label, f }], { domain: [-3, 3], xLabel: "z", yLabel: "activation", yRange: [-1, 3] });
const activations = [
  draw("tanh", Math.tanh),
  draw("ReLU", (z) => Math.max(0, z)),
  draw("z/2 + a long name", (z) => z / 2),
];
const map = (title: string, f: (x: number, y: number) => number) =>
  surfaceChart(f, {
    x: [-2, 2],
    y: [-2, 2],
    xLabel: "x",
    yLabel: "y",
    valueLabel: "height",
    title,
    subtitle: "",
  });
const surfaces = [
  map("Saddle: down on two sides", (x, y) => x * x - y * y),
  map("Plateau", (x, y) => 1 - Math.exp(-2 * (x * x + y * y))),
  map("Ravine: steep walls, a floor that is almost flat", (x, y) => x * x + 20 * y * y),
];
const places = (chart: Chart) => marks(assertReadable(chart.toSVG()), "chart").map(translation);

Deno.test("sideBySide() draws every chart again for its share of the width, text at its own size", () => {
  const root = assertReadable(sideBySide(activations).toSVG());
  assertEquals(marks(root, "chart").length, 3);
  for (const { attributes } of marks(root, "chart")) assert(!attributes.transform.includes("scale"));
  for (const chart of activations) assert(texts(root).join(" ").includes(chart.title));
  assertEquals(Number(root.attributes.width), 780);
});

Deno.test("sideBySide() lays charts in rows and columns", () => {
  const distinct = (values: number[]) => new Set(values).size;
  const four = [...activations, activations[0]];
  assertEquals(distinct(places(sideBySide(four)).map(([x]) => x)), 2);
  assertEquals(distinct(places(sideBySide(four)).map(([, y]) => y)), 2);
  assertEquals(distinct(places(sideBySide(four, { columns: 1 })).map(([, y]) => y)), 4);
  assertEquals(distinct(places(sideBySide(four, { columns: 4 })).map(([, y]) => y)), 1);
});

Deno.test("sideBySide() begins the pictures of a row at one height, however long their titles are", () => {
  const root = assertReadable(sideBySide(surfaces).toSVG());
  const tops = marks(root, "chart").map(({ children }) => translation(children[1])[1]);
  assertEquals(new Set(tops).size, 1);
});

Deno.test("sideBySide() keeps labels apart and inside, and stacks charts on a telephone", () => {
  for (const charts of [activations, surfaces]) {
    const chart = sideBySide(charts, { title: "Three of them" });
    for (const width of [780, 680, 390]) {
      const root = assertReadable(chart.resized(width).toSVG());
      assertLabelsApart(root);
      assert(chart.toSVG().length < 300_000);
    }
    assertEquals(new Set(places(chart.resized(390)).map(([x]) => x)).size, 1);
  }
});

Deno.test("sideBySide() scales charts that cannot be drawn again", () => {
  const bars = barChart([{ label: "a", value: 1 }, { label: "b", value: 2 }]);
  const [, scaled] = marks(assertReadable(sideBySide([activations[0], bars]).toSVG()), "chart");
  assert(/scale\(0\.\d+\)/.test(scaled.attributes.transform));
});

Deno.test("sideBySide() shows charts as they were made, though what they were made from has changed since", () => {
  const history = [{ epoch: 0, trainLoss: 2 }, { epoch: 1, trainLoss: 1 }];
  const before = lossChart(history);
  const first = sideBySide([before]).toSVG();
  history.push({ epoch: 2, trainLoss: 0.5 });
  assertEquals(sideBySide([before]).toSVG(), first);
});

Deno.test("sideBySide() says one after the other what its charts say", () => {
  const chart = sideBySide(activations.slice(0, 2), { title: "tanh saturates", subtitle: "ReLU does not." });
  assertEquals(
    chart.alternative,
    `tanh saturates. ReLU does not. 2 charts side by side. Chart 1: ${activations[0].alternative} Chart 2: ` +
      activations[1].alternative,
  );
  assertEquals(chart.title, "tanh saturates");
});

Deno.test("sideBySide() shares no id between its charts, and gives the same characters every time", () => {
  const chart = sideBySide(surfaces);
  assertEquals(chart.toSVG(), sideBySide(surfaces).toSVG());
  const ids = all(assertReadable(chart.toSVG())).flatMap(({ attributes }) => attributes.id ?? []);
  assertEquals(ids.length, 3);
  assertEquals(new Set(ids).size, 3);
  for (const id of ids) assert(chart.toSVG().includes(`url(#${id})`));
});

Deno.test("sideBySide() says what to do with what it cannot draw", () => {
  const fails = (charts: unknown, says: string, options = {}) =>
    assertThrows(() => sideBySide(charts as Chart[], options), ChartDataError, says);
  fails([], "no charts to draw. Call sideBySide([chart, chart, …]");
  fails([activations[0], "svg"], "number 1 of the list is string");
  fails(activations, "columns to be a whole number from 1, got 0", { columns: 0 });
});

Deno.test("sideBySide() fills its width: each chart has the same share, and no gap is left at the right", () => {
  for (const [columns, width] of [[1, 600], [2, 700], [3, 782], [4, 1100]]) {
    const lefts = places(sideBySide([...activations, activations[0]], { columns, width })).slice(0, columns)
      .map(([x]) => x);
    const steps = lefts.slice(1).map((x, i) => x - lefts[i]);
    assertEquals([lefts[0], new Set(steps).size], [0, Math.min(1, columns - 1)]);
    if (columns === 1) continue;
    const gap = 8, share = steps[0] - gap;
    const left = width - (lefts.at(-1)! + share);
    assert(left >= 0 && left < columns, `${left} pixels are left of ${width}`);
  }
});
