import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  accuracyChart,
  barChart,
  type Chart,
  ChartDataError,
  classChart,
  finderChart,
  fromArray,
  functionChart,
  histogramChart,
  landscape3d,
  landscapeChart,
  lineChart,
  lossChart,
  runChart,
  surfaceChart,
  surfaceExplorer,
  type Tensor,
} from "backprop";
import { linearAxis, logAxis, wholeTicks } from "../../lib/charts/axes.ts";

const MOST = Number.MAX_VALUE, LEAST = Number.MIN_VALUE;

/** Numbers at the ends of what a float64 holds, and numbers between which there is none. */
const SETS: number[][] = [
  [1, 1e308, 1.7e308],
  [-MOST, MOST],
  [MOST, MOST],
  [0, LEAST],
  [LEAST, 2 * LEAST, 1],
  [LEAST, MOST],
  [1e-310, 1e-300],
  [1e-320, 1e300],
  [-1e300, 1e300],
  [1e16, 1e16 + 2],
  [2 ** 53, 2 ** 53 + 2],
  [1e17, 1e17 + 16],
  [1, 1 + Number.EPSILON],
  [0, 0],
  [-0, 0],
  [3, 3],
  [NaN, 1, Infinity, -Infinity, 2],
];
const axes = { xLabel: "x", yLabel: "y" };

/** Every chart with axes, of the same numbers in each place that they can have. */
const CHARTS: Record<string, (v: number[]) => Chart> = {
  "lossChart, losses": (v) => lossChart(v.map((y, i) => ({ epoch: i, trainLoss: y, validationLoss: y }))),
  "lossChart, log": (v) => lossChart(v.map((y, i) => ({ epoch: i, trainLoss: y })), { log: true }),
  "lossChart, epochs": (v) => lossChart(v.map((x, i) => ({ epoch: x, trainLoss: i + 1 }))),
  "lineChart, y": (v) =>
    lineChart(v.map((y, x) => ({ x, y })), { ...axes, marks: [{ y: v[0], label: "m" }] }),
  "lineChart, x": (v) => lineChart(v.map((x, y) => ({ x, y })), axes),
  "lineChart, log": (v) => lineChart(v.map((x) => ({ x, y: x })), { ...axes, logX: true, logY: true }),
  "lineChart, yRange": (v) => lineChart([{ x: 0, y: 1 }], { ...axes, yRange: [v[0], v[1]] }),
  runChart: (v) => runChart(v.map((y, step) => ({ step, trainLoss: y, gradientNorm: y, learningRate: y }))),
  barChart: (v) => barChart(v.map((value, label) => ({ label, value }))),
  histogramChart: (v) => histogramChart([{ label: "a", values: v }], { xLabel: "x" }),
  "histogramChart, range": (v) =>
    histogramChart([{ label: "a", values: [1] }], { xLabel: "x", range: [v[0], v[1]] }),
  "functionChart, f": (v) =>
    functionChart([{ label: "f", f: (x) => v[Math.round(x * 10) % v.length] }], { ...axes, domain: [0, 1] }),
  "functionChart, domain": (v) =>
    functionChart([{ label: "f", f: (x) => x }], { ...axes, domain: [v[0], v[1]] }),
  "functionChart, marks": (v) =>
    functionChart([{ label: "f", f: (x) => x }], {
      ...axes,
      domain: [0, 1],
      marks: [{ x: v[0], y: v[1], label: "here" }],
    }),
  "landscapeChart, f": (v) =>
    landscapeChart((x) => v[Math.round(x * 10) % v.length], { ...axes, domain: [0, 1] }),
  "landscapeChart, domain": (v) => landscapeChart((x) => x * x, { ...axes, domain: [v[0], v[1]] }),
  "landscapeChart, walk": (v) =>
    landscapeChart((x) => x * x, { ...axes, domain: [0, 1], walks: [{ label: "w", points: v }] }),
  "surfaceChart, f": (v) =>
    surfaceChart((x) => v[Math.round(x * 10) % v.length], { ...axes, x: [0, 1], y: [0, 1], valueLabel: "v" }),
  "surfaceChart, x": (v) =>
    surfaceChart((x, y) => x * y, { ...axes, x: [v[0], v[1]], y: [0, 1], valueLabel: "v", levels: v }),
  classChart: (v) =>
    classChart({ inputs: fromArray([...v, ...v], [v.length, 2]), targets: new Uint8Array(v.length) }, {
      model: { forward: (x: Tensor) => x },
    }),
  "finderChart, losses": (v) =>
    finderChart({
      rows: v.map((y, i) => ({ learningRate: i + 1, loss: y, smoothedLoss: y })),
      suggestion: v[0],
      reason: "finished",
    }),
  "finderChart, rates": (v) =>
    finderChart({
      rows: v.map((x) => ({ learningRate: x, loss: 1, smoothedLoss: 1 })),
      suggestion: 1,
      reason: "finished",
    }),
};

