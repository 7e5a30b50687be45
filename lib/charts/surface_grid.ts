import { readEnds } from "./axes.ts";
import { ChartDataError } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";

/** Heights of a surface on a grid whose outer points lie on the border of the picture, row by row from the lowest y. */
export interface SurfaceGrid {
  columns: number;
  rows: number;
  values: Float64Array;
  /** The finite ones, in order */
  sorted: Float64Array;
  /** The share of heights that are NaN or infinite */
  notFinite: number;
}

type Range = readonly [number, number];

/**
 * Asks a function for its height all over a rectangle. Where it is NaN or infinite, it counts as higher than anything.
 *
 * @throws {ChartDataError} If it is nowhere finite
 */
export function surfaceGrid(
  f: (x: number, y: number) => number,
  x: Range,
  y: Range,
): SurfaceGrid {
  const columns = 96, rows = 80;
  const values = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (range: Range, share: number) => range[0] + (range[1] - range[0]) * share;
      const height = f(at(x, column / (columns - 1)), at(y, row / (rows - 1)));
      values[row * columns + column] = typeof height === "number" ? height : NaN;
    }
  }
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) {
    throw new ChartDataError(
      `surfaceChart() has nothing to draw: f(x, y) is nowhere a finite number for x in ${
        x.map((end) => formatNumber(end)).join("…")
      } and ` +
        `y in ${
          y.map((end) => formatNumber(end)).join("…")
        }. f must return a number, not a Tensor: end it with .item().`,
    );
  }
  readEnds(sorted[0], sorted[sorted.length - 1]);
  const above = sorted[sorted.length - 1] * 2 - sorted[0] + 1;
  const notFinite = 1 - sorted.length / values.length;
  return { columns, rows, sorted, notFinite, values: values.map((v) => Number.isFinite(v) ? v : above) };
}

/** ∇f by central differences. */
export function gradientAt(
  f: (x: number, y: number) => number,
  [x, y]: Range,
  spanX: number,
  spanY: number,
): Range {
  const [h, k] = [spanX * 1e-4, spanY * 1e-4];
  return [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + k) - f(x, y - k)) / (2 * k)];
}

/** The same function, which answers a question that was asked before as it did then. */
export function remembering(f: (x: number, y: number) => number): (x: number, y: number) => number {
  const answers = new Map<string, number>();
  return (x, y) => {
    const key = `${x} ${y}`;
    if (!answers.has(key)) answers.set(key, f(x, y));
    return answers.get(key)!;
  };
}
