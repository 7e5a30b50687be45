import { Chart } from "./chart.ts";
import { ChartDataError, checkLabels } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { paragraph, plural, sentence } from "./format.ts";
import {
  checkAll,
  checkInterval,
  type Names,
  PLACE,
  readOptions,
  SIZED,
  type SizedChartOptions,
} from "./read.ts";
import { finiteExtent, type XY } from "./series.ts";
import { type ChartMark, type ChartPoint, xyBody } from "./xy_plot.ts";

/** A curve of {@link functionChart}: a function, or points that are joined. */
export type FunctionCurve =
  & {
    /** Name, written at the end of the curve */
    label: string;
  }
  & (
    | {
      /** y for an x; where it is NaN or infinite, the curve has a gap */
      f: (x: number) => number;
    }
    | {
      /** Corners of the curve, in any order */
      points: readonly { x: number; y: number }[];
    }
  );

/** Options of {@link functionChart}. */
export interface FunctionChartOptions extends SizedChartOptions {
  /** Least and greatest x */
  domain: readonly [number, number];
  /** Name of the horizontal axis, with its unit */
  xLabel: string;
  /** Name of the vertical axis, with its unit */
  yLabel: string;
  /** Ends of the vertical axis; a curve that leaves them is cut off there (default: all of every curve) */
  yRange?: readonly [number, number];
  /** Dots on top, e.g. the data of a regression */
  points?: readonly ChartPoint[];
  /** Places to point out */
  marks?: readonly ChartMark[];
}

const OPTIONS: Names<FunctionChartOptions> = {
  ...SIZED,
  domain: 1,
  xLabel: 1,
  yLabel: 1,
  yRange: 1,
  points: 1,
  marks: 1,
};

/** Values of x at which a function is asked for y. */
const SAMPLES = 300;

/**
 * Draws functions of one number over an interval, each named where it ends: a loss against the prediction,
 * activations and their slopes, a fit through points.
 *
 * Without `yRange`, a curve that goes to infinity (−ln p near 0) is cut off where it would make everything else flat.
 *
 * @param curves Functions, sampled at 301 values of x, or points
 * @throws {ChartDataError} If there is nothing to draw, or an interval is none
 *
 * @example
 * ```ts
 * import { functionChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = functionChart([{ label: "(1 − p)²", f: (p) => (1 - p) ** 2 }], {
 *   domain: [0, 1],
 *   xLabel: "prediction p",
 *   yLabel: "loss",
 * });
 * assertEquals(chart.title, "(1 − p)² falls from 1 to 0");
 * ```
 */
export function functionChart(curves: readonly FunctionCurve[], given: FunctionChartOptions): Chart {
  const options = readOptions("functionChart", given, OPTIONS, ["xLabel", "yLabel"]);
  const { domain, xLabel, yLabel, points = [], marks = [], width = 600, height = 340 } = options;
  checkAll("functionChart", "point", points, PLACE);
  checkAll("functionChart", "mark", marks, PLACE);
  checkInterval("functionChart", "domain", domain);
  if (options.yRange !== undefined) checkInterval("functionChart", "yRange", options.yRange);
  if (!Array.isArray(curves) || curves.length + points.length === 0) {
    throw new ChartDataError(
      "functionChart() has nothing to draw. Call functionChart([{ label, f: (x) => … }], { domain: [a, b], xLabel, yLabel }).",
    );
  }
  checkAll("functionChart", "curve", curves, { label: 1, f: 1, points: 1 });
  checkLabels("functionChart", [...curves, ...points, ...marks]);
  const sampled = curves.map((curve, i) => ({
    label: String(curve.label ?? ""),
    points: sample(curve, i, domain),
  }));
  const values = [
    ...sampled.map((curve) => curve.points),
    points,
    marks.filter((mark) => mark.x !== undefined),
  ]
    .map((some) => some.map(({ y }) => y ?? NaN));
  const range = options.yRange ?? fittingRange(values);
  if (range === undefined) {
    throw new ChartDataError(
      `functionChart() has nothing to draw: no curve has a finite value between ${domain[0]} and ${
        domain[1]
      }.`,
    );
  }
  const title = options.title ?? finding(sampled, points.length, xLabel);
  return new Chart({
    title,
    subtitle: options.subtitle,
    alternative: alternative(title, options, sampled),
    width,
    height,
    // From what was sampled now: a function may change, as a model does that is trained on.
    redraw: (width, height = options.height) => functionChart(sampled, { ...options, width, height }),
    body: xyBody({
      x: { label: xLabel, range: domain, exact: true },
      y: { label: yLabel, range, exact: options.yRange !== undefined },
      curves: sampled,
      points: points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)),
      marks,
      width,
      height,
    }),
  });
}

