/** Means over the steps of one epoch. */

import type { Targets } from "../data/dataset.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Metric } from "./fit_options.ts";
import type { StepRow } from "./history.ts";

/** Sums up the steps of an epoch. Loss and metrics are weighted by the size of the batch, since the last may be small. */
export class EpochMeans {
  #examples = 0;
  readonly #sums: Record<string, number> = {};
  readonly #gradientNorms: number[] = [];
  readonly #updateRatios: number[] = [];

  /** @param metrics What to measure of the predictions, by name */
  constructor(private readonly metrics: Readonly<Record<string, Metric<Targets>>>) {}

  /** Adds one step. */
  add(row: StepRow, prediction: Tensor, targets: Targets): void {
    const rows = targets instanceof Uint8Array ? targets.length : targets.shape[0];
    this.#examples += rows;
    this.#count("loss", row.trainLoss * rows);
    for (const [name, metric] of Object.entries(this.metrics)) {
      this.#count(name, metric(prediction.detach(), targets) * rows);
    }
    this.#gradientNorms.push(row.gradientNorm);
    if (row.updateRatio !== undefined) this.#updateRatios.push(row.updateRatio);
  }

  /** The fields of an epoch's row. */
  means(): {
    trainLoss: number;
    gradientNorm: number;
    updateRatio?: number;
    [metric: string]: number | undefined;
  } {
    const perExample = Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#examples]);
    return {
      ...fieldsOf("train", Object.fromEntries(perExample)) as { trainLoss: number },
      gradientNorm: mean(this.#gradientNorms),
      ...(this.#updateRatios.length > 0 ? { updateRatio: mean(this.#updateRatios) } : {}),
    };
  }

  #count(field: string, amount: number): void {
    this.#sums[field] = (this.#sums[field] ?? 0) + amount;
  }
}

/** `{ trainAccuracy: 0.9 }` of `"train"` and `{ accuracy: 0.9 }`. */
export function fieldsOf(
  part: "train" | "validation",
  measured: Record<string, number>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(measured).map((
      [name, value],
    ) => [part + name.slice(0, 1).toUpperCase() + name.slice(1), value]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
