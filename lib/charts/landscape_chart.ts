import * as Plot from "@observablehq/plot";
import { Chart } from "./chart.ts";
import { plotBody } from "./dom.ts";
import { ChartDataError, checkLabels, checkSteps } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { bareName, paragraph, plural, sentence } from "./format.ts";
import { axesMarks, type Frame, frameOptions, makeFrame } from "./frame.ts";
import { labelMarks, LabelSpace, PIXELS } from "./labels.ts";
import { type Landscape, survey, type Valley, walkInWords } from "./landscape.ts";
import { type Ball, drawBalls, drawSteps, jumpsOf, placeBalls } from "./landscape_walk.ts";
import { palette } from "./palette.ts";
import {
  checkAll,
  checkInterval,
  type Names,
  readOptions,
  SIZED,
  type SizedChartOptions,
  WALK,
} from "./read.ts";
import { finiteExtent, seriesLook, visibleParts, type XY } from "./series.ts";

/** Options of {@link landscapeChart}. */
export interface LandscapeChartOptions extends SizedChartOptions {
  /** Least and greatest x */
  domain: readonly [number, number];
  /** Walks of a ball, each with the x of every step, the start first */
  walks?: readonly { label: string; points: readonly number[] }[];
  /** Places on the curve (default: every minimum, called local or global) */
  marks?: readonly { x: number; label: string }[];
  /** Name of the horizontal axis, e.g. `"w"` */
  xLabel: string;
  /** Name of the vertical axis, e.g. `"loss"` */
  yLabel: string;
  /** Ends of the vertical axis (default: all of the curve) */
  yRange?: readonly [number, number];
}

const OPTIONS: Names<LandscapeChartOptions> = {
  ...SIZED,
  domain: 1,
  walks: 1,
  marks: 1,
  xLabel: 1,
  yLabel: 1,
  yRange: 1,
};

type Walk = NonNullable<LandscapeChartOptions["walks"]>[number];

/**
 * Draws a loss landscape with one parameter, and balls that walk in it: the number in a ball is its step.
 *
 * The first walk runs on top of the curve, the second below it. Small steps are dots without a number.
 *
 * @param f Height at x
 * @throws {ChartDataError} If domain is no interval, a walk has no points, or f is nowhere finite
 *
 * @example
 * ```ts
 * import { landscapeChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const loss = (w: number) => w ** 4 / 4 - w ** 3 / 3 - w ** 2; // minima at −1 (local) and 2 (global)
 * const slope = (w: number) => w ** 3 - w ** 2 - 2 * w;
 * const walk = [-1.6];
 * for (let step = 0; step < 8; step++) walk.push(walk.at(-1)! - 0.1 * slope(walk.at(-1)!));
 * const chart = landscapeChart(loss, {
 *   domain: [-2, 3],
 *   walks: [{ label: "η = 0.1", points: walk }],
 *   xLabel: "w",
 *   yLabel: "loss",
 * });
 * assertEquals(chart.title, "η = 0.1 gets stuck in the local minimum");
 * ```
 */
export function landscapeChart(f: (x: number) => number, given: LandscapeChartOptions): Chart {
  const options = readOptions("landscapeChart", given, OPTIONS, ["xLabel", "yLabel"]);
  check(f, options);
  return draw(survey(f, options), options);
}

function draw(landscape: Landscape, options: LandscapeChartOptions): Chart {
  const { height: f, curve, valleys } = landscape;
  const { domain, walks = [], xLabel, yLabel, width = 600, height = 340 } = options;
  const marks = options.marks ?? named(valleys, options);
  const range = options.yRange ?? finiteExtent([...curve.map(({ y }) => y)]);
  if (range === undefined) {
    throw new ChartDataError(
      `landscapeChart() has nothing to draw: f(x) is nowhere a finite number between ${domain[0]} and ${
        domain[1]
      }.`,
    );
  }
  const [low, high] = range, room = (high - low) * 0.08;
  const frame = makeFrame({
    x: { label: xLabel, range: domain, exact: true },
    // Balls that lie below the curve need room there.
    y: {
      label: yLabel,
      range: options.yRange ?? [low - (walks.length > 1 ? 1.6 * room : room / 2), high + room / 2],
      exact: true,
    },
    width,
    height,
  });
  const line = visibleParts(curve, frame.y.domain);
  const balls = placeBalls(f, walks.map(({ points }) => points), frame);
  const marked = marks.map(({ x, label }) => ({ at: { x: frame.px(x), y: frame.py(f(x)) }, label }))
    .filter(({ at }) => Number.isFinite(at.y) && at.x >= frame.left && at.x <= frame.right);

  const { names, startLabels, markLabels } = placeLabels(frame, line, balls, walks, marked);
  const body = plotBody({
    ...frameOptions(frame),
    marks: [
      ...axesMarks(frame),
      ...groundMarks(line, marked),
      ...balls.flatMap((some, i) => drawSteps(some, seriesLook(i), i)),
      ...balls.flatMap((some, i) => drawBalls(some, seriesLook(i))),
      ...labelMarks(markLabels, "mark label"),
      ...labelMarks(startLabels, "start label"),
      ...labelMarks(names, "walk name"),
    ],
  });
  const title = options.title ?? finding(landscape, options);
  const subtitle = options.subtitle ?? leaving(walks, domain);
  return new Chart({
    title,
    subtitle,
    alternative: paragraph(
      `Landscape of ${yLabel} against ${xLabel}, from ${formatNumber(domain[0])} to ${
        formatNumber(domain[1])
      }.`,
      sentence(title),
      ...marks.map(({ x, label }) => `${label || "minimum"} at ${formatNumber(x)}: ${formatNumber(f(x))}.`),
      ...walks.map(({ label, points }) =>
        `${label || "Walk"}: ${plural(points.length - 1, "step")} from ${formatNumber(points[0])} to ` +
        `${formatNumber(points.at(-1)!)}, ${bareName(yLabel)} from ${formatNumber(f(points[0]))} to ` +
        `${formatNumber(f(points.at(-1)!))}.`
      ),
      subtitle,
    ),
    width,
    height,
    body,
    redraw: (width, height = options.height) => draw(landscape, { ...options, width, height }),
  });
}

