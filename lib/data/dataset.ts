/** What a model learns from: rows of inputs, and beside each row what should come out. */

import { checkList } from "../checks/values.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What should come out, one row an example: class indices `[N]`, or numbers `[N, …]`. */
export type Targets = Uint8Array | Tensor;

/**
 * N inputs, and the target of each. `Examples<Uint8Array>` are for classification, `Examples<Tensor>` for regression.
 *
 * @example
 * ```ts
 * import { type Examples, type Tensor, tensor } from "backprop";
 *
 * const xor: Examples<Uint8Array> = {
 *   inputs: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), // [N=4, D=2]
 *   targets: Uint8Array.of(0, 1, 1, 0), //               [N=4], classes
 * };
 * const line: Examples<Tensor> = {
 *   inputs: tensor([[1], [2], [3]]), //  [N=3, D=1]
 *   targets: tensor([[2], [4], [6]]), // [N=3, 1], numbers
 * };
 * ```
 */
export interface Examples<T extends Targets = Targets> {
  /** One example a row, `[N, D]`; further axes are fine. */
  readonly inputs: Tensor;
  /** Class indices `[N]`, or numbers `[N, …]`. */
  readonly targets: T;
}

/**
 * N images and the class of each: examples under the names that pictures have. Any object with these two fields will do.
 *
 * @example
 * ```ts
 * import { type LabelledImages, tensor } from "backprop";
 *
 * const strokes: LabelledImages = {
 *   images: tensor([[0, 1, 0, 1], [1, 1, 0, 0]]), // [N=2, D=4], pixels of 2×2 images
 *   labels: Uint8Array.of(1, 0), //                  [N=2]
 * };
 * ```
 */
export interface LabelledImages {
  /** One image a row, `[N, D]`; further axes are fine. */
  readonly images: Tensor;
  /** The class of each image, `[N]`. */
  readonly labels: Uint8Array;
}

/** Anything that can be cut into batches and split: {@link Examples}, or {@link LabelledImages}. */
export type Dataset = Examples | LabelledImages;

/** Some rows of a dataset of type `D`, under the same two names. */
export type RowsOf<D extends Dataset> = D extends LabelledImages ? LabelledImages
  : D extends Examples<infer T> ? Examples<T>
  : never;

/** The type of a dataset's targets: `Uint8Array` or `Tensor`. */
export type TargetsOf<D extends Dataset> = D extends LabelledImages ? Uint8Array
  : D extends Examples<infer T> ? (T extends Uint8Array ? Uint8Array : T)
  : never;

/**
 * The chosen rows of a dataset, copied, in the order chosen; a row may be chosen twice.
 *
 * @param dataset N images and labels, or N inputs and targets
 * @param rows Row numbers 0…N−1, `[B]`
 * @returns B rows under the same names, in the dtype of the dataset
 * @throws {RangeError} If a row number is outside 0…N−1
 * @throws {ShapeError} If there are not as many labels as images, or targets as inputs
 * @throws {TypeError} If it is no dataset
 * @example
 * ```ts
 * import { takeRows, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const letters = { images: tensor([[1, 10], [2, 20], [3, 30]]), labels: Uint8Array.of(7, 8, 9) };
 * const { images, labels } = takeRows(letters, [2, 0]);
 * assertEquals(images.toArray(), [[3, 30], [1, 10]]);
 * assertEquals([...labels], [9, 7]);
 * ```
 */
export function takeRows<D extends Dataset>(dataset: D, rows: ArrayLike<number>): RowsOf<D> {
  const count = countRows(dataset, "takeRows");
  checkList("takeRows", "rows", rows);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!Number.isInteger(row) || row < 0 || row >= count) {
      throw new RangeError(`takeRows: expected row numbers from 0 to ${count - 1}, got ${row}.`);
    }
  }
  const { inputs, targets } = examplesOf(dataset);
  const x = tensorRows(inputs, rows);
  const y = targets instanceof Tensor ? tensorRows(targets, rows) : byteRows(targets, rows);
  return ("images" in dataset ? { images: x, labels: y } : { inputs: x, targets: y }) as unknown as RowsOf<D>;
}

/**
 * The same dataset under the names `inputs` and `targets`; nothing is copied.
 *
 * @throws {TypeError} If it is no object
 * @example
 * ```ts
 * import { examplesOf, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs, targets } = examplesOf({ images: tensor([[0.5, 1]]), labels: Uint8Array.of(3) });
 * assertEquals([inputs.shape, targets.length], [[1, 2], 1]);
 * ```
 */
export function examplesOf<D extends Dataset>(dataset: D): Examples<TargetsOf<D>> {
  if (typeof dataset !== "object" || dataset === null) {
    throw new TypeError(
      `examplesOf: expected a dataset, an object with inputs and targets; got ${kindOf(dataset)}.`,
    );
  }
  const { inputs, targets } = "images" in dataset
    ? { inputs: dataset.images, targets: dataset.labels }
    : dataset;
  return { inputs, targets: targets as TargetsOf<D> };
}

/**
 * N, the number of examples in a dataset, after making sure that there are as many targets.
 *
 * @param operation Named in the error
 * @throws {ShapeError} If there are not
 * @throws {TypeError} If it is no dataset
 */
export function countRows(dataset: Dataset, operation: string): number {
  if (typeof dataset !== "object" || dataset === null) {
    throw new TypeError(
      `${operation}: expected a dataset, an object with inputs and targets; got ${kindOf(dataset)}.`,
    );
  }
  const { inputs, targets } = examplesOf(dataset);
  const [x, y] = "images" in dataset ? ["images", "labels"] : ["inputs", "targets"];
  if (!(inputs instanceof Tensor) || !(targets instanceof Tensor || targets instanceof Uint8Array)) {
    throw new TypeError(
      `${operation}: expected a dataset { images, labels } or { inputs, targets }, a Tensor and a Uint8Array of ` +
        `classes or a Tensor of numbers; got ${x} ${kindOf(inputs)} and ${y} ${kindOf(targets)}.`,
    );
  }
  const targetShape = targets instanceof Tensor ? targets.shape : [targets.length];
  if (inputs.shape.length === 0 || inputs.shape[0] !== targetShape[0]) {
    throw new ShapeError(
      `${operation}: expected ${x} [N, D] and ${y} [N${targets instanceof Tensor ? ", …" : ""}], ` +
        `got ${x} ${formatShape(inputs.shape)} and ${y} ${formatShape(targetShape)}.`,
    );
  }
  return inputs.shape[0];
}

function tensorRows(all: Tensor, rows: ArrayLike<number>): Tensor {
  const rowShape = all.shape.slice(1);
  const rowSize = rowShape.reduce((product, length) => product * length, 1);
  const out = emptyFloats(all.dtype, rows.length * rowSize);
  for (let i = 0; i < rows.length; i++) {
    out.set(all.data.subarray(rows[i] * rowSize, (rows[i] + 1) * rowSize), i * rowSize);
  }
  return new Tensor(out, [rows.length, ...rowShape]);
}

function byteRows(all: Uint8Array, rows: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = all[rows[i]];
  return out;
}

/** What a value is, for a message: `Array`, `undefined`, `number`. */
function kindOf(value: unknown): string {
  return value === null
    ? "null"
    : typeof value === "object"
    ? value.constructor?.name ?? "object"
    : typeof value;
}
