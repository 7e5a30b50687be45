/** What the widgets' options have in common. */

import type { Tensor } from "../tensor/tensor.ts";

/** x and y of points, as tensors or lists: what the toy data sets give. */
export interface LinePoints {
  /** x, n numbers. */
  readonly inputs: Tensor | readonly number[];
  /** y, n numbers. */
  readonly targets: Tensor | readonly number[];
}

/** Squares of what is larger, summed, are too large for the numbers on the axes of a widget. */
const MOST = 1e6;

/** The same as plain lists. */
export function plainPoints({ inputs, targets }: LinePoints): { x: number[]; y: number[] } {
  const plain = (values: Tensor | readonly number[]) =>
    Array.from("data" in values ? values.data : values, Number);
  return { x: plain(inputs), y: plain(targets) };
}

/** Throws unless a line can be fitted. */
export function checkPoints(who: string, { x, y }: { x: readonly number[]; y: readonly number[] }): void {
  if (x.length !== y.length) {
    throw new RangeError(`${who}: expected as many inputs as targets, got ${x.length} and ${y.length}.`);
  }
  if (new Set(x).size < 2 || ![...x, ...y].every(Number.isFinite)) {
    throw new RangeError(
      `${who}: expected finite points with at least two different x, got ${x.length} points.`,
    );
  }
  if (![...x, ...y].every((value) => Math.abs(value) <= MOST)) {
    throw new RangeError(
      `${who}: expected points within ±10⁶, of which squares and sums can be drawn; divide them by a power of ten.`,
    );
  }
}

/** Throws unless it is a range from low to high. */
export function checkRange(who: string, name: string, range: readonly number[]): void {
  if (range.length !== 2 || !(range[0] < range[1]) || !range.every(Number.isFinite)) {
    throw new RangeError(`${who}: expected ${name} to be [low, high], got [${range.join(", ")}].`);
  }
}

/** From `reach` below to `reach` above, rounded to tenths so that a slider stops at round numbers. */
export function rangeAround(middle: number, reach = 3): [number, number] {
  const centre = Math.round(middle * 10) / 10;
  return [tenths(centre - reach), tenths(centre + reach)];
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
