/** Inputs on one scale: every column with mean 0 and standard deviation 1. */

import { checkTensor } from "../tensor/checks.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * Brings the columns of a matrix to mean 0 and standard deviation 1, and back again.
 *
 * z = (x − μ) / σ, column by column, with μ = (1/N) Σ x and σ = √((1/N) Σ (x − μ)²) of the data it was fitted on:
 * the training data only. Validation and test data are transformed with the same two numbers, since what is known of
 * them must not reach the model; they come out close to mean 0, not exactly there.
 *
 * A column that is the same number in every row has σ = 0 and tells the model nothing. It is only centred (σ is taken
 * as 1), so that it becomes 0, and is listed in `constantColumns`.
 *
 * @see LeCun, Bottou, Orr, Müller (1998), "Efficient BackProp", §4.3
 * @example
 * ```ts
 * import { Standardizer, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const train = tensor([[1, 100, 7], [3, 300, 7]]); // [N=2, D=3]; the last column is constant
 * const scaler = Standardizer.fit(train);
 * assertEquals(scaler.transform(train).toArray(), [[-1, -1, 0], [1, 1, 0]]);
 * assertEquals(scaler.transform(tensor([[2, 400, 7]])).toArray(), [[0, 2, 0]]); // unseen data, the same μ and σ
 * assertEquals(scaler.constantColumns, [2]);
 * assertEquals(scaler.inverse(tensor([[0, 2, 0]])).toArray(), [[2, 400, 7]]);
 * ```
 */
export class Standardizer {
  /**
   * @param mean μ of each column, `[D]`
   * @param standardDeviation σ of each column, `[D]`; 1 for a constant one
   * @param constantColumns Numbers of the columns that were the same in every row
   */
  private constructor(
    readonly mean: Float64Array,
    readonly standardDeviation: Float64Array,
    readonly constantColumns: readonly number[],
  ) {}

  /**
   * Measures μ and σ of every column, in float64 whatever the dtype of the data.
   *
   * @param train Inputs (or targets) of the training data, `[N, D]`
   * @throws {ShapeError} If it is no matrix, or has no rows
   * @throws {RangeError} If an entry is NaN or infinite
   */
  static fit(train: Tensor): Standardizer {
    const [rows, columns] = matrix("Standardizer.fit", train);
    if (rows === 0) throw new ShapeError("Standardizer.fit: expected at least one row to measure, got none.");
    const mean = new Float64Array(columns);
    const deviation = new Float64Array(columns);
    const constant: number[] = [];
    for (let column = 0; column < columns; column++) {
      const values = Float64Array.from({ length: rows }, (_, row) => train.data[row * columns + column]);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        throw new RangeError(
          `Standardizer.fit: row ${bad}, column ${column} holds ${values[bad]}, so the column has no mean. ` +
            "Remove the row, or fill in a number.",
        );
      }
      // Not "σ is 0": the mean of equal numbers can differ from them in the last bit.
      if (values.every((value) => value === values[0])) {
        constant.push(column);
        mean[column] = values[0];
        deviation[column] = 1;
        continue;
      }
      mean[column] = values.reduce((sum, value) => sum + value, 0) / rows;
      const squares = values.reduce((sum, value) => sum + (value - mean[column]) * (value - mean[column]), 0);
      deviation[column] = Math.sqrt(squares / rows);
    }
    return new Standardizer(mean, deviation, constant);
  }

  /**
   * (x − μ) / σ.
   *
   * @param x `[N, D]`, with as many columns as the data this was fitted on
   * @returns `[N, D]` in the dtype of `x`
   * @throws {ShapeError} If the columns are not as many
   */
  transform(x: Tensor): Tensor {
    return this.#map("transform", x, (value, mean, deviation) => (value - mean) / deviation);
  }

  /**
   * z·σ + μ: takes {@link Standardizer.transform} back, to show numbers in their own units.
   *
   * @param z `[N, D]`, with as many columns as the data this was fitted on
   * @returns `[N, D]` in the dtype of `z`
   * @throws {ShapeError} If the columns are not as many
   */
  inverse(z: Tensor): Tensor {
    return this.#map("inverse", z, (value, mean, deviation) => value * deviation + mean);
  }

  #map(name: string, x: Tensor, f: (value: number, mean: number, deviation: number) => number): Tensor {
    const [, columns] = matrix(`Standardizer.${name}`, x);
    if (columns !== this.mean.length) {
      throw new ShapeError(
        `Standardizer.${name}: was fitted on ${this.mean.length} columns, got shape ${formatShape(x.shape)}.`,
      );
    }
    const out = emptyFloats(x.dtype, x.size);
    for (let i = 0; i < out.length; i++) {
      const column = i % columns;
      out[i] = f(x.data[i], this.mean[column], this.standardDeviation[column]);
    }
    return new Tensor(out, x.shape);
  }
}

function matrix(name: string, x: Tensor): Tensor["shape"] {
  checkTensor(name, "matrix", x);
  if (x.shape.length === 2) return x.shape;
  throw new ShapeError(
    `${name}: expected a matrix [N, D], got shape ${formatShape(x.shape)}. Use .reshape([N, D]); one ` +
      `column is [N, 1].`,
  );
}
