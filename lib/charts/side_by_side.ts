import { maxOf } from "../kernels/extremes.ts";
import { Chart } from "./chart.ts";
import { ChartDataError } from "./errors.ts";
import { paragraph, plural, sentence } from "./format.ts";
import { type ChartOptions, HEADING, readOptions } from "./read.ts";

/** Options of {@link sideBySide}. */
export interface SideBySideOptions extends ChartOptions {
  /** Charts in a row (default: all of up to three, two of four, else three) */
  columns?: number;
  /** Pixels (default 680, or 260 for each of three and more columns) */
  width?: number;
}

const GAP = 8;
/** A chart narrower than this has no room for its axes. */
const NARROWEST = 220;

/**
 * Puts several charts into one picture, so that they can be compared: saddle, plateau and ravine, or one optimizer
 * each.
 *
 * Charts that can be drawn again are drawn for their share of the width, so that text keeps its size; others are scaled.
 * Give charts that are to be compared the same ends of their axes: nothing here aligns them.
 *
 * @param charts From left to right, row by row
 * @throws {ChartDataError} If there is no chart, or columns is no whole number from 1
 *
 * @example
 * ```ts
 * import { functionChart, sideBySide } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const draw = (label: string, f: (x: number) => number) =>
 *   functionChart([{ label, f }], { domain: [-3, 3], xLabel: "z", yLabel: "activation", yRange: [-1, 3] });
 * const both = sideBySide([draw("tanh", Math.tanh), draw("ReLU", (z) => Math.max(0, z))]);
 * assertEquals(both.alternative.startsWith("2 charts side by side. Chart 1: "), true);
 * ```
 */
export function sideBySide(charts: readonly Chart[], given: SideBySideOptions = {}): Chart {
  const options = readOptions("sideBySide", given, { ...HEADING, columns: 1, width: 1 });
  if (!Array.isArray(charts) || charts.length === 0) {
    throw new ChartDataError(
      "sideBySide() has no charts to draw. Call sideBySide([chart, chart, …], { title }).",
    );
  }
  const stranger = charts.findIndex((chart) => !(chart instanceof Chart));
  if (stranger !== -1) {
    throw new ChartDataError(
      `sideBySide() expects charts; number ${stranger} of the list is ${typeof charts[stranger]}.`,
    );
  }
  const columns = Math.min(charts.length, options.columns ?? (charts.length === 4 ? 2 : 3));
  if (!Number.isInteger(columns) || columns < 1) {
    throw new ChartDataError(
      `sideBySide() expects columns to be a whole number from 1, got ${options.columns}.`,
    );
  }
  const width = options.width ?? Math.max(680, columns * 260);
  const share = Math.floor((width - GAP * (columns - 1)) / columns);
  const drawn = charts.map((chart) => chart.resized(share));

  const parts: string[] = [];
  let top = 0;
  for (let start = 0; start < drawn.length; start += columns) {
    const row = drawn.slice(start, start + columns);
    // All pictures of a row begin at the same height, however long their titles are.
    const head = maxOf(row.map((chart) => chart.headHeight));
    const scales = row.map((chart) => Math.min(1, share / chart.width));
    row.forEach((chart, column) => {
      const x = column * (share + GAP) + (share - chart.width * scales[column]) / 2;
      const scale = scales[column] === 1 ? "" : ` scale(${+scales[column].toFixed(4)})`;
      parts.push(
        `<g transform="translate(${+x.toFixed(2)},${+top.toFixed(2)})${scale}" aria-description="chart">${
          chart.piece(head)
        }</g>`,
      );
    });
    top += maxOf(row.map((chart, column) => (chart.height - chart.headHeight + head) * scales[column])) + GAP;
  }
  const { title = "", subtitle } = options;
  return new Chart({
    title,
    subtitle,
    alternative: paragraph(
      sentence(title),
      subtitle ?? "",
      `${plural(charts.length, "chart")} side by side.`,
      ...charts.map((chart, i) => `Chart ${i + 1}: ${chart.alternative}`),
    ),
    width,
    height: Math.round(top - GAP + 4),
    body: parts.join(""),
    redraw: (width) =>
      sideBySide(charts, {
        ...options,
        width,
        columns: Math.max(1, Math.min(columns, Math.floor(width / NARROWEST))),
      }),
  });
}
