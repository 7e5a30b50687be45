import { INSPECT } from "../host/mod.ts";
import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { defaultDType, type DType, emptyFloats } from "../tensor/dtype.ts";
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
    checkNames("DigitImages", ["pixels", "labels", "height", "width", "dtype"], content);
    const { pixels, labels, height, width, dtype = defaultDType() } = content;
    if (!(pixels instanceof Uint8Array) || !(labels instanceof Uint8Array)) {
      throw new TypeError(
        `DigitImages: expected pixels and labels to be Uint8Arrays, got ${kindOf(pixels)} and ${
          kindOf(labels)
        }.`,
      );
    }
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

  /**
   * Images `from` … `to − 1`, without copying a pixel: a few hundred are enough for an experiment.
   *
   * @throws {RangeError} If it is no range within 0 … N
   * @example
   * ```ts
   * import { loadMnist } from "backprop";
   * import { assertEquals } from "@std/assert";
   *
   * const { train } = await loadMnist({ quiet: true });
   * assertEquals([...train.slice(0, 5).labels], [...train.labels.slice(0, 5)]);
   * ```
   */
  slice(from: number, to: number): DigitImages {
    if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= this.size)) {
      throw new RangeError(`slice: expected a range within 0 … ${this.size}, got ${from} … ${to}.`);
    }
    const { height, width, dtype } = this;
    const pixels = this.pixels.subarray(from * height * width, to * height * width);
    return new DigitImages({ pixels, labels: this.labels.subarray(from, to), height, width, dtype });
  }

  /**
   * The same pictures, smaller: each pixel is the mean of a block of `factor` × `factor`, rounded to a whole number.
   *
   * @throws {RangeError} If the factor is no whole number that divides height and width
   * @example
   * ```ts
   * import { DigitImages } from "backprop";
   * import { assertEquals } from "@std/assert";
   *
   * const one = new DigitImages({ pixels: Uint8Array.of(0, 200, 100, 100), labels: Uint8Array.of(7), height: 2, width: 2 });
   * assertEquals([...one.shrink(2).pixels], [100]);
   * ```
   */
  shrink(factor: number): DigitImages {
    const { height, width, dtype, labels } = this;
    if (!Number.isInteger(factor) || factor < 1 || height % factor > 0 || width % factor > 0) {
      throw new RangeError(
        `shrink: expected a whole number that divides ${height} and ${width}, got ${factor}.`,
      );
    }
    const small = { height: height / factor, width: width / factor };
    const sums = new Uint32Array(this.size * small.height * small.width);
    this.pixels.forEach((ink, i) => {
      const image = Math.floor(i / (height * width));
      const row = Math.floor(i / width) % height, column = i % width;
      const block = Math.floor(row / factor) * small.width + Math.floor(column / factor);
      sums[image * small.height * small.width + block] += ink;
    });
    const pixels = Uint8Array.from(sums, (sum) => Math.round(sum / (factor * factor)));
    return new DigitImages({ pixels, labels, ...small, dtype });
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
  [INSPECT](): string {
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
