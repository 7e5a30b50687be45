import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { lossSurfaceLine, surfaceChart, type SurfaceChartOptions } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, corners, type Element, marks, texts, ticks, translation } from "./svg.ts";

const bowl = (w: number, b: number) => (w - 2) ** 2 + (b - 0.5) ** 2;
const ravine = (x: number, y: number) => 0.5 * (x * x + 20 * y * y);
const saddle = (x: number, y: number) => x * x - y * y;
const axes: SurfaceChartOptions = { x: [-1, 5], y: [-2, 3], xLabel: "w", yLabel: "b", valueLabel: "loss" };
const square: SurfaceChartOptions = {
  x: [-2, 2],
  y: [-2, 2],
  xLabel: "x",
  yLabel: "y",
  valueLabel: "height",
};
const read = (f: (x: number, y: number) => number, options: SurfaceChartOptions) =>
  assertReadable(surfaceChart(f, options).toSVG());
const paths = (root: Element, name: string) =>
  marks(root, name).flatMap(all).filter((element) => element.name === "path");

/** Gradient descent with momentum, with the derivatives of the ravine. */
function walk(learningRate: number, momentum: number, steps: number): [number, number][] {
  let [x, y, u, v] = [-5, 1.2, 0, 0];
  const points: [number, number][] = [[x, y]];
  for (let i = 0; i < steps; i++) {
    [u, v] = [momentum * u + x, momentum * v + 20 * y];
    [x, y] = [x - learningRate * u, y - learningRate * v];
    points.push([x, y]);
  }
  return points;
}
const optimizers: SurfaceChartOptions = {
  x: [-6, 6],
  y: [-2, 2],
  xLabel: "w₁",
  yLabel: "w₂",
  valueLabel: "loss",
  minimum: [0, 0],
  paths: [{ label: "plain", points: walk(0.09, 0, 40) }, {
    label: "momentum 0.9",
    points: walk(0.03, 0.9, 40),
  }],
};

Deno.test("surfaceChart() draws one contour a level, with the level's number beside its colour", () => {
  const root = read(bowl, axes);
  const levels = all(marks(root, "legend")[0]).filter(({ name }) => name === "text").slice(0, -1).map((
    { text },
  ) => Number(text));
  assert(levels.length >= 7 && levels.length <= 9, levels.join());
  assertEquals(levels, levels.toSorted((a, b) => a - b));
  assertEquals(
    marks(root, "contours").flatMap(all).filter(({ name }) => name === "path").length,
    levels.length,
  );
});

Deno.test("surfaceChart() puts a contour where the function has that height", () => {
  const root = read((x) => x, { ...square, levels: [1] });
  const [x] = [ticks(root, "x")];
  const [contour] = paths(root, "contours");
  const at = corners(contour).map(([x]) => x);
  assertAlmostEquals(Math.min(...at), x.get("1")!, 0.1);
});

Deno.test("surfaceChart() draws −∇f at right angles to the contour, on axes of one scale", () => {
  const root = read(bowl, { ...axes, arrow: { at: [0, 0] } });
  const [arrow] = paths(root, "arrow");
  const [[x1, y1], [x2, y2]] = corners(arrow);
  // ∇f(0, 0) = (−4, −1): downhill is four right, one up.
  assertAlmostEquals((y1 - y2) / (x2 - x1), 1 / 4, 0.005);
  const [x, y] = [ticks(root, "x"), ticks(root, "y")];
  assertAlmostEquals(x.get("1")! - x.get("0")!, y.get("0")! - y.get("1")!, 1);
  assertAlmostEquals(x1, x.get("0")!, 0.01);
});

Deno.test("surfaceChart() takes an arrow's direction, and draws none where the slope is zero", () => {
  const tip = (direction?: [number, number]) =>
    corners(paths(read(bowl, { ...axes, arrow: { at: [0, 0], direction, label: "" } }), "arrow")[0])[1];
  assert(tip([0, -1])[1] > tip([1, 0])[1]);
  const flat = surfaceChart(bowl, { ...axes, arrow: { at: [2, 0.5] } });
  assertEquals(flat.title, "At (2, 0.5) the loss is 0 and level: the gradient is zero, there is no way down");
  assertEquals(marks(assertReadable(flat.toSVG()), "arrow").length, 0);
});

