import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { landscapeChart, type LandscapeChartOptions } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, corners, type Element, marks, texts, ticks, translation } from "./svg.ts";

/** Minima at −1 (local, −5/12) and 2 (global, −8/3). */
const loss = (w: number) => w ** 4 / 4 - w ** 3 / 3 - w ** 2;
const slope = (w: number) => w ** 3 - w ** 2 - 2 * w;
const axes: LandscapeChartOptions = { domain: [-2, 3], xLabel: "w", yLabel: "loss" };

/** Gradient descent. */
function walk(start: number, learningRate: number, steps: number, derivative = slope): number[] {
  const points = [start];
  for (let i = 0; i < steps; i++) points.push(points.at(-1)! - learningRate * derivative(points.at(-1)!));
  return points;
}
const two: LandscapeChartOptions = {
  ...axes,
  walks: [{ label: "η = 0.05", points: walk(-1.95, 0.05, 20) }, {
    label: "η = 0.3",
    points: walk(-1.95, 0.3, 25),
  }],
};
const read = (options: LandscapeChartOptions, f = loss) => assertReadable(landscapeChart(f, options).toSVG());
const numbers = (root: Element) =>
  marks(root, "step numbers").map(({ children }) => children.map(({ text }) => text));

Deno.test("landscapeChart() finds the minima and calls them local and global", () => {
  const chart = landscapeChart(loss, axes), root = assertReadable(chart.toSVG());
  assertEquals(chart.title, "The loss is least at w = 2; one other minimum is only local");
  assert(texts(root).includes("local minimum") && texts(root).includes("global minimum"));
  const [x] = [ticks(root, "x")];
  const places = marks(root, "marked places").flatMap(({ children }) => children).map((mark) =>
    translation(mark)[0]
  );
  assertAlmostEquals(places[0], x.get("−1")!, 0.05);
  assertAlmostEquals(places[1], x.get("2")!, 0.05);
  assertEquals(landscapeChart((w) => w * w, axes).title, "The loss is least at w = 0");
  assertEquals(landscapeChart((w) => w, axes).title, "The loss has no minimum here");
});

Deno.test("landscapeChart() numbers the balls of a walk by their steps, from 0 at the start to the end", () => {
  const root = read({ ...axes, walks: [{ label: "η = 0.1", points: walk(2.9, 0.1, 3) }] });
  assertEquals(numbers(root)[0][0], "0");
  assertEquals(numbers(root)[0].at(-1), "3");
  const x = ticks(root, "x");
  const [balls] = marks(root, "balls");
  const at = +balls.children[0].attributes.cx;
  assert(at < x.get("3")! && at > x.get("2")!);
  assertEquals(texts(root).filter((text) => text === "start").length, 1);
});

Deno.test("landscapeChart() draws balls in which their numbers have room", () => {
  const long = Array.from({ length: 120 }, (_, i) => 2.9 - i / 100);
  const root = read({ ...axes, walks: [{ label: "", points: long }] });
  const sizes = marks(root, "balls").flatMap(({ children }) => children).map(({ attributes }) =>
    +attributes.r
  );
  assertEquals(sizes.length, numbers(root)[0].length);
  const wide = numbers(root)[0].filter((text) => text.length > 2).length;
  assertEquals(sizes.toSorted((a, b) => b - a), sizes.map((_, i) => i < wide ? 13 : 10));
  assertEquals(numbers(root)[0].at(-1), "119");
});

Deno.test("landscapeChart() names only the global minimum, and those where walks end, among many", () => {
  const wavy = (x: number) => x * x / 15 + Math.sin(2 * x);
  const options = { ...axes, domain: [-7, 8] as const, walks: [{ label: "η", points: [1.4, 2.29] }] };
  const chart = landscapeChart(wavy, options), said = texts(assertReadable(chart.toSVG()));
  assertEquals(said.filter((text) => text === "local minimum").length, 1);
  assertEquals(said.filter((text) => text === "global minimum").length, 1);
  assertEquals(chart.title, "η gets stuck in a local minimum");
});

Deno.test("landscapeChart() rests the first walk on the curve and hangs the second below it", () => {
  const root = read(two);
  const heights = marks(root, "balls").map(({ children }) => +children[0].attributes.cy);
  assert(heights[0] < heights[1], heights.join());
  const fills = marks(root, "balls").map(({ attributes }) => attributes.fill);
  assert(fills[0] !== fills[1]);
});

