import { maxOf, minOf } from "../kernels/extremes.ts";
import { linearAxis } from "./axes.ts";
import { Chart } from "./chart.ts";
import { FONT, lyingBars, uprightBars, WIDTH } from "./bars.ts";
import { ChartDataError } from "./errors.ts";
import { formatNumber, formatPercent } from "../checks/format.ts";
import { formatTick, paragraph, plural, sentence } from "./format.ts";
import { palette } from "./palette.ts";
import { type ChartOptions, checkAll, checkFields, HEADING, type Names, readOptions } from "./read.ts";
import { textWidth } from "./text.ts";

/** One bar. */
export interface BarRow {
  /** Name below (or beside) the bar */
  label: string | number;
  /** Length of the bar; finite */
  value: number;
}

/** Options of {@link barChart}. */
export interface BarChartOptions extends ChartOptions {
  /** What the labels are, e.g. `"digit"` */
  xLabel?: string;
  /** What the values are, with unit, e.g. `"training images"` */
  yLabel?: string;
  /** Values are shares 0…1, shown in percent (default `false`) */
  percent?: boolean;
  /** A line across the bars, e.g. the average or chance level */
  reference?: { value: number; label: string };
  /** Label of the one bar to bring forward; the others step back */
  highlight?: string | number;
}

const ROW: Names<BarRow> = { label: 1, value: 1 };
const OPTIONS: Names<BarChartOptions> = {
  ...HEADING,
  xLabel: 1,
  yLabel: 1,
  percent: 1,
  reference: 1,
  highlight: 1,
};

/**
 * Draws one bar per row, its value printed at its end: class counts, or the probabilities of one prediction.
 *
 * Bars stand upright where their labels fit below them, and lie down where they do not.
 *
 * @param rows In the order of the bars; labels all different
 * @throws {ChartDataError} If there are no rows, a value is not finite, or a label comes twice
 *
 * @example
 * ```ts
 * import { barChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = barChart([{ label: 0, value: 0.02 }, { label: 1, value: 0.98 }], {
 *   xLabel: "digit",
 *   yLabel: "probability",
 *   percent: true,
 *   highlight: 1,
 * });
 * assertEquals(chart.title, "Digit 1 is largest: 98% probability");
 * ```
 */
export function barChart(rows: readonly BarRow[], given: BarChartOptions = {}): Chart {
  const options = readOptions("barChart", given, OPTIONS);
  const { xLabel = "", yLabel = "value", percent = false, reference, highlight } = options;
  if (reference !== undefined) checkFields("barChart", "the reference", reference, { value: 1, label: 1 });
  const bars = readBars(rows, reference?.value);
  const format = percent
    ? formatPercent
    : (v: number) => Number.isInteger(v) ? formatTick(v) : formatNumber(v);
  const scaleBy = percent ? 100 : 1;
  const data = bars.map(({ label, value }) => ({
    label,
    value: value * scaleBy,
    text: format(value),
    fill: highlight === undefined || label === String(highlight) ? palette.training : palette.muted,
  }));
  const line = reference && { ...reference, value: reference.value * scaleBy };

  const ends = [...data.map((bar) => bar.value), ...(line ? [line.value] : [])];
  const [low, high] = [minOf(ends, 0), maxOf(ends, 0)];
  const axis = linearAxis(low, high);
  const valueLabel = percent ? `${yLabel} (%)` : yLabel;
  const longest = maxOf(data.map((bar) => textWidth(bar.label, FONT)));
  const widestValue = maxOf(data.map((bar) => textWidth(bar.text, FONT)));
  const slot = (WIDTH - 64 - (line ? textWidth(line.label, FONT) + 26 : 24)) / data.length;
  const upright = Math.max(longest, widestValue) + 4 <= slot;
  const shape = { data, axis, xLabel, valueLabel, line, longest };

  const title = options.title ??
    defaultTitle(bars, (value) => `${format(value)} ${options.yLabel ?? ""}`.trim(), xLabel);
  return new Chart({
    title,
    subtitle: options.subtitle,
    alternative: paragraph(
      `Bar chart of ${valueLabel}${xLabel ? ` by ${xLabel}` : ""}, ${plural(data.length, "bar")}.`,
      sentence(title),
      data.map((bar) => `${bar.label}: ${bar.text}`).join(", ") + ".",
      reference && `Line at ${format(reference.value)}: ${reference.label}.`,
    ),
    width: WIDTH,
    ...(upright ? uprightBars(shape) : lyingBars(shape)),
  });
}

function defaultTitle(
  bars: { label: string; value: number }[],
  amount: (value: number) => string,
  xLabel: string,
) {
  const highest = bars.reduce((best, bar) => bar.value > best.value ? bar : best);
  const ties = bars.filter((bar) => bar.value === highest.value).length;
  const name = xLabel ? `${xLabel[0].toUpperCase()}${xLabel.slice(1)} ${highest.label}` : highest.label;
  return bars.length === 1
    ? `${name}: ${amount(highest.value)}`
    : ties === bars.length
    ? `All ${bars.length} are equal: ${amount(highest.value)}`
    : ties > 1
    ? `${ties} share the largest value: ${amount(highest.value)}`
    : `${name} is largest: ${amount(highest.value)}`;
}

function readBars(rows: readonly BarRow[], reference?: number) {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new ChartDataError("barChart() has no bars to draw. Call barChart([{ label, value }, …]).");
  }
  if (reference !== undefined && !Number.isFinite(reference)) {
    throw new ChartDataError(
      `barChart() cannot draw its reference line at ${reference}: expected a finite number.`,
    );
  }
  checkAll("barChart", "row", rows, ROW);
  const seen = new Set<string>();
  return (rows as readonly BarRow[]).map((row, index) => {
    const label = String(row?.label ?? "");
    if (label === "" || seen.has(label)) {
      throw new ChartDataError(
        `barChart() needs a label of its own for every bar: row ${index} has ${
          label === "" ? "none" : `"${label}" again`
        }.`,
      );
    }
    seen.add(label);
    if (typeof row.value !== "number" || !Number.isFinite(row.value)) {
      throw new ChartDataError(
        `barChart() cannot draw row ${index} ("${label}"): expected a finite value, got ${row.value}.`,
      );
    }
    return { label, value: row.value };
  });
}