Deno.test("surfaceChart() draws walks from start to end, each with its name, colour and end of its own", () => {
  const root = read(ravine, optimizers);
  const [x, y] = [ticks(root, "x"), ticks(root, "y")];
  const px = (value: number) => x.get("0")! + value * (x.get("2")! - x.get("0")!) / 2;
  const py = (value: number) => y.get("0")! + value * (y.get("2")! - y.get("0")!) / 2;
  const plain = corners(paths(root, "path plain")[0]);
  optimizers.paths![0].points.forEach(([x, y], k) => {
    assertAlmostEquals(plain[k][0], px(x), 0.15);
    assertAlmostEquals(plain[k][1], py(y), 0.15);
  });
  for (const label of ["plain", "momentum 0.9", "start", "minimum"]) {
    assert(texts(root).some((text) => text === label), label);
  }
  assertEquals(texts(root).filter((text) => text === "start").length, 1);
  const ends = ["end of plain", "end of momentum 0.9"].map((name) => all(marks(root, name)[0])[0]);
  assertEquals(
    new Set(ends.map(({ name }) => name)).size + new Set(ends.map(({ attributes }) => attributes.d)).size,
    4,
  );
});

Deno.test("surfaceChart() cuts a walk at the border, marks no end outside, and says when it leaves", () => {
  const points: [number, number][] = [[0, 0], [4, 0], [20, 0], [-50, 0]];
  const chart = surfaceChart(bowl, { ...axes, paths: [{ label: "η = 1", points }] });
  const root = assertReadable(chart.toSVG());
  const right = Math.max(...paths(root, "path η = 1").flatMap(corners).map(([x]) => x));
  assertAlmostEquals(right, ticks(root, "x").get("5")!, 0.01);
  assertEquals(marks(root, "end of η = 1").length, 0);
  assertStringIncludes(chart.alternative, "η = 1 leaves the picture at step 2.");
});

Deno.test("surfaceChart() states the finding of what lies on it", () => {
  const title = (more: Partial<SurfaceChartOptions>) => surfaceChart(bowl, { ...axes, ...more }).title;
  assertEquals(
    title({ arrow: { at: [0, 0] } }),
    "From (0, 0), where the loss is 4.25, the steepest way down is towards larger w and larger b",
  );
  assertEquals(title({ minimum: [2, 0.5] }), "Least loss: 0, at w = 2, b = 0.5");
  assertEquals(
    title({ paths: [{ label: "η = 0.1", points: [[0, 0], [1, 0.5]] }] }),
    "η = 0.1: loss falls from 4.25 to 1 in 1 step",
  );
  assertEquals(
    title({
      paths: [{ label: "a", points: [[0, 0], [NaN, 0]] }, { label: "b", points: [[0, 0], [1, 0.5]] }],
    }),
    "Loss after 1 step: 1 (b), NaN (a)",
  );
  assertEquals(title({ title: "Mine" }), "Mine");
});

Deno.test("surfaceChart() tells the map in words", () => {
  assertEquals(
    surfaceChart(bowl, { ...axes, minimum: [2, 0.5], paths: [{ label: "GD", points: [[0, 0], [1, 0.5]] }] })
      .alternative,
    "Contour map of loss over w from −1 to 5 and b from −2 to 3; values from about 0 to 15.3. GD: loss falls from 4.25 " +
      "to 1 in 1 step. GD: 1 step from w = 0, b = 0 (4.25) to w = 1, b = 0.5 (1). Minimum: 0 at w = 2, b = 0.5.",
  );
});