Deno.test("landscapeChart() joins long steps by arrows, and draws tiny ones as dots", () => {
  const jump = read({ ...axes, walks: [{ label: "", points: [-1.8, 2.5, -1.5] }] });
  assertEquals(marks(jump, "jump").flatMap(all).filter(({ name }) => name === "path").length, 2);
  const first = marks(jump, "jump")[0].children[0];
  const line = corners(first).slice(0, -4).map(([x]) => x);
  assert(line[0] < line.at(-1)!, "the arrow points to the right");
  const creep = read({
    ...axes,
    walks: [{ label: "", points: Array.from({ length: 30 }, (_, i) => -1.8 + i / 300) }],
  });
  assertEquals(marks(creep, "jump").length, 0);
  assert(all(marks(creep, "small steps")[0]).length >= 25);
  assertEquals(numbers(creep)[0].at(-1), "29");
});

Deno.test("landscapeChart() states how each walk ends", () => {
  const title = (points: number[], f = loss) =>
    landscapeChart(f, { ...axes, walks: [{ label: "η", points }] }).title;
  assertEquals(
    landscapeChart(loss, two).title,
    "η = 0.05 gets stuck in the local minimum; η = 0.3 reaches the global minimum",
  );
  assertEquals(title(walk(0.5, 0.01, 3)), "η is still on its way, at loss −0.316");
  assertEquals(title([-1.5, 1.5, -1.5, 1.5], (w) => w * w), "η jumps to and fro");
  assertEquals(title([-1.5, 1.5, -10]), "η leaves the picture");
  assertEquals(title(walk(1, 0.3, 30, (w) => 2 * w), (w) => w * w), "η reaches the minimum");
});

Deno.test("landscapeChart() leaves balls outside away, and says at which step the walk leaves", () => {
  const chart = landscapeChart(loss, { ...axes, walks: [{ label: "η = 2", points: [-1.5, 2.5, -9] }] });
  assertStringIncludes(chart.alternative, "η = 2 leaves the picture at step 2.");
  assertEquals(numbers(assertReadable(chart.toSVG())), [["0", "1"]]);
});

Deno.test("landscapeChart() takes marks instead of the minima it finds", () => {
  const root = read({ ...axes, marks: [{ x: 0, label: "saddle" }] });
  assert(texts(root).includes("saddle") && !texts(root).includes("local minimum"));
});

Deno.test("landscapeChart() tells landscape and walks in words", () => {
  assertEquals(
    landscapeChart(loss, { ...axes, walks: [{ label: "η = 0.35", points: [-1.7, -0.5] }] }).alternative,
    "Landscape of loss against w, from −2 to 3. η = 0.35 is still on its way, at loss −0.193. local minimum at −1: " +
      "−0.417. global minimum at 2: −2.67. η = 0.35: 1 step from −1.7 to −0.5, loss from 0.836 to −0.193.",
  );
});

Deno.test("landscapeChart() keeps labels apart and inside, also at the width of a telephone", () => {
  const bowl = (w: number) => w * w;
  const charts = [
    landscapeChart(loss, two),
    landscapeChart(bowl, {
      ...axes,
      domain: [-3, 3],
      walks: [
        { label: "η = 0.95", points: walk(-2.5, 0.95, 6, (w) => 2 * w) },
        { label: "η = 0.3", points: walk(-2.5, 0.3, 6, (w) => 2 * w) },
      ],
    }),
  ];
  for (const chart of charts) {
    for (const width of [680, 600, 390]) {
      const root = assertReadable(chart.resized(width).toSVG());
      assertLabelsApart(root);
    }
  }
});

Deno.test("landscapeChart() is drawn again as it was, even if its function has changed since", () => {
  let shift = 0;
  const chart = landscapeChart((w) => loss(w + shift), two);
  const before = chart.resized(400).toSVG();
  shift = 1;
  assertEquals(chart.resized(400).toSVG(), before);
  assertEquals(chart.resized(600).toSVG(), chart.toSVG());
});

Deno.test("landscapeChart() says what to do with what it cannot draw", () => {
  const fails = (f: unknown, options: unknown, says: string) =>
    assertThrows(
      () => landscapeChart(f as typeof loss, options as LandscapeChartOptions),
      ChartDataError,
      says,
    );
  fails("x", axes, "expects a function (x) => number first, got string");
  fails(
    loss,
    { ...axes, domain: [3, -2] },
    "domain to be [least, greatest], two finite numbers, got [3, -2]",
  );
  fails(loss, { ...axes, walks: [{ label: "a", points: [] }] }, 'the walk "a": expected points: [x0, x1, …]');
  fails(() => NaN, axes, "nowhere a finite number between -2 and 3");
});
