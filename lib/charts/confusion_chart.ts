import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { Chart } from "./chart.ts";
import { plotBody } from "./dom.ts";
import { ChartDataError } from "./errors.ts";
import { formatCount, formatPercent } from "../checks/format.ts";
import { plural } from "./format.ts";
import { palette, textOn, tint } from "./palette.ts";
import { checkTexts, type Names, readOptions } from "./read.ts";
import { textWidth } from "./text.ts";

/** Options of {@link confusionChart}. */
export interface ConfusionChartOptions {
  /** Name of each class (default `"0"`, `"1"`, …) */
  labels?: readonly string[];
  /** Instead of the generated finding */
  title?: string;
  /** What a class is (default `"digit"`); the axes read "true digit" and "predicted digit" */
  classNoun?: string;
}

const OPTIONS: Names<ConfusionChartOptions> = { labels: 1, title: 1, classNoun: 1 };

interface Cell {
  truth: string;
  predicted: string;
  count: number;
  fill: string;
}

const FONT = 13;

/**
 * Draws a confusion matrix: right answers in blue on the diagonal, mistakes in orange beside it.
 *
 * Blue is shaded by the share of the row. Orange is shaded by the square root of the share, up to the worst mistake
 * of the matrix: among thousands of right answers, twelve mistakes must still be seen. Every count is printed.
 *
 * @param matrix Counts, `[C, C]`: rows are true classes, columns predicted ones
 * @throws {ChartDataError} If the matrix is empty or not square, or holds anything but counts
 *
 * @example
 * ```ts
 * import { confusionChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = confusionChart([[98, 2], [5, 95]]);
 * assertEquals(chart.title, "96.5% of 200 right; most common mistake: 1 read as 0, 5 times");
 * ```
 */
export function confusionChart(
  matrix: readonly (readonly number[])[],
  given: ConfusionChartOptions = {},
): Chart {
  const options = readOptions("confusionChart", given, OPTIONS);
  checkTexts("confusionChart", "labels", options.labels);
  const labels = readLabels(matrix, options.labels);
  const noun = options.classNoun ?? "digit";
  const n = matrix.length;
  const rowSums = matrix.map(sum);
  const findings = findingsOf(matrix, labels);
  const title = options.title ?? findings.title;

  const { cells, worst } = readCells(matrix, labels, rowSums);
  const recall = matrix.map((row, i) => ({
    truth: labels[i],
    text: rowSums[i] === 0 ? "no examples" : `${formatPercent(row[i] / rowSums[i])} right`,
  }));
  const longest = maxOf(labels.map((label) => textWidth(label, FONT)));
  const size = Math.max(34, Math.min(76, 500 / n), Math.min(120, longest + 10));
  const left = Math.ceil(Math.min(160, longest)) + 46;
  const width = Math.max(680, left + n * size + 120);
  const height = n * size + 60;
  return new Chart({
    title,
    subtitle: worst > 0
      ? "Blue: right. Orange: mistakes, darker for a larger share of the row (on its own scale)."
      : undefined,
    alternative: `Confusion matrix of ${plural(n, "class", "classes")}. ${title}. ` +
      recall.map((row) => `${row.truth}: ${row.text}`).join(", ") + `.${findings.mistakes}`,
    width,
    height,
    body: plotBody({
      width,
      height,
      marginTop: 6,
      marginLeft: left,
      marginRight: width - left - n * size,
      marginBottom: 54,
      style: { fontSize: `${FONT}px` },
      x: { type: "band", domain: labels, padding: 0.03 },
      y: { type: "band", domain: labels, padding: 0.03 },
      marks: matrixMarks(cells, recall, noun, left),
      color: { type: "identity" },
    }),
  });
}

/** The counts with their colours, and the worst mistake as a share of its row. */
function readCells(
  matrix: readonly (readonly number[])[],
  labels: readonly string[],
  rowSums: readonly number[],
): { cells: Cell[]; worst: number } {
  const shares = matrix.map((row, i) => row.map((count) => rowSums[i] === 0 ? 0 : count / rowSums[i]));
  const worst = maxOf(shares.flatMap((row, i) => row.filter((_, j) => i !== j)), 0);
  const fillOf = (share: number, right: boolean) => {
    if (share === 0) return palette.paper;
    if (right) return tint(palette.training, 0.25 + 0.75 * share);
    return tint(palette.validation, 0.12 + 0.88 * Math.sqrt(share / worst) * Math.min(1, 0.55 + worst));
  };
  const cells = matrix.flatMap((row, i) =>
    row.map((count, j) => ({
      truth: labels[i],
      predicted: labels[j],
      count,
      fill: fillOf(shares[i][j], i === j),
    }))
  );
  return { cells, worst };
}

