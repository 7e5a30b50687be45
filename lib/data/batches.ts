/** Minibatches: one epoch of a dataset, cut into parts. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { countRows, type Dataset, type RowsOf, takeRows } from "./dataset.ts";

/** Something that can shuffle: an `Rng`. */
export interface Shuffler {
  /** The numbers 0…n−1 in random order. */
  permutation(n: number): ArrayLike<number>;
}

/** How to cut a dataset into minibatches. */
export interface BatchOptions {
  /** B, examples in a batch; the last batch may be smaller. */
  readonly batchSize: number;
  /** Shuffles, if given: one permutation for each call of `batches()`, so every epoch has another order. */
  readonly rng?: Shuffler;
  /** Leave out a last batch that is smaller than the others; false by default. */
  readonly dropLast?: boolean;
}

/**
 * One epoch of minibatches: every example once, in random order with `rng`, else in the order of the dataset.
 *
 * @param dataset `images` `[N, D]` and `labels` `[N]`, or `inputs` `[N, …]` and `targets` `[N, …]`
 * @param options `batchSize`, and perhaps `rng` and `dropLast`
 * @returns Batches to loop over, each with B rows of the dataset under the same names, copied
 * @throws {RangeError} If `batchSize` is no whole number from 1, or there would be no batch at all
 * @throws {ShapeError} If there are not as many labels as images, or targets as inputs
 * @throws {TypeError} If an option is unknown
 * @see Bottou, Curtis, Nocedal (2018), "Optimization methods for large-scale machine learning", §3
 * @example
 * ```ts
 * import { batches, Rng, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const five = { images: tensor([[0], [1], [2], [3], [4]]), labels: Uint8Array.of(0, 1, 2, 3, 4) };
 * const seen = [...batches(five, { batchSize: 2, rng: new Rng(42) })].map(({ labels }) => [...labels]);
 * assertEquals(seen, [[1, 4], [2, 0], [3]]);
 * ```
 */
export function batches<D extends Dataset>(dataset: D, options: BatchOptions): Generator<RowsOf<D>, void> {
  // Checked here and not in the generator, which would complain only when the loop begins.
  const count = countRows(dataset, "batches");
  checkNames("batches", ["batchSize", "rng", "dropLast"], options);
  const { batchSize, rng, dropLast = false } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batches: expected batchSize to be a whole number from 1, got ${batchSize}.`);
  }
  checkRng("batches", rng);
  if (count === 0) {
    throw new RangeError("batches: the dataset has no examples, so there is no batch to give.");
  }
  if (dropLast && batchSize > count) {
    throw new RangeError(
      `batches: with dropLast and batchSize ${batchSize}, ${count} examples give no batch; take a smaller batchSize.`,
    );
  }
  const order = rng ? rng.permutation(count) : Uint32Array.from({ length: count }, (_, i) => i);
  if (order?.length !== count) {
    throw new TypeError(
      `batches: expected the generator's permutation(${count}) to give ${count} numbers, got ${
        kindOf(order)
      }.`,
    );
  }
  const end = dropLast ? count - count % batchSize : count;
  return cut(dataset, order, batchSize, end);
}

/** Throws unless there is no generator, or one that can shuffle. */
export function checkRng(owner: string, rng: unknown): asserts rng is Shuffler | undefined {
  if (rng === undefined || typeof (rng as Shuffler | null)?.permutation === "function") return;
  const hint = rng === Math ? ": Math cannot be seeded" : "";
  throw new TypeError(
    `${owner}: expected rng to be a generator such as new Rng(42), got ${kindOf(rng)}${hint}.`,
  );
}

function* cut<D extends Dataset>(dataset: D, order: ArrayLike<number>, batchSize: number, end: number) {
  for (let from = 0; from < end; from += batchSize) {
    const rows = new Uint32Array(Math.min(batchSize, end - from));
    for (let i = 0; i < rows.length; i++) rows[i] = order[from + i];
    yield takeRows(dataset, rows);
  }
}
