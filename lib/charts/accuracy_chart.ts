import { minOf } from "../kernels/extremes.ts";
import { Chart } from "./chart.ts";
import { readCurves } from "./curve_rows.ts";
import { curveAlternative, curveSubtitle, curveTitle, type CurveWords } from "./curve_text.ts";
import type { CurvePoint } from "./curve_points.ts";
import { curvesBody } from "./curves.ts";
import { ChartDataError } from "./errors.ts";
import { formatPercent } from "./format.ts";
import { readOnset } from "./onset.ts";
import { type Names, readOptions } from "./read.ts";

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
export interface AccuracyChartOptions {
  /** Instead of the generated finding */
  title?: string;
  /** Instead of the generated one; `""` for none */
  subtitle?: string;
  /**
   * Marks where overfitting starts: at an epoch, or (`true`) at the best validation epoch, if validation got worse after
   * it (default `false`)
   */
  onset?: boolean | number;
  /** Pixels (default 680) */
  width?: number;
  /** Pixels of the plot, without title (default 340) */
  height?: number;
}

const ROW: Names<AccuracyRow> = { epoch: 1, trainAccuracy: 1, validationAccuracy: 1 };
const OPTIONS: Names<AccuracyChartOptions> = { title: 1, subtitle: 1, onset: 1, width: 1, height: 1 };

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
  const { width = 680, height = 340 } = options;
  const curves = readCurves(history, {
    training: "trainAccuracy",
    validation: "validationAccuracy",
    chart: "accuracyChart",
    fields: ROW,
    log: false,
  });
  const { training, validation, leftOut, breaksOff } = curves;
  const onset = readOnset(options.onset ?? false, curves, "higher", "accuracyChart");
  const values = [...training, ...validation].map((point) => point.value);
  const outside = values.find((value) => value < 0 || value > 1);
  if (outside !== undefined) {
    throw new ChartDataError(
      `accuracyChart() expects accuracies as shares 0…1, got ${outside}. If it is in percent, divide by 100.`,
    );
  }
  const words: CurveWords = {
    quantity: "accuracy",
    quantityWithUnit: "accuracy in percent",
    training,
    validation,
    better: "higher",
    format: formatPercent,
    formatGap: (difference) => `${formatPercent(difference).replace("%", "")} percentage points`,
    leftOut,
    breaksOff,
    onset,
  };
  const title = options.title ?? curveTitle(words);
  const rows = history.map(({ epoch, trainAccuracy, validationAccuracy }) => ({
    epoch,
    trainAccuracy,
    validationAccuracy,
  }));
  const inPercent = (points: CurvePoint[]) =>
    points.map(({ epoch, value }) => ({ epoch, value: value * 100 }));
  const floor = Math.min(90, Math.floor(minOf(values) * 10 + 1e-9) * 10);
  return new Chart({
    title,
    subtitle: options.subtitle ?? curveSubtitle(words),
    alternative: curveAlternative(words, title),
    width,
    height,
    redraw: (width, height = options.height) => accuracyChart(rows, { ...options, width, height }),
    body: curvesBody({
      training: inPercent(training),
      validation: inPercent(validation),
      yLabel: "accuracy (%)",
      format: (percent) => formatPercent(percent / 100),
      better: "higher",
      onset,
      log: false,
      range: [floor, 100],
      width,
      height,
    }),
  });
}
