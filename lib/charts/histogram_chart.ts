import { areSame, niceStep, readEnds } from "./axes.ts";
import { Chart } from "./chart.ts";
import { ChartDataError } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { capital, paragraph, plural, sentence } from "./format.ts";
import { histogramPanels, type Panel } from "./histogram_panels.ts";
import { type ChartOptions, checkAll, checkInterval, HEADING, type Names, readOptions } from "./read.ts";
import { finiteExtent } from "./series.ts";

/** Values of {@link histogramChart} that belong together. */
export interface HistogramGroup {
  /** Name, written above its panel */
  label: string;
  /** The values; `tensor.data` will do */
  values: ArrayLike<number>;
}

/** Options of {@link histogramChart}. */
export interface HistogramChartOptions extends ChartOptions {
  /** Name of the common axis, with its unit */
  xLabel: string;
  /** About how many bars over the whole axis (default 40) */
  bins?: number;
  /** Panels side by side (default: 1, or 2 for more than five groups) */
  columns?: number;
  /** Ends of the common axis; values outside count in the last bar at that end (default: all values) */
  range?: readonly [number, number];
  /** Pixels (default 600) */
  width?: number;
}

const OPTIONS: Names<HistogramChartOptions> = {
  ...HEADING,
  xLabel: 1,
  bins: 1,
  columns: 1,
  range: 1,
  width: 1,
};

/**
 * Draws how values are spread, one panel a group on a common axis: weights, activations or gradients, layer by layer.
 *
 * Bars show shares of the group's values, in percent. Each panel has a height of its own, so that a narrow group does
 * not press the others flat; its axis says what the height means. Zero is a dashed line.
 *
 * @param groups Names and values; NaN and infinite ones are left out, and the chart says so
 * @throws {ChartDataError} If there is no finite value to draw
 *
 * @example
 * ```ts
 * import { histogramChart, Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const layer = (label: string, scale: number) => ({ label, values: rng.randn([1000]).mul(scale).data });
 * const chart = histogramChart([layer("layer 1", 1), layer("layer 2", 0.1)], { xLabel: "activation" });
 * assertEquals(chart.title, "The spread falls from 0.979 (layer 1) to 0.0997 (layer 2)");
 * ```
 */
export function histogramChart(groups: readonly HistogramGroup[], given: HistogramChartOptions): Chart {
  const options = readOptions("histogramChart", given, OPTIONS, ["xLabel"]);
  const { xLabel, bins = 40, width = 600 } = options;
  if (!Array.isArray(groups) || groups.length === 0) {
    throw new ChartDataError(
      "histogramChart() has no groups to draw. Call histogramChart([{ label, values }, …], { xLabel }).",
    );
  }
  const columns = options.columns ?? (groups.length > 5 && width > 450 ? 2 : 1);
  for (const [name, value] of [["bins", bins], ["columns", columns]] as const) {
    if (!Number.isInteger(value) || value < 1 || value > 1000) {
      const most = value > 1000 ? " to 1000" : "";
      throw new ChartDataError(
        `histogramChart() expects ${name} to be a whole number from 1${most}, got ${value}.`,
      );
    }
  }
  checkAll("histogramChart", "group", groups, { label: 1, values: 1 });
  if (options.range !== undefined) checkInterval("histogramChart", "range", options.range);
  let leftOut = 0;
  const finite = groups.map(({ label, values }, index) => {
    if (typeof values?.length !== "number") {
      throw new ChartDataError(
        `histogramChart() group ${index} ("${label}"): expected values, an array of numbers; got ${typeof values}.`,
      );
    }
    const kept = Float64Array.from(values).filter(Number.isFinite);
    leftOut += values.length - kept.length;
    return { label: String(label), values: kept };
  });
  const range = options.range ?? finiteExtent(finite.flatMap(({ values }) => finiteExtent(values) ?? []));
  if (range === undefined) {
    throw new ChartDataError(
      leftOut > 0
        ? `histogramChart() has nothing to draw: all ${plural(leftOut, "value")} are NaN or infinite.`
        : "histogramChart() has nothing to draw: every group is empty.",
    );
  }
  const edges = binEdges(range, bins);
  const panels = finite.map(({ label, values }): Panel => ({
    label,
    ...moments(values),
    shares: shares(values, edges),
  }));
  const title = options.title ?? finding(panels);
  const subtitle = options.subtitle ?? paragraph(
    options.range && finite.some(({ values }) => values.some((value) => value < range[0] || value > range[1]))
      ? "Values beyond the ends count in the last bars."
      : "",
    leftOut > 0 ? `${plural(leftOut, "value")} left out: NaN or infinite.` : "",
  );
  const { body, height } = histogramPanels(panels, { edges, columns, xLabel, width });
  return new Chart({
    title,
    subtitle,
    alternative: paragraph(
      `${plural(panels.length, "histogram")} of ${xLabel}, from ${formatNumber(edges[0])} to ${
        formatNumber(edges.at(-1)!)
      }.`,
      sentence(title),
      ...panels.map(({ label, count, mean, deviation }) =>
        count === 0
          ? `${capital(label)}: no values.`
          : `${capital(label)}: ${plural(count, "value")}, mean ${formatNumber(mean)}, standard deviation ${
            formatNumber(deviation)
          }.`
      ),
      subtitle,
    ),
    width,
    height,
    redraw: (width) => histogramChart(finite, { ...options, subtitle, width }),
    body,
  });
}

