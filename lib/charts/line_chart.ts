import { isDrawable } from "./axes.ts";
import { Chart } from "./chart.ts";
import { ChartDataError, checkLabels } from "./errors.ts";
import { plural } from "./format.ts";
import { lineAlternative, lineFinding, type Lines } from "./line_text.ts";
import { checkAll, checkFields, checkInterval, type Names, PLACE, readOptions, REFERENCE } from "./read.ts";
import { finiteExtent } from "./series.ts";
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
export interface LineChartOptions {
  /** Name of the horizontal axis, with its unit */
  xLabel: string;
  /** Name of the vertical axis, with its unit */
  yLabel: string;
  /** Logarithmic horizontal axis (default `false`) */
  logX?: boolean;
  /** Logarithmic vertical axis (default `false`) */
  logY?: boolean;
  /** Instead of the generated finding */
  title?: string;
  /** Instead of the generated one, about rows left out; `""` for none */
  subtitle?: string;
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
  /** Pixels (default 600) */
  width?: number;
  /** Pixels of the plot, without title (default 340) */
  height?: number;
}

const ROW: Names<LineRow> = { x: 1, y: 1, series: 1 };
const OPTIONS: Names<LineChartOptions> = {
  xLabel: 1,
  yLabel: 1,
  logX: 1,
  logY: 1,
  title: 1,
  subtitle: 1,
  yRange: 1,
  better: 1,
  reference: 1,
  marks: 1,
  dots: 1,
  width: 1,
  height: 1,
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
  const noLog = new Map<string, number>(), notFinite = new Map<string, number>();
  const tooLarge = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
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
    if (!Number.isFinite(x) || !Number.isFinite(y)) return count(notFinite, key);
    if (!isDrawable(x) || !isDrawable(y)) return count(tooLarge, key);
    if ((logX && x <= 0) || (logY && y <= 0)) return count(noLog, key);
    if (!series.has(key)) series.set(key, []);
    series.get(key)!.push({ x, y });
  });
  const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (series.size === 0) {
    throw new ChartDataError(
      total(tooLarge) > 0
        ? `lineChart() has nothing to draw: all ${
          plural(rows.length, "row")
        } are NaN, infinite or beyond ±10³⁰⁰.`
        : total(notFinite) > 0
        ? `lineChart() has nothing to draw: all ${plural(rows.length, "row")} are NaN or infinite.`
        : "lineChart() has nothing to draw on a log axis: no value is above 0. Leave out logX and logY.",
    );
  }
  for (const points of series.values()) points.sort((a, b) => a.x - b.x);
  const of = (counts: Map<string, number>) => {
    const names = [...counts.keys()].filter((name) => name !== "");
    return names.length === 0 ? "" : ` (${names.join(", ")})`;
  };
  const leftOut = [
    total(notFinite) > 0 && `${plural(total(notFinite), "row")} left out${of(notFinite)}: NaN or infinite.`,
    total(tooLarge) > 0 && `${plural(total(tooLarge), "row")} left out${of(tooLarge)}: beyond ±10³⁰⁰.`,
    total(noLog) > 0 &&
    `${plural(total(noLog), "row")} left out${of(noLog)}: not above 0, so without a place on a log axis.`,
  ].filter((words) => words !== false).join(" ");
  return { series, leftOut };
}
