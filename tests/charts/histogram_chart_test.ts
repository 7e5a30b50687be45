import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { histogramChart, type HistogramGroup, Rng } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, type Element, marks, texts, translation } from "./svg.ts";

const layer = (label: string, scale: number, seed = 1): HistogramGroup => ({
  label,
  values: new Rng(seed).randn([2000]).mul(scale).data,
});
const layers = [layer("layer 1", 1), layer("layer 2", 0.3, 2), layer("layer 3", 0.1, 3)];
const axes = { xLabel: "activation" };
const bars = (panel: Element) => marks(panel, "bars").flatMap(all).filter(({ name }) => name === "rect");

Deno.test("histogramChart() draws bars whose heights are the shares of the values in them", () => {
  const chart = histogramChart([{ label: "v", values: [0, 0.1, 0.1, 1.5, 2.5, 3.9, 3.9, 4] }], {
    ...axes,
    bins: 2,
  });
  const root = assertReadable(chart.toSVG());
  const heights = bars(root).map(({ attributes }) => +attributes.height);
  // Bars of width 2: [0, 2) holds 4, [2, 4] holds 4; 4 itself belongs to the last.
  assertEquals(heights.length, 2);
  assertEquals(heights[0], heights[1]);
  const uneven = bars(
    assertReadable(histogramChart([{ label: "v", values: [0, 0, 0, 3] }], { ...axes, bins: 2 }).toSVG()),
  );
  assertAlmostEquals(+uneven[0].attributes.height / +uneven[1].attributes.height, 3, 0.01);
});

Deno.test("histogramChart() puts all panels on one axis, with an edge of the bars at zero", () => {
  const root = assertReadable(histogramChart(layers, axes).toSVG());
  const panels = marks(root, "panel");
  assertEquals(panels.length, 3);
  const zeros = panels.map((panel) => marks(panel, "zero")[0]).map((zero) =>
    JSON.stringify(zero.attributes) + JSON.stringify(zero.children)
  );
  assertEquals(new Set(zeros).size, 1);
  const spans = panels.map((panel) => {
    const at = bars(panel).map(({ attributes }) => +attributes.x);
    return Math.max(...at) - Math.min(...at);
  });
  assert(spans[0] > 2 * spans[1] && spans[1] > 2 * spans[2], spans.join());
});

Deno.test("histogramChart() names each panel, with mean and spread, and the common axis once a column", () => {
  const said = texts(assertReadable(histogramChart(layers, axes).toSVG()));
  for (const label of ["layer 1", "layer 2", "layer 3"]) assert(said.includes(label));
  assert(said.some((text) => /^mean .*, std 0\.\d+, 2,000 values$/.test(text)), said.join("|"));
  assertEquals(said.filter((text) => text === "activation →").length, 1);
  assert(said.includes("0%"));
});

Deno.test("histogramChart() states how the spread goes", () => {
  const title = (...groups: HistogramGroup[]) => histogramChart(groups, axes).title;
  const of = (label: string, ...values: number[]) => ({ label, values });
  assertEquals(
    title(of("layer 1", -2, 2), of("layer 2", -1, 1)),
    "The spread falls from 2 (layer 1) to 1 (layer 2)",
  );
  assertEquals(
    title(of("layer 1", -1, 1), of("layer 2", -2, 2)),
    "The spread rises from 1 (layer 1) to 2 (layer 2)",
  );
  assertEquals(
    title(of("layer 1", -1, 1), of("layer 2", -1.1, 1.1)),
    "The spread stays about 1 from layer 1 to layer 2",
  );
  assertEquals(title(of("weights", 1, 3)), "Weights: mean 2, standard deviation 1");
});

Deno.test("histogramChart() tells every panel in words", () => {
  assertEquals(
    histogramChart([{ label: "layer 1", values: [-1, 1] }, { label: "layer 2", values: [] }], axes)
      .alternative,
    "2 histograms of activation, from −1 to 1. Layer 1: mean 0, standard deviation 1. Layer 1: 2 values, mean 0, standard " +
      "deviation 1. Layer 2: no values.",
  );
});

Deno.test("histogramChart() leaves out NaN and infinite values and says so", () => {
  const chart = histogramChart([{ label: "g", values: [1, NaN, 2, Infinity] }], axes);
  assertStringIncludes(chart.alternative, "2 values left out: NaN or infinite.");
  assert(texts(assertReadable(chart.toSVG())).includes("2 values left out: NaN or infinite."));
  assertEquals(chart.resized(390).alternative, chart.alternative);
});

Deno.test("histogramChart() takes the ends of the axis, and counts what is beyond in the last bars", () => {
  const chart = histogramChart([{ label: "g", values: [-50, 0, 0.5, 50] }], {
    ...axes,
    range: [-1, 1],
    bins: 2,
  });
  assertStringIncludes(chart.alternative, "from −1 to 1");
  assertStringIncludes(chart.alternative, "Values beyond the ends count in the last bars.");
  assertEquals(bars(assertReadable(chart.toSVG())).length, 2);
});

Deno.test("histogramChart() draws values that are all the same, and typed arrays of any kind", () => {
  assertReadable(histogramChart([{ label: "biases", values: new Float32Array(10) }], axes).toSVG());
  assertReadable(histogramChart([{ label: "pixels", values: Uint8Array.of(7, 7) }], axes).toSVG());
});

Deno.test("histogramChart() keeps labels apart and inside, also at the width of a telephone", () => {
  const eight = Array.from({ length: 8 }, (_, i) => layer(`gradient of layer ${i + 1}`, 10 ** -i, i));
  for (const groups of [layers, eight]) {
    for (const width of [680, 600, 390]) {
      assertLabelsApart(assertReadable(histogramChart(groups, { ...axes, width }).toSVG()));
    }
  }
  const columns = marks(assertReadable(histogramChart(eight, axes).toSVG()), "panel").map((panel) =>
    translation(panel)[0]
  );
  assertEquals(new Set(columns).size, 2);
});

Deno.test("histogramChart() gives the same characters every time, and is drawn again as it was", () => {
  const values = Float64Array.from([1, 2, 3]);
  const chart = histogramChart([{ label: "g", values }], axes), before = chart.resized(400).toSVG();
  assertEquals(histogramChart([{ label: "g", values }], axes).toSVG(), chart.toSVG());
  values.fill(9);
  assertEquals(chart.resized(400).toSVG(), before);
});

Deno.test("histogramChart() says what to do with what it cannot draw", () => {
  const fails = (groups: unknown, says: string, options = {}) =>
    assertThrows(
      () => histogramChart(groups as HistogramGroup[], { ...axes, ...options }),
      ChartDataError,
      says,
    );
  fails([], "no groups to draw. Call histogramChart([{ label, values }, …]");
  fails([{ label: "a" }], 'group 0 ("a"): expected values, an array of numbers; got undefined');
  fails([{ label: "a", values: [] }], "every group is empty");
  fails([{ label: "a", values: [NaN] }], "all 1 value are NaN or infinite");
  fails(layers, "bins to be a whole number from 1, got 0", { bins: 0 });
});
