// Losses and accuracies: training and validation over epochs.

import { Chart } from "./chart.ts";
import type { CurvePoint } from "./curve_points.ts";
import { readCurves } from "./curve_rows.ts";
import { curveAlternative, curveSubtitle, curveTitle, type CurveWords } from "./curve_text.ts";
import { curvesBody } from "./curves.ts";
import { readOnset } from "./onset.ts";
import type { Names, SizedChartOptions } from "./read.ts";

/** Options that the two have in common. */
export interface CurveChartOptions extends SizedChartOptions {
  /**
   * Marks where overfitting starts: at an epoch, or (`true`) at the best validation epoch, if validation got worse after
   * it (default `false`)
   */
  onset?: boolean | number;
}

/** What tells one from the other. */
export interface CurveKind<Row> extends Pick<CurveWords, "quantity" | "quantityWithUnit" | "better"> {
  /** The chart's function, for errors */
  chart: string;
  /** Which fields hold the curves, and all there are */
  training: keyof Row & string;
  validation: keyof Row & string;
  fields: Names<Row>;
  yLabel: string;
  log: boolean;
  /** How a value is written, and a difference of two */
  format: (value: number) => string;
  formatGap: (difference: number) => string;
  /** The axis shows values times this: 100 for shares in percent */
  scale?: number;
  /** Ends of a linear axis, where the quantity has natural ones; refuses values beyond them */
  range?: (values: readonly number[]) => [number, number];
}

/** The chart of a history. */
export function curveChart<Row extends { epoch: number }>(
  history: readonly Row[],
  options: CurveChartOptions,
  kind: CurveKind<Row>,
): Chart {
  const { chart, better, format, scale = 1, width = 680, height = 340 } = { ...kind, ...options };
  const curves = readCurves(history, kind);
  const { training, validation } = curves;
  const onset = readOnset(options.onset ?? false, curves, better, chart);
  const range = kind.range?.([...training, ...validation].map(({ value }) => value));
  const words: CurveWords = { ...kind, ...curves, onset };
  const title = options.title ?? curveTitle(words);
  const rows = history.map((row) =>
    ({
      epoch: row.epoch,
      [kind.training]: row[kind.training],
      [kind.validation]: row[kind.validation],
    }) as Row
  );
  const scaled = (points: CurvePoint[]) =>
    points.map(({ epoch, value }) => ({ epoch, value: value * scale }));
  return new Chart({
    title,
    subtitle: options.subtitle ?? curveSubtitle(words),
    alternative: curveAlternative(words, title),
    width,
    height,
    redraw: (width, height = options.height) => curveChart(rows, { ...options, width, height }, kind),
    body: curvesBody({
      training: scaled(training),
      validation: scaled(validation),
      yLabel: kind.yLabel,
      format: (value) => format(value / scale),
      better,
      onset,
      log: kind.log,
      range,
      width,
      height,
    }),
  });
}
