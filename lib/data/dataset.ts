import { formatShape, ShapeError } from "../tensor/shape.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * N images and the class of each: what a network learns from. Any object with these two fields will do.
 *
 * @example
 * ```ts
 * import { type LabelledImages, tensor } from "backprop";
 *
 * const xor: LabelledImages = {
 *   images: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), // [N=4, D=2]
 *   labels: Uint8Array.of(0, 1, 1, 0), //                [N=4]
 * };
 * ```
 */
export interface LabelledImages {
  /** One image a row, `[N, D]`; further axes are fine. */
  readonly images: Tensor;
  /** The class of each image, `[N]`. */
  readonly labels: Uint8Array;
}

/**
 * The chosen rows of a dataset, copied, in the order chosen; a row may be chosen twice.
 *
 * @param dataset N images and labels
 * @param rows Row numbers 0…N−1, `[B]`
 * @returns `images` `[B, D]` in the dtype of the dataset, `labels` `[B]`
 * @throws {RangeError} If a row number is outside 0…N−1
 * @throws {ShapeError} If there are not as many labels as images
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
export function takeRows(dataset: LabelledImages, rows: ArrayLike<number>): LabelledImages {
  const count = countRows(dataset, "takeRows");
  const { images, labels } = dataset;
  const rowShape = images.shape.slice(1);
  const rowSize = count === 0 ? 0 : images.size / count;
  const pixels = emptyFloats(images.dtype, rows.length * rowSize);
  const classes = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!Number.isInteger(row) || row < 0 || row >= count) {
      throw new RangeError(`takeRows: expected row numbers from 0 to ${count - 1}, got ${row}.`);
    }
    pixels.set(images.data.subarray(row * rowSize, (row + 1) * rowSize), i * rowSize);
    classes[i] = labels[row];
  }
  return { images: new Tensor(pixels, [rows.length, ...rowShape]), labels: classes };
}

/**
 * N, the number of images in a dataset, after making sure that there are as many labels.
 *
 * @param operation Named in the error
 * @throws {ShapeError} If there are not
 */
export function countRows({ images, labels }: LabelledImages, operation: string): number {
  if (images.shape.length === 0 || images.shape[0] !== labels.length) {
    throw new ShapeError(
      `${operation}: expected images [N, D] and labels [N], ` +
        `got images ${formatShape(images.shape)} and labels [${labels.length}].`,
    );
  }
  return labels.length;
}
