/** A surface on a grid. */

import { tensor } from "../../tensor/create.ts";
import { FLOAT64 } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Heights over a rectangle, row by row from low y to high y; the outer points lie on its border. */
export interface HeightGrid {
  readonly columns: number;
  readonly rows: number;
  readonly heights: ArrayLike<number>;
}

/**
 * The heights over two ranges, `size` points a side.
 *
 * @param heights Of all points at once, from their x and y, `[size²]` each
 */
export function heightGrid(
  xRange: readonly [number, number],
  yRange: readonly [number, number],
  size: number,
  heights: (x: Tensor, y: Tensor) => Tensor,
): HeightGrid {
  const along = ([from, to]: readonly [number, number], i: number) => from + (to - from) * i / (size - 1);
  const points = Array.from({ length: size * size }, (_, k) => k);
  const x = tensor(points.map((k) => along(xRange, k % size)), FLOAT64);
  const y = tensor(points.map((k) => along(yRange, Math.floor(k / size))), FLOAT64);
  return { columns: size, rows: size, heights: heights(x, y).data };
}