function sample(curve: FunctionCurve, index: number, [a, b]: readonly [number, number]): XY[] {
  if ("f" in curve && typeof curve.f === "function") {
    return Array.from({ length: SAMPLES + 1 }, (_, i) => {
      // The same x from both ends, so that a symmetrical curve looks it, and 0 is 0.
      const x = i === SAMPLES ? b : a + (b - a) * i / SAMPLES;
      const y = curve.f(Math.abs(x) < (b - a) * 1e-12 ? 0 : x);
      return { x, y: typeof y === "number" ? y : NaN };
    });
  }
  if ("points" in curve && Array.isArray(curve.points)) {
    return curve.points.filter(({ x }) => Number.isFinite(x)).toSorted((p, q) => p.x - q.x);
  }
  throw new ChartDataError(
    `functionChart() cannot draw curve ${index}: expected { label, f: (x) => number } or { label, points: [{ x, y }, …] }.`,
  );
}

/**
 * The range of all values; but where a curve goes to infinity and the last steps of it are far outside of what all the
 * others need, only what these need: the rise at a pole should not press the rest flat.
 */
function fittingRange(curves: readonly (readonly number[])[]): readonly [number, number] | undefined {
  const all = finiteExtent(curves.flat());
  if (all === undefined || !curves.flat().some((y) => Math.abs(y) === Infinity)) return all;
  const core = curves.flatMap((values) => {
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    const cut = Math.floor(sorted.length * 0.08);
    return sorted.slice(cut, sorted.length - cut);
  });
  const [low, high] = finiteExtent(core)!;
  const room = (high - low) * 1.2;
  return [
    all[0] < low - 4 * room ? low - room / 4 : all[0],
    all[1] > high + 4 * room ? high + room / 4 : all[1],
  ];
}

/** What a curve does: rises, falls, stays, or where it turns. */
function inWords({ label, points }: { label: string; points: readonly XY[] }): string {
  const seen = points.filter(({ y }) => Number.isFinite(y));
  const name = label || "The curve";
  const ends = [points[0], points.at(-1)!].map((end) =>
    end && Math.abs(end.y) === Infinity ? end.y : undefined
  );
  if (seen.length === 0) return `${name} has no finite value here`;
  const [low, high] = finiteExtent(seen.map(({ y }) => y))!;
  const round = (y: number) => formatNumber(Math.abs(y) < (high - low) * 1e-9 ? 0 : y);
  const [first, last] = [seen[0], seen.at(-1)!];
  if (low === high) return `${name} is ${round(low)} everywhere`;
  const slack = (high - low) * 0.005;
  const [start, end] = [ends[0] ?? first.y, ends[1] ?? last.y];
  if (Math.min(start, end) <= low + slack && Math.max(start, end) >= high - slack) {
    return `${name} ${end < start ? "falls" : "rises"} from ${round(start)} to ${round(end)}`;
  }
  const turn = (value: number) => seen.filter(({ y }) => Math.abs(y - value) <= (high - low) * 1e-9);
  const lowInside = Math.min(start, end) > low + slack;
  const at = turn(lowInside ? low : high);
  const place = at.length === 1 ? ` at ${formatNumber(at[0].x)}` : "";
  return `${name} is ${lowInside ? "least" : "greatest"}${place}: ${round(lowInside ? low : high)}`;
}

/** One curve: what it does. Two: what both do. More: which is where at the right end. */
function finding(
  curves: readonly { label: string; points: readonly XY[] }[],
  count: number,
  xLabel: string,
): string {
  if (curves.length === 0) return plural(count, "point");
  if (curves.length <= 2) return curves.map(inWords).join("; ");
  const ends = curves.map(({ label, points }) => ({ label, end: points.at(-1) ?? { x: NaN, y: NaN } }))
    .filter(({ end }) => Number.isFinite(end.y)).sort((a, b) => b.end.y - a.end.y);
  if (ends.length < 2) return inWords(curves[0]);
  const [most, least] = [ends[0], ends.at(-1)!];
  return `At ${xLabel} = ${formatNumber(most.end.x)}, ${most.label} is greatest (${
    formatNumber(most.end.y)
  }) and ` +
    `${least.label} least (${formatNumber(least.end.y)})`;
}

function alternative(
  title: string,
  { domain: [a, b], xLabel, yLabel, points = [], marks = [], subtitle = "" }: FunctionChartOptions,
  curves: readonly { label: string; points: readonly XY[] }[],
): string {
  const named = [...points, ...marks].flatMap(({ label }) => label ? [label] : []);
  return paragraph(
    `Line chart of ${yLabel} against ${xLabel}, from ${formatNumber(a)} to ${formatNumber(b)}.`,
    sentence(title),
    ...curves.map((curve) => sentence(inWords(curve))).filter((words) => !title.includes(words.slice(0, -1))),
    points.length > 0 && curves.length > 0 ? `${plural(points.length, "point")} on top.` : "",
    named.length > 0 ? `Marked: ${named.join("; ")}.` : "",
    sentence(subtitle),
  );
}
