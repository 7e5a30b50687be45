import { maxOf } from "../kernels/extremes.ts";
import type { LearningRateRow, LearningRateSearch } from "../train/lr_finder.ts";
import { isDrawable } from "./axes.ts";
import { Chart } from "./chart.ts";
import { ChartDataError } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { paragraph, plural, sentence } from "./format.ts";
import { palette } from "./palette.ts";
import { checkAll, type Names, readOptions, SIZED, type SizedChartOptions } from "./read.ts";
import { seriesLook } from "./series.ts";
import { xyBody } from "./xy_plot.ts";

/** Options of {@link finderChart}. */
export interface FinderChartOptions extends SizedChartOptions {
  /** Unit of the loss (default `"nats"`); `""` for none */
  unit?: string;
}

const ROW: Names<LearningRateRow> = { learningRate: 1, loss: 1, smoothedLoss: 1 };
const OPTIONS: Names<FinderChartOptions> = { ...SIZED, unit: 1 };

/**
 * Draws what {@link findLearningRate} found: the loss of each batch and its running mean against the learning rate,
 * with the suggestion marked. The rise after the lowest point is cut off, for it goes on to infinity.
 *
 * @param search What `findLearningRate` returned
 * @throws {ChartDataError} If it has no rows
 *
 * @example
 * ```ts
 * import { finderChart, findLearningRate, Linear, moons, Rng, Sequential, SGD, Tanh } from "backprop";
 * import { assert } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const model = new Sequential(new Linear(2, 16, { rng }), new Tanh(), new Linear(16, 2, { rng }));
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * const search = await findLearningRate(model, moons(), { optimizer, batchSize: 32, rng });
 * assert(finderChart(search).title.startsWith("A learning rate to try: 0."));
 * ```
 */
export function finderChart(search: LearningRateSearch, given: FinderChartOptions = {}): Chart {
  const options = readOptions("finderChart", given, OPTIONS);
  const { unit = "nats", width = 600, height = 340 } = options;
  const rows = readRows(search);
  const lowest = rows.reduce((best, row) => row.smoothedLoss < best.smoothedLoss ? row : best);
  const { suggestion, reason } = search;
  const before = rows.slice(0, rows.indexOf(lowest) + 1).map(({ loss }) => loss);
  const top = maxOf(before, rows[0].smoothedLoss) * 1.1;
  const last = rows.at(-1)!;
  const title = options.title ??
    (suggestion === undefined
      ? `No learning rate to suggest: the loss ${
        rows.length === 1 ? "was measured once" : "never fell by 5%"
      }`
      : `A learning rate to try: ${formatNumber(suggestion)}, a tenth of where the loss is lowest`);
  const endings = {
    diverged: `At ${formatNumber(last.learningRate)} the loss blew up, which ended the test.`,
    aborted: `The test was stopped at ${formatNumber(last.learningRate)}.`,
    finished: "",
  };
  const subtitle = options.subtitle ?? endings[reason] ?? "";
  return new Chart({
    title,
    subtitle,
    alternative: paragraph(
      `Line chart of loss${unit && ` in ${unit}`} against learning rate (log axis), ${
        plural(rows.length, "step")
      }.`,
      sentence(title),
      `Smoothed loss: ${formatNumber(rows[0].smoothedLoss)} at ${
        formatNumber(rows[0].learningRate)
      }, lowest ` +
        `${formatNumber(lowest.smoothedLoss)} at ${formatNumber(lowest.learningRate)}, last ` +
        `${formatNumber(last.smoothedLoss)} at ${formatNumber(last.learningRate)}.`,
      subtitle,
    ),
    width,
    height,
    redraw: (width, height = options.height) =>
      finderChart({ rows, suggestion, reason }, { ...options, width, height }),
    body: xyBody({
      x: {
        label: "learning rate — log axis",
        range: [rows[0].learningRate, last.learningRate],
        log: true,
        exact: rows.length > 1,
      },
      y: { label: `loss${unit && ` (${unit})`}`, range: [0, top > 0 ? top : 1], exact: true },
      curves: [
        {
          label: "each batch",
          points: rows.map(({ learningRate, loss }) => ({ x: learningRate, y: loss })),
          look: { colour: palette.muted, text: palette.quietText, symbol: "circle" },
          width: 1.2,
        },
        {
          label: "running mean",
          points: rows.map(({ learningRate, smoothedLoss }) => ({ x: learningRate, y: smoothedLoss })),
          look: seriesLook(0),
        },
      ],
      marks: [
        {
          x: lowest.learningRate,
          y: lowest.smoothedLoss,
          label: "lowest",
        },
        ...(suggestion === undefined
          ? []
          : [{ x: suggestion, label: `suggestion: ${formatNumber(suggestion)}` }]),
      ],
      width,
      height,
    }),
  });
}

/** The rows of a search, after making sure that they can be drawn. */
function readRows(search: LearningRateSearch): LearningRateRow[] {
  const rows = [...search?.rows ?? []];
  if (rows.length === 0) {
    throw new ChartDataError(
      "finderChart() has nothing to draw: the search has no rows. Pass what `await findLearningRate(…)` returned; if its " +
        'reason is "diverged", already the first loss was NaN or infinite.',
    );
  }
  checkAll("finderChart", "row", rows, ROW);
  const wrong = rows.findIndex((row) =>
    !(row?.learningRate > 0 && isDrawable(row.loss) && isDrawable(row.smoothedLoss))
  );
  if (wrong !== -1) {
    throw new ChartDataError(
      `finderChart() cannot place row ${wrong}: expected a learning rate above 0, and finite losses. Pass what ` +
        "`await findLearningRate(…)` returned.",
    );
  }
  return rows;
}
