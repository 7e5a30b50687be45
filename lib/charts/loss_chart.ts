import type { Chart } from "./chart.ts";
import { curveChart, type CurveChartOptions } from "./curve_chart.ts";
import { formatNumber } from "../checks/format.ts";
import { paragraph } from "./format.ts";
import { type Names, readOptions, SIZED } from "./read.ts";

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
export interface LossChartOptions extends CurveChartOptions {
  /** Unit of the loss (default `"nats"`); `""` for none */
  unit?: string;
  /** Logarithmic loss axis (default `false`): shows progress after the first steep fall */
  log?: boolean;
}

const ROW: Names<LossRow> = { epoch: 1, trainLoss: 1, validationLoss: 1 };
const OPTIONS: Names<LossChartOptions> = { ...SIZED, unit: 1, log: 1, onset: 1 };

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
  const { unit = "nats", log = false } = options;
  return curveChart(history, options, {
    chart: "lossChart",
    training: "trainLoss",
    validation: "validationLoss",
    fields: ROW,
    quantity: "loss",
    quantityWithUnit: (unit ? `loss in ${unit}` : "loss") + (log ? " (log axis)" : ""),
    yLabel: paragraph("loss", unit && `(${unit})`, log && "— log axis"),
    better: "lower",
    log,
    format: formatNumber,
    formatGap: (gap) => gap >= 1e-4 && gap < 1e-3 ? gap.toFixed(4) : formatNumber(gap),
  });
}
