import { Chart } from "./chart.ts";
import { readCurves } from "./curve_rows.ts";
import { curveAlternative, curveSubtitle, curveTitle, type CurveWords } from "./curve_text.ts";
import { curvesBody } from "./curves.ts";
import { formatNumber } from "./format.ts";
import { readOnset } from "./onset.ts";
import { type Names, readOptions } from "./read.ts";

/** One row of a loss history. Either loss may be missing: training is often recorded more often than validation. */
export interface LossRow {
  /** Passes over the training set so far; may be fractional */
  epoch: number;
  /** Mean loss on training data */
  trainLoss?: number;
  /** Mean loss on validation data */
  validationLoss?: number;
}

/** Options of {@link lossChart}. */
export interface LossChartOptions {
  /** Instead of the generated finding */
  title?: string;
  /** Instead of the generated one; `""` for none */
  subtitle?: string;
  /** Unit of the loss (default `"nats"`); `""` for none */
  unit?: string;
  /** Logarithmic loss axis (default `false`): shows progress after the first steep fall */
  log?: boolean;
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

const ROW: Names<LossRow> = { epoch: 1, trainLoss: 1, validationLoss: 1 };
const OPTIONS: Names<LossChartOptions> = {
  title: 1,
  subtitle: 1,
  unit: 1,
  log: 1,
  onset: 1,
  width: 1,
  height: 1,
};

/**
 * Draws training and validation loss over epochs, the gap between them shaded, the best validation epoch ringed.
 *
 * NaN and infinite losses are left out, and the chart says so.
 *
 * @param history Rows in any order; units of `epoch` are passes over the training set
 * @throws {ChartDataError} If there is nothing to draw
 *
 * @example
 * ```ts
 * import { lossChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = lossChart([
 *   { epoch: 0, trainLoss: 1.61, validationLoss: 1.61 },
 *   { epoch: 1, trainLoss: 0.31, validationLoss: 0.33 },
 *   { epoch: 2, trainLoss: 0.09, validationLoss: 0.12 },
 * ]);
 * assertEquals(chart.title, "Training loss falls from 1.61 to 0.09 in 2 epochs");
 * ```
 */
export function lossChart(history: readonly LossRow[], given: LossChartOptions = {}): Chart {
  const options = readOptions("lossChart", given, OPTIONS);
  const { unit = "nats", log = false, width = 680, height = 340 } = options;
  const curves = readCurves(history, {
    training: "trainLoss",
    validation: "validationLoss",
    chart: "lossChart",
    fields: ROW,
    log,
  });
  const { training, validation, leftOut, breaksOff } = curves;
  const onset = readOnset(options.onset ?? false, curves, "lower", "lossChart");
  const words: CurveWords = {
    quantity: "loss",
    quantityWithUnit: (unit ? `loss in ${unit}` : "loss") + (log ? " (log axis)" : ""),
    training,
    validation,
    better: "lower",
    format: formatNumber,
    formatGap: (gap) => gap >= 1e-4 && gap < 1e-3 ? gap.toFixed(4) : formatNumber(gap),
    leftOut,
    breaksOff,
    onset,
  };
  const title = options.title ?? curveTitle(words);
  const rows = history.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss }));
  return new Chart({
    title,
    subtitle: options.subtitle ?? curveSubtitle(words),
    alternative: curveAlternative(words, title),
    width,
    height,
    redraw: (width, height = options.height) => lossChart(rows, { ...options, width, height }),
    body: curvesBody({
      training,
      validation,
      yLabel: ["loss", unit && `(${unit})`, log && "— log axis"].filter(Boolean).join(" "),
      format: formatNumber,
      better: "lower",
      onset,
      log,
      width,
      height,
    }),
  });
}