/** The axes, the counts on their colours, and beside each row the share of it that is right. */
function matrixMarks(
  cells: readonly Cell[],
  recall: readonly { truth: string; text: string }[],
  noun: string,
  left: number,
): Plot.Markish[] {
  const axis = { tickSize: 0, fontSize: FONT, labelAnchor: "center" } as const;
  return [
    Plot.axisX({ label: `predicted ${noun}`, labelOffset: 44, ...axis }),
    Plot.axisY({ label: `true ${noun}`, labelOffset: left - 10, ...axis }),
    Plot.cell(cells, {
      x: "predicted",
      y: "truth",
      fill: (cell: Cell) => cell.fill,
      stroke: palette.grid,
      ariaDescription: "counts as colours",
    }),
    Plot.text(cells, {
      x: "predicted",
      y: "truth",
      text: (cell: Cell) => formatCount(cell.count),
      fill: (cell: Cell) => cell.count === 0 ? palette.reference : textOn(cell.fill),
      fontSize: FONT,
      ariaDescription: "counts",
    }),
    Plot.text(recall, {
      y: "truth",
      text: "text",
      frameAnchor: "right",
      textAnchor: "start",
      dx: 10,
      fill: palette.quietText,
      fontSize: FONT,
      ariaDescription: "share of the row that is right",
    }),
  ];
}

/** The title, and the five most common mistakes for the text alternative. */
function findingsOf(matrix: readonly (readonly number[])[], labels: readonly string[]) {
  const total = sum(matrix.map(sum));
  const right = sum(matrix.map((row, i) => row[i]));
  const mistakes = matrix
    .flatMap((row, i) =>
      row.map((count, j) => ({ count, what: `${labels[i]} read as ${labels[j]}`, off: i !== j }))
    )
    .filter(({ count, off }) => off && count > 0)
    .sort((a, b) => b.count - a.count);
  if (mistakes.length === 0) return { title: `All ${formatCount(total)} right`, mistakes: " No mistakes." };
  const times = (count: number) =>
    count === 1 ? "once" : count === 2 ? "twice" : `${formatCount(count)} times`;
  const ties = mistakes.filter(({ count }) => count === mistakes[0].count).length - 1;
  const alsoSo = ties === 0 ? "" : ties === 1 ? "; one other as often" : `; ${ties} others as often`;
  return {
    title: `${formatPercent(right / total)} of ${formatCount(total)} right; most common mistake: ` +
      `${mistakes[0].what}, ${times(mistakes[0].count)}${alsoSo}`,
    mistakes: ` Most common mistakes: ` +
      mistakes.slice(0, 5).map(({ what, count }) => `${what} (${times(count)})`).join(", ") + ".",
  };
}

function readLabels(matrix: readonly (readonly number[])[], labels?: readonly string[]): string[] {
  const n = Array.isArray(matrix) ? matrix.length : 0;
  if (n === 0) throw new ChartDataError("confusionChart() needs at least one class, got an empty matrix.");
  matrix.forEach((row, i) => {
    if (!Array.isArray(row) || row.length !== n) {
      throw new ChartDataError(
        `confusionChart() needs a square matrix (true × predicted): ${n} rows, but row ${i} has ${
          (row as readonly number[] | undefined)?.length ?? "no"
        } columns.`,
      );
    }
    row.forEach((count, j) => {
      if (!(Number.isInteger(count) && count >= 0)) {
        throw new ChartDataError(
          `confusionChart() draws counts, whole numbers from 0: entry [${i}, ${j}] is ${count}. Pass counts, not shares.`,
        );
      }
    });
  });
  if (sum(matrix.map(sum)) === 0) {
    throw new ChartDataError(
      "confusionChart() has no examples to draw: every count is 0. Classify some examples first.",
    );
  }
  const names = labels ? [...labels] : Array.from({ length: n }, (_, index) => String(index));
  if (names.length !== n || new Set(names).size !== n) {
    throw new ChartDataError(
      `confusionChart() needs ${n} different labels, got ${names.length}: ${names.join(", ")}.`,
    );
  }
  return names;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
