/** More data from the data there is: copies, changed a little, that mean the same. */

import { checkNames } from "../checks/options.ts";
import { checkTensor } from "../tensor/checks.ts";
import { Rng } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { countImages, type ImageSize, type Warp, warpImages } from "./warp.ts";

/** How far pictures may change. Left out: not at all. */
export interface AugmentOptions extends ImageSize {
  /** Draws the changes. */
  readonly rng: Rng;
  /** Farthest shift to each side, up and down, in pixels. */
  readonly shift?: number;
  /** Largest turn to either side, in degrees. */
  readonly rotate?: number;
  /** Largest change of size, as a share below 1: with 0.1 pictures are scaled by 0.9…1.1. */
  readonly scale?: number;
  /** Standard deviation of the noise added to every pixel, in the unit of the pixels. */
  readonly noise?: number;
}

/**
 * Copies of pictures, each shifted, turned and scaled by its own random amount, with noise on top.
 *
 * Amounts are uniform between the limits, noise is normal with mean 0. Choose limits within which a person still sees
 * the same thing: a 6 turned by 180° is a 9. For training data only; call it anew for every batch, so that no two
 * epochs see the same picture. Noise may carry a pixel out of 0…1; it is not clipped.
 *
 * Four numbers are drawn for each picture (shift across, shift down, turn, scale) whether they are used or not, then
 * the noise: so with one seed the shifts are the same with and without noise.
 *
 * @param images Pictures in rows, `[N, H·W]`
 * @param options Height, width, limits and the generator
 * @returns New pictures in the shape and dtype of `images`
 * @throws {ShapeError} If the rows are no pictures of that size
 * @throws {RangeError} If a limit is negative or not finite, or scale is not below 1
 * @see Simard, Steinkraus, Platt (2003), "Best practices for convolutional neural networks", §2
 * @example
 * ```ts
 * import { augmentImages, Rng, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const images = tensor([[0, 0, 0, 0, 1, 0, 0, 0, 0]]); // a point in the middle of 3×3 pixels
 * const options = { height: 3, width: 3, shift: 1, rotate: 10, noise: 0.05 };
 * const once = augmentImages(images, { ...options, rng: new Rng(1) });
 * assertEquals(once.shape, [1, 9]);
 * assertEquals(augmentImages(images, { ...options, rng: new Rng(1) }).toArray(), once.toArray()); // seeded
 * ```
 */
export function augmentImages(images: Tensor, options: AugmentOptions): Tensor {
  checkNames("augmentImages", ["rng", "shift", "rotate", "scale", "noise", "height", "width"], options);
  const { rng, shift = 0, rotate = 0, scale = 0, noise = 0, height, width } = options;
  checkRng("augmentImages", rng);
  checkLimits("augmentImages", { shift, rotate, scale, noise });
  if (scale >= 1) {
    throw new RangeError(
      `augmentImages: expected scale to be a share below 1, as 0.1 for 0.9…1.1; got ${scale}.`,
    );
  }
  const count = countImages("augmentImages", images, { height, width });
  const within = (limit: number) => limit * (2 * rng.random() - 1);
  const warps = Array.from({ length: count }, (): Warp => ({
    shiftX: within(shift),
    shiftY: within(shift),
    rotate: within(rotate),
    scale: 1 + within(scale),
  }));
  const moved = warpImages(images, warps, { height, width });
  return noise === 0 ? moved : addNoise(moved, noise, rng);
}

/** How far series may change. Left out: not at all. */
export interface JitterOptions {
  /** Draws the changes. */
  readonly rng: Rng;
  /** Standard deviation of the noise added at every time, in the unit of the series. */
  readonly noise?: number;
  /** Standard deviation of the factor, about 1, that a whole series is multiplied with. */
  readonly scale?: number;
}

/**
 * Copies of time series with noise at every time (jitter), and each made a little larger or smaller as a whole.
 *
 * x̃ₙₜ = (1 + scale·gₙ)·xₙₜ + noise·εₙₜ, with gₙ and εₙₜ standard normal; all gₙ are drawn first, whether used or not.
 *
 * @param series One series a row, `[N, T]`; further axes are fine
 * @param options Limits and the generator
 * @returns New series in the shape and dtype of `series`
 * @throws {ShapeError} If there are no rows of series
 * @throws {RangeError} If a limit is negative or not finite
 * @see Um et al. (2017), "Data augmentation of wearable sensor data for Parkinson's disease monitoring", §3
 * @example
 * ```ts
 * import { jitterSeries, Rng, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const series = tensor([[0, 1, 0, -1], [5, 5, 5, 5]]); // [N=2, T=4]
 * const noisy = jitterSeries(series, { noise: 0.1, rng: new Rng(0) });
 * assertEquals(noisy.shape, [2, 4]);
 * assertEquals(Math.abs(noisy.at(0, 1) - 1) < 0.5, true);
 * ```
 */
export function jitterSeries(series: Tensor, options: JitterOptions): Tensor {
  checkNames("jitterSeries", ["rng", "noise", "scale"], options);
  const { rng, noise = 0, scale = 0 } = options;
  checkRng("jitterSeries", rng);
  checkLimits("jitterSeries", { noise, scale });
  checkTensor("jitterSeries", "series", series);
  if (series.shape.length < 2) {
    throw new ShapeError(
      `jitterSeries: expected one series a row, [N, T], got shape ${formatShape(series.shape)}.`,
    );
  }
  const [count, ...row] = series.shape;
  const factors = rng.randn([count, ...row.map(() => 1)], { dtype: series.dtype }).mul(scale).add(1);
  const scaled = series.detach().mul(factors);
  return noise === 0 ? scaled : addNoise(scaled, noise, rng);
}

function addNoise(x: Tensor, noise: number, rng: Rng): Tensor {
  return x.add(rng.randn(x.shape, { dtype: x.dtype }).mul(noise));
}

function checkRng(operation: string, rng: unknown): void {
  if (rng instanceof Rng) return;
  throw new TypeError(`${operation}: expected a generator, as in { …, rng: new Rng(42) }.`);
}

function checkLimits(operation: string, limits: Record<string, number>): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!Number.isFinite(limit) || limit < 0) {
      throw new RangeError(`${operation}: expected ${name} to be a finite number from 0, got ${limit}.`);
    }
  }
}