/** The curve, and the marked places on it. */
function groundMarks(line: XY[][], marked: readonly { at: XY }[]): Plot.Markish[] {
  return [
    ...line.map((part) =>
      Plot.line(part, {
        x: "x",
        y: "y",
        stroke: palette.reference,
        strokeWidth: 2.6,
        ariaDescription: "landscape",
      })
    ),
    Plot.dot(marked.map(({ at }) => at), {
      ...PIXELS,
      symbol: "diamond",
      fill: palette.text,
      r: 5,
      ariaDescription: "marked places",
    }),
  ];
}

/** Places for the names of walks, their starts, and the marks. */
function placeLabels(
  frame: Frame,
  line: XY[][],
  balls: Ball[][],
  walks: readonly Walk[],
  marked: readonly { at: XY; label: string }[],
) {
  const space = new LabelSpace({
    x: frame.left + 4,
    y: frame.top - 8,
    width: frame.right - frame.left - 4,
    height: frame.bottom - frame.top + 4,
  });
  for (const part of line) space.trace(part.map(({ x, y }) => ({ x: frame.px(x), y: frame.py(y) })));
  for (const ball of balls.flat()) space.takeDot(ball.at, ball.big ? 11 : 4);
  balls.forEach((some, i) => jumpsOf(some, i).forEach(({ line }) => space.trace(line)));
  for (const { at } of marked) space.takeDot(at, 5);
  const names = balls.flatMap((some, i) => {
    const last = some.at(-1);
    if (last === undefined || walks[i].label === "") return [];
    return [space.place(walks[i].label, last.at, { fill: seriesLook(i).text, bold: true, distance: 14 })];
  });
  const starts = new Set<number>();
  const startLabels = balls.flatMap(([first], i) => {
    if (first === undefined || first.step !== 0 || starts.has(walks[i].points[0])) return [];
    starts.add(walks[i].points[0]);
    return [space.place("start", first.at, { distance: 13 })];
  });
  const markLabels = marked.filter(({ label }) => label !== "").map(({ at, label }) =>
    space.place(label, at, { distance: 9, sides: ["s", "se", "sw", "n", "ne", "nw", "e", "w"] })
  );
  return { names, startLabels, markLabels };
}

/** What the walks do; without one, where the least place is. */
function finding(
  { height, valleys }: Landscape,
  { walks = [], domain, xLabel, yLabel }: LandscapeChartOptions,
) {
  return walks.length === 0
    ? shape(valleys, yLabel, xLabel)
    : walks.map(({ label, points }) => walkInWords(label, height, points, domain, valleys, yLabel)).join(
      "; ",
    );
}

/** Which walks leave the picture, and when. */
function leaving(walks: readonly Walk[], [from, to]: readonly [number, number]): string {
  return walks.flatMap(({ label, points }) => {
    const step = points.findIndex((x) => !(x >= from && x <= to));
    return step === -1 ? [] : [`${label || "The ball"} leaves the picture at step ${step}.`];
  }).join(" ");
}

/** Where minima are many, only the global one and those in which walks end are named. */
function named(valleys: readonly Valley[], { walks = [], domain }: LandscapeChartOptions) {
  const isEnd = ({ x }: Valley) =>
    walks.some(({ points }) => Math.abs(points.at(-1)! - x) < 0.025 * (domain[1] - domain[0]));
  const globals = valleys.filter(({ isGlobal }) => isGlobal).length;
  return valleys.map((valley) => ({
    x: valley.x,
    label: valleys.length <= 3 || (valley.isGlobal && globals <= 3) || isEnd(valley) ? valley.label : "",
  }));
}

function shape(valleys: readonly Valley[], yLabel: string, xLabel: string): string {
  const global = valleys.find(({ isGlobal }) => isGlobal);
  if (global === undefined) return `The ${bareName(yLabel)} has no minimum here`;
  const others = valleys.length - 1;
  return `The ${bareName(yLabel)} is least at ${bareName(xLabel)} = ${formatNumber(global.x)}` +
    (others === 0
      ? ""
      : `; ${others === 1 ? "one other minimum is" : `${others} other minima are`} only local`);
}

function check(f: unknown, { domain, yRange, walks = [], marks = [] }: LandscapeChartOptions) {
  checkAll("landscapeChart", "walk", walks, WALK);
  checkAll("landscapeChart", "mark", marks, { x: 1, label: 1 });
  checkLabels("landscapeChart", [...walks, ...marks]);
  if (typeof f !== "function") {
    throw new ChartDataError(`landscapeChart() expects a function (x) => number first, got ${typeof f}.`);
  }
  checkInterval("landscapeChart", "domain", domain);
  if (yRange !== undefined) checkInterval("landscapeChart", "yRange", yRange);
  for (const { label, points } of walks) {
    if (!Array.isArray(points) || points.length === 0 || points.some((x) => typeof x !== "number")) {
      throw new ChartDataError(
        `landscapeChart() cannot draw the walk "${label}": expected points: [x0, x1, …], at least one number.`,
      );
    }
  }
  checkSteps("landscapeChart", walks, 5000);
}
