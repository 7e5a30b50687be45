import { type DType, emptyFloats } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { LabelledImages } from "./dataset.ts";

/**
 * Pictures of digits as they are stored, one byte a pixel, and as a network reads them, numbers in 0…1.
 *
 * @example
 * ```ts
 * import { DigitImages } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const tiny = new DigitImages({ pixels: Uint8Array.of(0, 51, 255, 0), labels: Uint8Array.of(3, 1), height: 1, width: 2 });
 * assertEquals(tiny.images.toArray(), [[0, 0.2], [1, 0]]);
 * assertEquals(tiny.counts(), [0, 1, 0, 1]);
 * ```
 */
export class DigitImages implements LabelledImages {
  /** All pixels as stored, 0 paper … 255 ink, row by row, image after image: N × height × width bytes. */
  readonly pixels: Uint8Array;
  /** Which digit each image shows, `[N]`. */
  readonly labels: Uint8Array;
  /** Rows of pixels of an image. */
  readonly height: number;
  /** Columns of pixels of an image. */
  readonly width: number;
  /** The digits that occur, in ascending order. */
  readonly classes: readonly number[];
  /** dtype of `images`. */
  readonly dtype: DType;
  #images: Tensor | undefined;

  /**
   * Keeps the arrays; nothing is copied.
   *
   * @throws {RangeError} If `pixels` are not `labels.length` × height × width bytes
   */
  constructor(content: {
    pixels: Uint8Array;
    labels: Uint8Array;
    height: number;
    width: number;
    dtype?: DType;
  }) {
    const { pixels, labels, height, width, dtype = "float64" } = content;
    if (pixels.length !== labels.length * height * width) {
      const expected = `${labels.length} × ${height} × ${width} pixels for as many labels`;
      throw new RangeError(`DigitImages: expected ${expected}, got ${pixels.length}.`);
    }
    this.pixels = pixels;
    this.labels = labels;
    this.height = height;
    this.width = width;
    this.dtype = dtype;
    this.classes = [...new Set(labels)].sort((a, b) => a - b);
  }

  /** N, the number of images. */
  get size(): number {
    return this.labels.length;
  }

  /**
   * What a network reads: pixel/255, `[N, height·width]`.
   *
   * Made when first asked for and kept: for 30,596 digits it takes 192 MB in float64, 96 MB in float32.
   */
  get images(): Tensor {
    return this.#images ??= this.#scale();
  }

  /** The pixels of image `index` (0…N−1), 0…255, row by row: a window on `pixels`, not a copy. */
  image(index: number): Uint8Array {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(`image: expected a number from 0 to ${this.size - 1}, got ${index}.`);
    }
    const size = this.height * this.width;
    return this.pixels.subarray(index * size, (index + 1) * size);
  }

  /** How many images there are of each class 0…max: `counts()[3]` is the number of threes. */
  counts(): number[] {
    const counts = new Array<number>((this.classes.at(-1) ?? -1) + 1).fill(0);
    for (const label of this.labels) counts[label]++;
    return counts;
  }

  /** Number, size, classes: one line. */
  toString(): string {
    const { size, height, width, classes, dtype } = this;
    return `DigitImages: ${size} images of ${height}×${width}, classes ${classes.join(" ")}, ${dtype}`;
  }

  /** What `console.log` and the notebook show: a line, not 24 million numbers. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  #scale(): Tensor {
    const { pixels, dtype } = this;
    const levels = emptyFloats(dtype, 256).map((_, level) => level / 255);
    const data = emptyFloats(dtype, pixels.length);
    for (let i = 0; i < pixels.length; i++) data[i] = levels[pixels[i]];
    return new Tensor(data, [this.size, this.height * this.width]);
  }
}
