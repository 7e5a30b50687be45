import { Chart } from "./chart.ts";
import { ChartDataError, checkLabels } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { bareName, capital, paragraph, plural, sentence } from "./format.ts";
import { LeftOut } from "./left_out.ts";
import {
  checkAll,
  checkFields,
  checkInterval,
  type Names,
  PLACE,
  readOptions,
  REFERENCE,
  SIZED,
  type SizedChartOptions,
} from "./read.ts";
import { finiteExtent, type XY } from "./series.ts";
import { type ChartMark, type Curve, xyBody } from "./xy_plot.ts";

/** A row of {@link lineChart}. */
export interface LineRow {
  /** Where, on the horizontal axis */
  x: number;
  /** Where, on the vertical axis */
  y: number;
  /** Which line it belongs to; rows without one are one line */
  series?: string;
}

/** Options of {@link lineChart}. */
export interface LineChartOptions extends SizedChartOptions {
  /** Name of the horizontal axis, with its unit */
  xLabel: string;
  /** Name of the vertical axis, with its unit */
  yLabel: string;
  /** Logarithmic horizontal axis (default `false`) */
  logX?: boolean;
  /** Logarithmic vertical axis (default `false`) */
  logY?: boolean;
  /** Ends of the vertical axis (default: round numbers around the rows, from zero) */
  yRange?: readonly [number, number];
  /** Which way is good: the title names the best (default `"lower"`) */
  better?: "lower" | "higher";
  /** A value to compare with, as a dashed line */
  reference?: { value: number; label: string };
  /** Places to point out */
  marks?: readonly ChartMark[];
  /** Draws each row as a dot, too (default: while a line has at most 40 rows) */
  dots?: boolean;
}

const ROW: Names<LineRow> = { x: 1, y: 1, series: 1 };
const OPTIONS: Names<LineChartOptions> = {
  ...SIZED,
  xLabel: 1,
  yLabel: 1,
  logX: 1,
  logY: 1,
  yRange: 1,
  better: 1,
  reference: 1,
  marks: 1,
  dots: 1,
};

/** Above so many rows, dots would hide the line. */
const MOST_DOTS = 40;

/**
 * Draws one or several lines, each named where it ends: a sweep of learning rates, schedules, the noise of a gradient
 * against the batch size, gradient norms by depth, cost against N.
 *
 * Rows that are NaN, infinite, or not above 0 on a logarithmic axis are left out, and the chart says so.
 *
 * @param rows `{ x, y, series? }`, in any order
 * @throws {ChartDataError} If a row has no numbers, or there is nothing to draw
 *
 * @example
 * ```ts
 * import { lineChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const sweep = [{ x: 1e-3, y: 1.5 }, { x: 1e-2, y: 0.3 }, { x: 1e-1, y: 0.09 }, { x: 1, y: NaN }];
 * const chart = lineChart(sweep, { xLabel: "learning rate", yLabel: "loss (nats)", logX: true });
 * assertEquals(chart.title, "Loss falls from 1.5 to 0.09");
 * ```
 */
export function lineChart(rows: readonly LineRow[], given: LineChartOptions): Chart {
  const options = readOptions("lineChart", given, OPTIONS, ["xLabel", "yLabel"]);
  const { xLabel, yLabel, logX = false, logY = false, reference, marks = [], width = 600, height = 340 } =
    options;
  const { series, leftOut } = readRows(rows, options);
  checkAll("lineChart", "mark", marks, PLACE);
  if (reference !== undefined) checkFields("lineChart", "the reference", reference, REFERENCE);
  if (options.yRange !== undefined) checkInterval("lineChart", "yRange", options.yRange);
  const kept = rows.map(({ x, y, series }) => ({ x, y, series }));
  const all = [...series.values()].flat();
  const also = [...marks, ...(reference ? [{ y: reference.value, label: reference.label }] : [])];
  const place = (values: (number | undefined)[], log: boolean) =>
    finiteExtent(values.filter((value) => value !== undefined && (!log || value > 0)) as number[])!;
  const y = options.yRange ?? place([...all, ...also].map((point) => point.y), logY);
  const x = place([...all, ...marks].map((point) => point.x), logX);
  const names = [...series.keys()];
  checkLabels("lineChart", [...names.map((label) => ({ label })), ...marks]);
  const curves: Curve[] = names.map((name) => {
    const points = series.get(name)!;
    return { label: name, points, dots: options.dots ?? points.length <= MOST_DOTS };
  });
  const title = options.title ?? lineFinding(series, options);
  const subtitle = options.subtitle ?? leftOut;
  return new Chart({
    title,
    subtitle,
    alternative: lineAlternative(title, subtitle, series, options),
    width,
    height,
    redraw: (width, height = options.height) => lineChart(kept, { ...options, width, height }),
    body: xyBody({
      x: { label: xLabel + (logX ? " — log axis" : ""), range: x, log: logX, exact: x[0] < x[1] },
      y: {
        label: yLabel + (logY ? " — log axis" : ""),
        range: y,
        log: logY,
        fromZero: true,
        exact: options.yRange !== undefined,
      },
      curves,
      marks: also,
      width,
      height,
    }),
  });
}

