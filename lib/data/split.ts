import type { Shuffler } from "./batches.ts";
import { countRows, type LabelledImages, takeRows } from "./dataset.ts";

/** How to set images aside. */
export interface SplitOptions {
  /** How many: a share between 0 and 1 (0.1 is every tenth), or a number of images from 1. */
  readonly validation: number;
  /** Chooses which. */
  readonly rng: Shuffler;
  /** Give every class the same share in both parts, to the nearest image; false by default. */
  readonly stratify?: boolean;
}

/**
 * Sets a random part of a dataset aside, to measure on what was not trained on.
 *
 * The rows of `rng.permutation(N)`: the first ones become `validation`, the rest `train`. With `stratify` the shares of
 * the classes are kept, rounded by largest remainder so that exactly the number asked for is set aside.
 *
 * @param dataset `images` `[N, D]` and `labels` `[N]`
 * @returns Two datasets, shuffled and copied, that have no row in common and together have all
 * @throws {RangeError} If `validation` is neither a share nor a number that leaves an image in both parts
 * @throws {ShapeError} If there are not as many labels as images
 * @see Hastie, Tibshirani, Friedman (2009), "The elements of statistical learning", §7.2
 * @example
 * ```ts
 * import { Rng, split, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const five = { images: tensor([[0], [1], [2], [3], [4]]), labels: Uint8Array.of(0, 1, 2, 3, 4) };
 * const { train, validation } = split(five, { validation: 0.4, rng: new Rng(42) });
 * assertEquals([...validation.labels], [1, 4]);
 * assertEquals(train.images.shape, [3, 1]);
 * ```
 */
export function split(
  dataset: LabelledImages,
  options: SplitOptions,
): { train: LabelledImages; validation: LabelledImages } {
  const count = countRows(dataset, "split");
  const wanted = howMany(options.validation, count);
  const order = Array.from(options.rng.permutation(count));
  const quota = options.stratify ? quotas(dataset.labels, wanted) : undefined;

  const validation: number[] = [];
  const train: number[] = [];
  for (const row of order) {
    const label = dataset.labels[row];
    const chosen = quota ? quota[label]-- > 0 : validation.length < wanted;
    (chosen ? validation : train).push(row);
  }
  return { train: takeRows(dataset, train), validation: takeRows(dataset, validation) };
}

function howMany(validation: number, count: number): number {
  const isShare = validation > 0 && validation < 1;
  const wanted = isShare ? Math.round(validation * count) : validation;
  if (Number.isInteger(wanted) && wanted >= 1 && wanted < count) return wanted;
  throw new RangeError(
    `split: expected validation to be a share between 0 and 1 or a whole number, and at least one of ` +
      `${count} images in both parts; got ${validation}.`,
  );
}

/** How many of each class to set aside: its share of `wanted`, rounded so that the sum is `wanted`. */
function quotas(labels: Uint8Array, wanted: number): number[] {
  const counts = new Array<number>(256).fill(0);
  for (const label of labels) counts[label]++;
  const exact = counts.map((count) => count * wanted / labels.length);
  const quota = exact.map(Math.floor);
  // What flooring took goes to the classes that lost most; the smaller class number where they lost the same.
  const byLoss = [...quota.keys()].sort((a, b) => (exact[b] - quota[b]) - (exact[a] - quota[a]) || a - b);
  const left = wanted - quota.reduce((sum, n) => sum + n, 0);
  for (const label of byLoss.slice(0, left)) quota[label]++;
  return quota;
}
