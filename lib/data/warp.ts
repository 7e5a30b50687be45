/** Pictures moved, turned and scaled: where every pixel of the new picture lies in the old one. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { cos, sin } from "../kernels/elementary.ts";
import { checkTensor } from "../tensor/checks.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** How high and wide the pictures in the rows of a tensor are, in pixels. */
export interface ImageSize {
  /** H, rows of pixels. */
  readonly height: number;
  /** W, columns of pixels. */
  readonly width: number;
}

/** How one picture is moved. Left out: not at all. */
export interface Warp {
  /** Pixels to the right; fractions are fine. */
  readonly shiftX?: number;
  /** Pixels down. */
  readonly shiftY?: number;
  /** Degrees counterclockwise, about the middle of the picture. */
  readonly rotate?: number;
  /** Factor by which the picture grows from its middle, above 0; 1 keeps its size. */
  readonly scale?: number;
}

/**
 * Shifts, turns and scales pictures, each in its own way: `scale` and `rotate` about the middle, then the shift.
 *
 * A pixel of the new picture rarely falls on one of the old: it is the average of the four around the place it came
 * from, weighted by how near they are (bilinear interpolation). Outside the old picture everything is 0, the background.
 *
 * @param images Pictures in rows, `[N, H·W]`; `[N, H, W]` is fine
 * @param warps How each is moved, N of them
 * @param size Height and width
 * @returns New pictures in the shape and dtype of `images`
 * @throws {ShapeError} If the rows are no pictures of that size, or there are not N warps
 * @throws {RangeError} If a size is no whole number from 1, a scale is not above 0 or a number is not finite
 * @see Jaderberg et al. (2015), "Spatial transformer networks", §3.2-3.3
 */
export function warpImages(images: Tensor, warps: readonly Warp[], size: ImageSize): Tensor {
  checkNames("warpImages", ["height", "width"], size);
  const count = countImages("warpImages", images, size);
  if (!Array.isArray(warps)) {
    throw new TypeError(`warpImages: expected a list of warps, one for each image; got ${kindOf(warps)}.`);
  }
  for (const warp of warps) checkNames("warpImages", ["shiftX", "shiftY", "rotate", "scale"], warp);
  if (warps.length !== count) {
    throw new ShapeError(`warpImages: expected one warp for each of ${count} images, got ${warps.length}.`);
  }
  const out = emptyFloats(images.dtype, images.size);
  const pixels = size.height * size.width;
  warps.forEach((warp, n) => {
    const from = n * pixels;
    warpImage(images.data.subarray(from, from + pixels), out.subarray(from, from + pixels), warp, size);
  });
  return new Tensor(out, images.shape);
}

function warpImage(
  image: ArrayLike<number>,
  out: Float64Array | Float32Array,
  warp: Warp,
  size: ImageSize,
): void {
  const { shiftX = 0, shiftY = 0, rotate = 0, scale = 1 } = warp;
  if (![shiftX, shiftY, rotate, scale].every(Number.isFinite) || scale <= 0) {
    const got = `shiftX ${shiftX}, shiftY ${shiftY}, rotate ${rotate}, scale ${scale}`;
    throw new RangeError(`warpImages: expected finite numbers and a scale above 0, got ${got}.`);
  }
  const { height, width } = size;
  const middleX = (width - 1) / 2, middleY = (height - 1) / 2;
  const angle = rotate * Math.PI / 180;
  const c = cos(angle), s = sin(angle);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Backwards: the place (u, v) in the old picture that comes to lie on (x, y). Rows count downwards.
      const right = x - middleX - shiftX, down = y - middleY - shiftY;
      const u = middleX + (right * c - down * s) / scale;
      const v = middleY + (right * s + down * c) / scale;
      out[y * width + x] = bilinear(image, u, v, height, width);
    }
  }
}

/** The picture's brightness at column `u`, row `v`, between pixels. */
function bilinear(image: ArrayLike<number>, u: number, v: number, height: number, width: number): number {
  const left = Math.floor(u), top = Math.floor(v);
  let sum = 0;
  for (let y = top; y <= top + 1; y++) {
    for (let x = left; x <= left + 1; x++) {
      if (x < 0 || x >= width || y < 0 || y >= height) continue;
      const weight = (1 - Math.abs(u - x)) * (1 - Math.abs(v - y));
      if (weight > 0) sum += weight * image[y * width + x];
    }
  }
  return sum;
}

/**
 * N, the number of pictures in a tensor, after making sure that its rows are pictures of this size.
 *
 * @param operation Named in the error
 */
export function countImages(operation: string, images: Tensor, { height, width }: ImageSize): number {
  for (const [name, length] of [["height", height], ["width", width]] as const) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`${operation}: expected ${name} to be a whole number from 1, got ${length}.`);
    }
  }
  checkTensor(operation, "images", images);
  const [count, ...row] = images.shape;
  if (row.length === 0 || row.reduce((product, length) => product * length, 1) !== height * width) {
    throw new ShapeError(
      `${operation}: images of ${height}×${width} need shape [N, ${height * width}], got ` +
        `${formatShape(images.shape)}.`,
    );
  }
  return count;
}