function readRows(
  rows: readonly LineRow[],
  { logX, logY }: LineChartOptions,
): { series: Lines; leftOut: string } {
  const example = "lineChart([{ x, y, series }, …], { xLabel, yLabel })";
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new ChartDataError(`lineChart() has no rows to draw. Call ${example}.`);
  }
  checkAll("lineChart", "row", rows, ROW);
  const series: Lines = new Map();
  const leftOut = new LeftOut("row");
  rows.forEach((row, index) => {
    const { x, y, series: name = "" } = row ?? {};
    if (typeof x !== "number" || typeof y !== "number") {
      const [axis, got] = typeof x !== "number" ? ["x", x] : ["y", y];
      throw new ChartDataError(
        `lineChart() cannot place row ${index}: its ${axis} should be a number, got ${
          String(got)
        }. Call ${example}.`,
      );
    }
    const key = String(name);
    if (leftOut.counts([x, y], [...(logX ? [x] : []), ...(logY ? [y] : [])], key)) return;
    if (!series.has(key)) series.set(key, []);
    series.get(key)!.push({ x, y });
  });
  if (series.size === 0) {
    const reason = leftOut.reason;
    throw new ChartDataError(
      reason === undefined
        ? "lineChart() has nothing to draw on a log axis: no value is above 0. Leave out logX and logY."
        : `lineChart() has nothing to draw: ${reason}`,
    );
  }
  for (const points of series.values()) points.sort((a, b) => a.x - b.x);
  return { series, leftOut: leftOut.inWords() };
}

/** The points of each line, by its name. */
type Lines = Map<string, XY[]>;

function best(points: readonly XY[], better: "lower" | "higher"): XY {
  return points.reduce((best, point) =>
    (better === "lower" ? point.y < best.y : point.y > best.y) ? point : best
  );
}

/** One line: how it goes. Several: the best of them, and where. */
function lineFinding(series: Lines, { xLabel, yLabel, better = "lower" }: LineChartOptions): string {
  const name = bareName(yLabel);
  if (series.size === 1) {
    const plural = /[^s]s$/.test(name);
    return `${capital(name)} ${course([...series.values()][0], xLabel, better, plural)}`;
  }
  const word = better === "lower" ? "Lowest" : "Highest";
  const Name = capital(name);
  const [winner, at] = [...series].map(([label, points]) => [label, best(points, better)] as const)
    .reduce((a, b) => (better === "lower" ? b[1].y < a[1].y : b[1].y > a[1].y) ? b : a);
  const points = series.get(winner)!;
  if (at.y !== points[0].y && at.y !== points.at(-1)!.y) {
    return `${word} ${name}: ${formatNumber(at.y)}, with ${winner || "the line without a name"} at ` +
      `${bareName(xLabel)} ${formatNumber(at.x)}`;
  }
  const ends = [...series].map(([label, points]) => ({ label, end: points.at(-1)! }))
    .sort((a, b) => better === "lower" ? a.end.y - b.end.y : b.end.y - a.end.y);
  const [first, second] = [ends[0], ends.at(-1)!];
  const end = ({ label, end }: typeof first) =>
    `${formatNumber(end.y)} (${label || "without a name"}${
      end.x === first.end.x ? "" : `, at ${formatNumber(end.x)}`
    })`;
  return `${Name} at ${bareName(xLabel)} ${formatNumber(first.end.x)}: ${end(first)} to ${end(second)}`;
}

/** "falls from 1.5 to 0.09", or where it is best if that is in between. */
function course(points: readonly XY[], xLabel: string, better: "lower" | "higher", many: boolean): string {
  const [is, s] = many ? ["are", ""] : ["is", "s"];
  const [first, last] = [points[0], points.at(-1)!];
  const turn = best(points, better);
  if (points.length === 1) {
    return `${is} ${formatNumber(first.y)} at ${bareName(xLabel)} ${formatNumber(first.x)}`;
  }
  const other = best(points, better === "lower" ? "higher" : "lower");
  const ends = (point: XY) => point.y === first.y || point.y === last.y;
  if (first.y === last.y && turn.y === other.y) return `stay${s} at ${formatNumber(first.y)}`;
  if (ends(turn) && ends(other)) {
    return `${last.y < first.y ? `fall${s}` : `rise${s}`} from ${formatNumber(first.y)} to ${
      formatNumber(last.y)
    }`;
  }
  const [point, word] = !ends(turn)
    ? [turn, better === "lower" ? "lowest" : "highest"]
    : [other, better === "lower" ? "highest" : "lowest"];
  return `${is} ${word}, ${formatNumber(point.y)}, at ${bareName(xLabel)} ${formatNumber(point.x)}`;
}

/** The chart in words. */
function lineAlternative(
  title: string,
  subtitle: string,
  series: Lines,
  options: LineChartOptions,
): string {
  const { xLabel, yLabel, logX, logY, better = "lower", reference, marks = [] } = options;
  const on = (log?: boolean) => log ? " (log axis)" : "";
  const lines = [...series].map(([label, points]) => {
    const [first, last] = [points[0], points.at(-1)!];
    const at = ({ x, y }: XY) => `${formatNumber(y)} at ${formatNumber(x)}`;
    const name = label || "The line";
    if (points.length === 1) return `${name}: 1 point, ${at(first)}.`;
    return `${name}: ${plural(points.length, "point")}, from ${at(first)} to ${at(last)}, ` +
      `${better === "lower" ? "lowest" : "highest"} ${at(best(points, better))}.`;
  });
  const named = marks.flatMap(({ label }) => label ? [label] : []);
  return paragraph(
    `Line chart of ${yLabel}${on(logY)} against ${xLabel}${on(logX)}.`,
    sentence(title),
    ...lines,
    reference ? `Dashed line: ${reference.label}.` : "",
    named.length > 0 ? `Marked: ${named.join("; ")}.` : "",
    subtitle,
  );
}
