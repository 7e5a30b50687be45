import { type Dataset, examplesOf } from "../data/dataset.ts";
import { maxOf } from "../kernels/extremes.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { areSame } from "./axes.ts";
import { ChartDataError } from "./errors.ts";

/** Cells of the grid on which a model is asked. */
export const COLUMNS = 120, ROWS = 100;
const MOST_CLASSES = 6;

/** Points and their classes, after making sure that they can be drawn. */
export function readPoints(dataset: Dataset): { inputs: Tensor; targets: Uint8Array } {
  const { inputs, targets } = typeof dataset === "object" && dataset !== null
    ? examplesOf(dataset)
    : { inputs: undefined, targets: undefined };
  if (!(inputs instanceof Tensor) || !(targets instanceof Uint8Array)) {
    throw new ChartDataError(
      "classChart() expects points and their classes: { inputs: Tensor [N, 2], targets: Uint8Array [N] }, such as moons().",
    );
  }
  const { shape } = inputs;
  if (shape.length !== 2 || shape[1] !== 2 || shape[0] !== targets.length || targets.length === 0) {
    throw new ChartDataError(
      `classChart() draws points in the plane: expected inputs [N, 2] and targets [N] with N from 1, got inputs ${
        formatShape(shape)
      } and targets [${targets.length}].`,
    );
  }
  if (!inputs.data.every(Number.isFinite)) {
    throw new ChartDataError("classChart() cannot place a point whose coordinate is NaN or infinite.");
  }
  const most = maxOf(targets);
  if (most >= MOST_CLASSES) {
    throw new ChartDataError(
      `classChart() tells at most ${MOST_CLASSES} classes apart (0…${MOST_CLASSES - 1}), got class ${most}.`,
    );
  }
  return { inputs, targets };
}

/** A little more than the points need. */
export function padded(range: [number, number] | undefined): [number, number] {
  const [low, high] = range!;
  const room = areSame(low, high) ? Math.max(1, 1e-6 * Math.abs(low)) : (high - low) * 0.12;
  return [low - room, high + room];
}

/** The middles of the grid's cells, row by row from the lowest y. */
export function gridPlaces(x: readonly [number, number], y: readonly [number, number]): Float64Array {
  const places = new Float64Array(COLUMNS * ROWS * 2);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const at = 2 * (row * COLUMNS + column);
      places[at] = x[0] + (x[1] - x[0]) * (column + 0.5) / COLUMNS;
      places[at + 1] = y[0] + (y[1] - y[0]) * (row + 0.5) / ROWS;
    }
  }
  return places;
}