for (const [name, draw] of Object.entries(CHARTS)) {
  Deno.test(`${name}: any numbers give a chart or one sentence, and it ends`, () => {
    for (const numbers of SETS) {
      let chart: Chart;
      try {
        chart = draw(numbers);
      } catch (error) {
        assert(error instanceof ChartDataError, `${numbers}: ${(error as Error).stack}`);
        continue;
      }
      const drawn = chart.toSVG().replaceAll(/<(text|title|desc)[^>]*>[^<]*<\/\1>|aria-label="[^"]*"/g, "");
      assert(
        !/NaN|Infinity|undefined/.test(drawn),
        `${numbers}: ${drawn.match(/.{60}(NaN|Infinity|undefined)/)}`,
      );
    }
  });
}

Deno.test("losses too large for an axis are left out, as those are that are infinite", () => {
  const chart = lossChart([1, 1e308, 1.7e308].map((trainLoss, epoch) => ({ epoch, trainLoss })));
  assert(chart.alternative.includes("2 values left out: beyond ±10³⁰⁰."), chart.alternative);
  assert(chart.title.endsWith("then is NaN or infinite"), chart.title);
  assertThrows(() => lossChart([{ epoch: 0, trainLoss: 1e308 }]), ChartDataError, "beyond ±10³⁰⁰");
});

Deno.test("ticks are few and different, however near the ends of an axis are", () => {
  for (
    const [low, high] of [[1e17, 1e17 + 16], [1, 1 + Number.EPSILON], [5, 5], [0, LEAST], [-1e300, 1e300]]
  ) {
    for (
      const ticks of [linearAxis(low, high, true).ticks, wholeTicks(...linearAxis(low, high, true).domain)]
    ) {
      assert(ticks.length >= 1 && ticks.length < 20, `${low}…${high}: ${ticks}`);
      assertEquals(new Set(ticks).size, ticks.length);
    }
  }
  assertThrows(() => linearAxis(0, Infinity), ChartDataError, "within ±10³⁰⁰");
  assertThrows(() => linearAxis(2, 1, true), ChartDataError, "from the least to the greatest");
  assertThrows(() => logAxis(0, 1), ChartDataError, "logarithmic axis cannot begin at 0");
  for (const [low, high] of [[LEAST, 1], [1e-300, 1e300], [1, 1]]) {
    const { domain, ticks } = logAxis(low, high);
    assert(domain[0] > 0 && domain[0] < domain[1] && ticks.length < 20, `${low}…${high}`);
  }
});

Deno.test("widgets refuse points whose squares are beyond all axes", () => {
  for (const widget of [surfaceExplorer, landscape3d]) {
    for (const big of [1e7, 1e200, MOST]) {
      assertThrows(
        () => widget({ points: { inputs: [0, 1], targets: [0, big] } }),
        RangeError,
        "within ±10⁶",
      );
    }
  }
  assertThrows(() => surfaceExplorer({ wRange: [-MOST, MOST] }), Error);
});

Deno.test("more names than anybody can read are refused at once", () => {
  const many = Array.from(
    { length: 3000 },
    (_, i) => ({ x: i, y: i, series: `line ${i}`, label: `point ${i}` }),
  );
  assertThrows(
    () => lineChart(many.map(({ x, y, series }) => ({ x, y, series })), axes),
    ChartDataError,
    "room for 100",
  );
  assertThrows(
    () =>
      functionChart([{ label: "f", f: (x) => x }], {
        ...axes,
        domain: [0, 1],
        points: many.map(({ x, y, label }) => ({ x, y, label })),
      }),
    ChartDataError,
    "room for 100 names of lines and places, got 3001",
  );
  const comb = landscapeChart((x) => Math.round(x * 500) % 2, { ...axes, domain: [0, 1] }); // hundreds of minima
  assert(comb.toSVG().length > 0);
});

Deno.test("walks of more steps than can be told apart are refused, with a way to draw some of them", () => {
  const long = Array.from({ length: 130_000 }, (_, i) => i % 2);
  const walks = [{ label: "w", points: long }];
  assertThrows(
    () => landscapeChart((x) => x * x, { ...axes, domain: [0, 1], walks }),
    ChartDataError,
    "room for 5000 steps, got 130000. Draw some of them: points.filter((_, i) => i % 26 === 0)",
  );
  const paths = [{ label: "p", points: long.map((x) => [x, x] as const) }];
  assertThrows(
    () => surfaceChart((x, y) => x * y, { ...axes, x: [0, 1], y: [0, 1], valueLabel: "v", paths }),
    ChartDataError,
    "room for 20000 steps",
  );
});

Deno.test("charts draw 130,000 points and rows: no list is spread into arguments", () => {
  const count = 130_000;
  const at = (i: number) => ((i * 7919) % 1000) / 1000;
  const rows = Array.from({ length: count }, (_, epoch) => ({
    epoch,
    trainAccuracy: at(epoch),
    validationAccuracy: at(epoch + 1),
    trainLoss: at(epoch) + 1,
  }));
  const points = fromArray(Float64Array.from({ length: 2 * count }, (_, i) => at(i)), [count, 2]);
  const targets = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const model = { forward: (x: Tensor) => x };
  assert(classChart({ inputs: points, targets }, { model, points: false }).title.includes("130,000 points"));
  assert(accuracyChart(rows, { onset: true }).alternative.includes("130,000 points"));
  assert(lossChart(rows, { onset: 5 }).alternative.includes("130,000 points"));
  assert(
    histogramChart([{ label: "a", values: points.data }], { xLabel: "x" }).alternative.includes("260,000"),
  );
});
