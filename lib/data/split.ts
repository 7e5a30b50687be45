/** Setting examples aside for validation. */

import { checkNames } from "../checks/options.ts";
import type { Shuffler } from "./batches.ts";
import { countRows, type Dataset, examplesOf, type RowsOf, takeRows } from "./dataset.ts";

/** How to set examples aside. */
export interface SplitOptions {
  /** How many: a share between 0 and 1 (0.1 is every tenth), or a number of examples from 1. */
  readonly validation: number;
  /** Chooses which. */
  readonly rng: Shuffler;
  /** Give every class the same share in both parts, to the nearest example; false by default. Needs class indices. */
  readonly stratify?: boolean;
}

/**
 * Sets a random part of a dataset aside, to measure on what was not trained on.
 *
 * The rows of `rng.permutation(N)`: the first ones become `validation`, the rest `train`. With `stratify` the shares of
 * the classes are kept, rounded by largest remainder so that exactly the number asked for is set aside, and a second
 * permutation gives the order.
 *
 * @param dataset `images` `[N, D]` and `labels` `[N]`, or `inputs` `[N, …]` and `targets` `[N, …]`
 * @returns Two datasets, shuffled and copied, that have no row in common and together have all
 * @throws {RangeError} If `validation` is neither a share nor a number that leaves an example in both parts
 * @throws {ShapeError} If there are not as many labels as images, or targets as inputs
 * @throws {TypeError} If there is no generator, an option is unknown, or `stratify` is asked for and the targets are no class indices
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
export function split<D extends Dataset>(
  dataset: D,
  options: SplitOptions,
): { train: RowsOf<D>; validation: RowsOf<D> } {
  const count = countRows(dataset, "split");
  checkNames("split", ["validation", "rng", "stratify"], options);
  if (typeof options.rng?.permutation !== "function") {
    throw new TypeError(
      "split: expected a generator that chooses, as in { validation: 0.1, rng: new Rng(42) }.",
    );
  }
  const wanted = howMany(options.validation, count);
  const order = Array.from(options.rng.permutation(count));
  if (!options.stratify) {
    return {
      train: takeRows(dataset, order.slice(wanted)),
      validation: takeRows(dataset, order.slice(0, wanted)),
    };
  }

  const labels = classesOf(dataset);
  const quota = quotas(labels, wanted);
  const chosen = new Set(order.filter((row) => quota[labels[row]]-- > 0));
  // A second order: along the first one, classes whose quota was filled early would open the training part.
  const again = Array.from(options.rng.permutation(count));
  const train = again.filter((row) => !chosen.has(row)), validation = again.filter((row) => chosen.has(row));
  return { train: takeRows(dataset, train), validation: takeRows(dataset, validation) };
}

function classesOf(dataset: Dataset): Uint8Array {
  const { targets } = examplesOf(dataset);
  if (targets instanceof Uint8Array) return targets;
  throw new TypeError(
    "split: stratify keeps the shares of the classes, and needs class indices in a Uint8Array; got a Tensor. " +
      "Leave stratify out.",
  );
}

function howMany(validation: number, count: number): number {
  const isShare = validation > 0 && validation < 1;
  const wanted = isShare ? Math.round(validation * count) : validation;
  if (Number.isInteger(wanted) && wanted >= 1 && wanted < count) return wanted;
  throw new RangeError(
    `split: expected validation to be a share between 0 and 1 or a whole number, and at least one of ` +
      `${count} examples in both parts; got ${validation}.`,
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
