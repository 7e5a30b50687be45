import { kindOf } from "../checks/values.ts";
import { ChartDataError, checkLabels, checkSteps } from "./errors.ts";
import {
  checkAll,
  checkFields,
  checkInterval,
  type Names,
  readOptions,
  SIZED,
  type SizedChartOptions,
  WALK,
} from "./read.ts";

/** Options of {@link surfaceChart}. */
export interface SurfaceChartOptions extends SizedChartOptions {
  /** Least and greatest x */
  x: readonly [number, number];
  /** Least and greatest y */
  y: readonly [number, number];
  /** Name of the horizontal axis, e.g. `"w"` */
  xLabel: string;
  /** Name of the vertical axis, e.g. `"b"` */
  yLabel: string;
  /** What the height is, with its unit, e.g. `"loss"` */
  valueLabel: string;
  /** Walks over the surface, each a list of `[x, y]` from start to end */
  paths?: readonly { label: string; points: readonly (readonly [number, number])[] }[];
  /** An arrow from a point, in the direction of steepest descent or in one of yours; `label: ""` for no words */
  arrow?: { at: readonly [number, number]; direction?: readonly [number, number]; label?: string };
  /** Marks the lowest place */
  minimum?: readonly [number, number];
  /** Heights of the contour lines, or about how many (default 9) */
  levels?: number | readonly number[];
}

/** More contour lines would only make the picture dark. */
const MOST_LEVELS = 100;

const OPTIONS: Names<SurfaceChartOptions> = {
  ...SIZED,
  x: 1,
  y: 1,
  xLabel: 1,
  yLabel: 1,
  valueLabel: 1,
  paths: 1,
  arrow: 1,
  minimum: 1,
  levels: 1,
};

/**
 * The options of a surface chart, checked and copied.
 *
 * @throws {ChartDataError} If f is no function, or an option cannot be drawn
 */
export function readSurface(f: unknown, given: SurfaceChartOptions): SurfaceChartOptions {
  const options = readOptions("surfaceChart", given, OPTIONS, ["xLabel", "yLabel", "valueLabel"]);
  if (typeof f !== "function") {
    throw new ChartDataError(`surfaceChart() expects a function (x, y) => number first, got ${typeof f}.`);
  }
  for (const name of ["x", "y"] as const) checkInterval("surfaceChart", name, options[name]);
  const { levels = 9 } = options;
  const count = typeof levels === "number" ? levels : Array.isArray(levels) ? levels.length : NaN;
  if (!(count >= 0 && count <= MOST_LEVELS) || (Array.isArray(levels) && !levels.every(Number.isFinite))) {
    throw new ChartDataError(
      `surfaceChart() expects levels to be a number up to ${MOST_LEVELS}, or a list of so many heights, got ${
        typeof levels === "number" ? levels : Array.isArray(levels) ? `${count} of them` : kindOf(levels)
      }.`,
    );
  }
  checkAll("surfaceChart", "path", options.paths, WALK);
  if (options.arrow !== undefined) {
    checkFields("surfaceChart", "the arrow", options.arrow, { at: 1, direction: 1, label: 1 });
  }
  checkLabels("surfaceChart", options.paths ?? []);
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length === 2 && point.every((value) => typeof value === "number");
  for (const { label, points } of options.paths ?? []) {
    if (!Array.isArray(points) || points.length === 0 || !points.every(isPoint)) {
      throw new ChartDataError(
        `surfaceChart() cannot draw the path "${label}": expected points: [[x, y], [x, y], …], at least one.`,
      );
    }
  }
  checkSteps("surfaceChart", options.paths ?? [], 20_000);
  for (const [name, point] of [["arrow.at", options.arrow?.at], ["minimum", options.minimum]] as const) {
    if (options[name === "minimum" ? name : "arrow"] !== undefined && !isPoint(point)) {
      throw new ChartDataError(
        `surfaceChart() expects ${name} to be a point [x, y], got ${JSON.stringify(point)}.`,
      );
    }
  }
  return options;
}