/** Edges at multiples of a round step, so that one of them is 0 where 0 is among the values. */
function binEdges([low, high]: readonly [number, number], bins: number): number[] {
  readEnds(low, high);
  if (areSame(low, high)) {
    const size = Math.abs(low) < 1e-300 ? 1 : Math.abs(low);
    return binEdges([low - size, low + size], bins);
  }
  const step = niceStep((high - low) / bins / 1.6);
  const first = Math.floor(low / step + 1e-9), last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function shares(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const step = (edges.at(-1)! - edges[0]) / counts.length;
  for (const value of values) {
    let bin = Math.floor((value - edges[0]) / step);
    bin = Math.max(0, Math.min(counts.length - 1, bin));
    // A value on an edge belongs to the bar that begins there, whatever the division was rounded to.
    if (bin < counts.length - 1 && value >= edges[bin + 1]) bin++;
    else if (bin > 0 && value < edges[bin]) bin--;
    counts[bin]++;
  }
  return counts.map((count) => values.length === 0 ? 0 : count / values.length);
}

function moments(values: Float64Array): { count: number; mean: number; deviation: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const deviation = Math.sqrt(variance);
  // Two digits of the spread are enough of a mean: −2.25×10⁻⁴ beside a spread of 0.09 is 0.
  const unit = deviation > 0 ? 10 ** (Math.floor(Math.log10(deviation)) - 1) : 0;
  const rounded = unit > 0 ? Math.round(mean / unit) * unit : mean;
  return { count, mean: rounded === 0 ? 0 : rounded, deviation };
}

/** One group: where it is. Several: how the spread goes from the first to the last. */
function finding(panels: readonly Panel[]): string {
  const seen = panels.filter(({ count }) => count > 0);
  const [first, last] = [seen[0], seen.at(-1)!];
  if (seen.length === 1) {
    const name = first.label === "" ? "" : `${first.label}: `;
    return capital(
      `${name}mean ${formatNumber(first.mean)}, standard deviation ${formatNumber(first.deviation)}`,
    );
  }
  const [a, b] = [first, last].map(({ deviation }) => formatNumber(deviation));
  const ratio = last.deviation / first.deviation;
  if (ratio > 1 / 1.25 && ratio < 1.25) {
    return `The spread stays about ${a} from ${first.label} to ${last.label}`;
  }
  return `The spread ${
    last.deviation < first.deviation ? "falls" : "rises"
  } from ${a} (${first.label}) to ${b} (${last.label})`;
}
