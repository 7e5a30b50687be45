import { minOf } from "../kernels/extremes.ts";
import type { Chart } from "./chart.ts";
import { curveChart, type CurveChartOptions } from "./curve_chart.ts";
import { ChartDataError } from "./errors.ts";
import { formatPercent } from "../checks/format.ts";
import { type Names, readOptions, SIZED } from "./read.ts";

/** One row of an accuracy history. Either accuracy may be missing. */
export interface AccuracyRow {
  /** Passes over the training set so far; may be fractional */
  epoch: number;
  /** Share of training examples classified rightly, 0…1 */
  trainAccuracy?: number;
  /** Share of validation examples classified rightly, 0…1 */
  validationAccuracy?: number;
}

/** Options of {@link accuracyChart}. */
export type AccuracyChartOptions = CurveChartOptions;

const ROW: Names<AccuracyRow> = { epoch: 1, trainAccuracy: 1, validationAccuracy: 1 };
const OPTIONS: Names<AccuracyChartOptions> = { ...SIZED, onset: 1 };

/**
 * Draws training and validation accuracy over epochs, in percent, up to 100%.
 *
 * The axis starts at the multiple of 10% below the lowest value, so that the last percents can be told apart.
 *
 * @param history Rows in any order; accuracies are shares 0…1, not percent
 * @throws {ChartDataError} If there is nothing to draw, or a value is outside 0…1
 *
 * @example
 * ```ts
 * import { accuracyChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = accuracyChart([
 *   { epoch: 0, trainAccuracy: 0.2, validationAccuracy: 0.19 },
 *   { epoch: 3, trainAccuracy: 0.985, validationAccuracy: 0.972 },
 * ]);
 * assertEquals(chart.title, "Training accuracy rises from 20% to 98.5% in 3 epochs");
 * ```
 */
export function accuracyChart(history: readonly AccuracyRow[], given: AccuracyChartOptions = {}): Chart {
  const options = readOptions("accuracyChart", given, OPTIONS);
  return curveChart(history, options, {
    chart: "accuracyChart",
    training: "trainAccuracy",
    validation: "validationAccuracy",
    fields: ROW,
    quantity: "accuracy",
    quantityWithUnit: "accuracy in percent",
    yLabel: "accuracy (%)",
    better: "higher",
    log: false,
    format: formatPercent,
    formatGap: (difference) => `${formatPercent(difference).replace("%", "")} percentage points`,
    scale: 100,
    range: ends,
  });
}

/** From the multiple of 10% below the lowest value to 100%. */
function ends(values: readonly number[]): [number, number] {
  const outside = values.find((value) => value < 0 || value > 1);
  if (outside !== undefined) {
    throw new ChartDataError(
      `accuracyChart() expects accuracies as shares 0…1, got ${outside}. If it is in percent, divide by 100.`,
    );
  }
  return [Math.min(90, Math.floor(minOf(values) * 10 + 1e-9) * 10), 100];
}
