import { kindOf } from "../checks/values.ts";
import type { Chart } from "./chart.ts";
import { ChartDataError } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { plural } from "./format.ts";
import { lineChart } from "./line_chart.ts";
import { type ChartOptions, checkFields, checkHistory, HEADING, type Names, readOptions } from "./read.ts";
import { sideBySide } from "./side_by_side.ts";

/** One step of a run, as `fit` records it. */
export interface RunRow {
  /** Updates so far */
  step: number;
  /** Mean loss of the batch */
  trainLoss: number;
  /** ‖∂L/∂θ‖ before clipping */
  gradientNorm?: number;
  /** ‖Δθ‖/‖θ‖ of the update */
  updateRatio?: number;
  /** η of the update */
  learningRate?: number;
}

/** Options of {@link runChart}. */
export type RunChartOptions = ChartOptions;

const ROW: Names<RunRow> = { step: 1, trainLoss: 1, gradientNorm: 1, updateRatio: 1, learningRate: 1 };

/** The dials: what is read off a row, and whether its axis is logarithmic. */
const DIALS: readonly { name: string; read: (row: RunRow) => number | undefined; log: boolean }[] = [
  { name: "training loss", read: (row) => row.trainLoss, log: true },
  { name: "gradient norm", read: (row) => row.gradientNorm, log: true },
  { name: "update / weights", read: (row) => row.updateRatio, log: true },
  { name: "learning rate", read: (row) => row.learningRate, log: false },
];

/**
 * Draws the instruments of a run, step by step: loss, gradient norm, length of the update relative to that of the
 * weights, and learning rate.
 *
 * All axes but that of the learning rate are logarithmic. What was not recorded gets no dial; numbers that are not
 * finite, or 0 on a logarithmic axis, are left out, and the dial says so.
 *
 * @param steps Rows of steps, such as `history.steps`
 * @throws {ChartDataError} If no row has a finite number
 *
 * @example
 * ```ts
 * import { runChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const steps = [
 *   { step: 1, trainLoss: 1.6, gradientNorm: 2.1, updateRatio: 0.003, learningRate: 0.1 },
 *   { step: 2, trainLoss: 1.1, gradientNorm: 1.4, updateRatio: 0.002, learningRate: 0.1 },
 * ];
 * const chart = runChart(steps);
 * assertEquals(chart.title, "A run of 2 steps");
 * assertEquals(chart.alternative.includes("Training loss from 1.6 to 1.1"), true);
 * ```
 */
export function runChart(steps: readonly RunRow[], given: RunChartOptions = {}): Chart {
  const options = readOptions("runChart", given, HEADING);
  if (!Array.isArray(steps)) {
    throw new ChartDataError(
      `runChart() expects rows of steps, such as history.steps; got ${kindOf(steps)}.`,
    );
  }
  steps.forEach((row, i) => {
    if (typeof row !== "object" || row === null) checkFields("runChart", `row ${i}`, row, ROW);
  });
  checkHistory("runChart", steps, ROW);
  const dials = DIALS.flatMap(({ name, read, log }) => {
    const rows = steps.flatMap((row) => {
      const value = read(row);
      return value === undefined ? [] : [{ x: row.step, y: value }];
    });
    const drawable = rows.filter(({ y }) => Number.isFinite(y) && (!log || y > 0));
    if (drawable.length === 0) return [];
    const title = course(name, drawable.map(({ y }) => y));
    const dial = { xLabel: "step", yLabel: name, logY: log, dots: false, height: 200, title };
    return [lineChart(rows, dial)];
  });
  if (dials.length === 0) {
    throw new ChartDataError(
      "runChart() has no finite number to draw. Call runChart(history.steps), with rows { step, trainLoss, … }.",
    );
  }
  const { title = `A run of ${plural(steps.length, "step")}`, subtitle } = options;
  return sideBySide(dials, { title, subtitle, columns: Math.min(2, dials.length) });
}

/** From where to where, which is what one reads off a dial; the lowest of many wavering values would be an accident. */
function course(name: string, values: readonly number[]): string {
  const [first, last] = [formatNumber(values[0]), formatNumber(values[values.length - 1])];
  const steady = values.every((value) => value === values[0]);
  const told = steady ? `stays at ${first}` : `from ${first} to ${last}`;
  return `${name[0].toUpperCase()}${name.slice(1)} ${told}`;
}