Deno.test("surfaceChart() draws what is nowhere or only somewhere a number, as far as it can", () => {
  const half = surfaceChart((x, y) => x < 0 ? NaN : x + y, square);
  assertStringIncludes(half.alternative, "NaN or infinite in 50% of the picture");
  assertReadable(half.toSVG());
  const flat = surfaceChart(() => 3, square);
  assertEquals(flat.title, "Height is 3 everywhere");
  assertLabelsApart(assertReadable(flat.toSVG()));
});

Deno.test("surfaceChart() says so where its axes have different scales", () => {
  assertStringIncludes(
    surfaceChart(bowl, { ...axes, height: 200 }).alternative,
    "The axes have different scales.",
  );
  assert(!surfaceChart(saddle, square).alternative.includes("scales"));
  assertStringIncludes(
    surfaceChart(bowl, { ...axes, x: [-100, 100] }).alternative,
    "The axes have different scales.",
  );
});

Deno.test("surfaceChart() keeps labels apart and inside, also at the width of a telephone, in under 300 kB", () => {
  const { inputs, targets } = lossSurfaceLine();
  const xs = Array.from(inputs.data), ys = Array.from(targets.data);
  const mse = (w: number, b: number) =>
    xs.reduce((sum, x, i) => sum + (w * x + b - ys[i]) ** 2, 0) / xs.length;
  const charts = [
    surfaceChart(mse, {
      ...axes,
      valueLabel: "mean squared error",
      yLabel: "b (intercept)",
      minimum: [2, 0.5],
      arrow: { at: [0, 0] },
    }),
    surfaceChart(ravine, optimizers),
    surfaceChart(saddle, { ...square, arrow: { at: [0.5, 0.4] } }),
    surfaceChart((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, { ...square, minimum: [1, 1] }),
    surfaceChart((x, y) => 1 - Math.exp(-2 * (x * x + y * y)), { ...square, arrow: { at: [1.3, 1] } }),
  ];
  for (const chart of charts) {
    for (const width of [680, 600, 390, 260]) {
      const svg = chart.resized(width).toSVG();
      assertLabelsApart(assertReadable(svg));
      assert(svg.length < 150_000, `${svg.length} characters`);
    }
  }
});

Deno.test("surfaceChart() is drawn again as it was, even if its function has changed since", () => {
  let shift = 0;
  const f = (x: number, y: number) => bowl(x + shift, y);
  const chart = surfaceChart(f, { ...axes, arrow: { at: [0, 0] }, minimum: [2, 0.5] });
  const before = chart.resized(400);
  shift = 3;
  assertEquals(chart.resized(400).toSVG(), before.toSVG());
  assertEquals(chart.resized(400).title, chart.title);
});

Deno.test("surfaceChart() gives the same characters every time", () => {
  assertEquals(surfaceChart(ravine, optimizers).toSVG(), surfaceChart(ravine, optimizers).toSVG());
});

Deno.test("surfaceChart() says what to do with what it cannot draw", () => {
  const fails = (f: unknown, options: unknown, says: string) =>
    assertThrows(() => surfaceChart(f as typeof bowl, options as SurfaceChartOptions), ChartDataError, says);
  fails(3, axes, "expects a function (x, y) => number first, got number");
  fails(bowl, { ...axes, x: [1, 1] }, "x to be [least, greatest], two finite numbers, got [1, 1]");
  fails(bowl, { ...axes, y: undefined }, "y to be");
  fails(() => NaN, axes, "nowhere a finite number");
  fails(() => ({}), axes, "end it with .item()");
  fails(
    bowl,
    { ...axes, paths: [{ label: "a", points: [] }] },
    'the path "a": expected points: [[x, y], [x, y], …]',
  );
  fails(bowl, { ...axes, minimum: [1] }, "minimum to be a point [x, y], got [1]");
  fails(bowl, { ...axes, arrow: {} }, "arrow.at to be a point [x, y]");
});

Deno.test("surfaceChart() names both axes and the height", () => {
  const root = read(bowl, axes);
  for (const name of ["w →", "↑ b", "loss ↓"]) assert(texts(root).includes(name), name);
  assert(translation(all(root).find(({ text }) => text === "w →")!)[1] > 0);
});
