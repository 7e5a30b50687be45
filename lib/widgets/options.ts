/** What the widgets' options have in common. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Line, Points } from "./models/line_surface.ts";

/** x and y of points, as tensors or lists: what the toy data sets give. */
export interface LinePoints {
  /** x, n numbers. */
  readonly inputs: Tensor | readonly number[];
  /** y, n numbers. */
  readonly targets: Tensor | readonly number[];
}

/** What the scripts of widgets about the loss of a line are given. */
export interface LineData {
  readonly points: Points;
  readonly wRange: readonly [number, number];
  readonly bRange: readonly [number, number];
  readonly start: Line;
}

/** Squares of what is larger, summed, are too large for the numbers on the axes of a widget. */
const MOST = 1e6;

/** More would make a widget larger than front ends take. */
const MOST_POINTS = 4000;

/** The same as plain lists. */
export function plainPoints(points: LinePoints, who = "points of a widget"): { x: number[]; y: number[] } {
  checkNames(`${who}: points`, ["inputs", "targets"], points);
  const plain = (name: string, values: Tensor | readonly number[]): number[] => {
    if (values instanceof Tensor) return Array.from(values.data);
    if (Array.isArray(values) && values.every((value) => typeof value === "number")) return [...values];
    throw new TypeError(
      `${who}: expected ${name} of the points to be a tensor or a list of numbers, got ${kindOf(values)}.`,
    );
  };
  return { x: plain("inputs", points.inputs), y: plain("targets", points.targets) };
}

/** Throws unless a line can be fitted. */
export function checkPoints(who: string, { x, y }: Points): void {
  if (x.length !== y.length) {
    throw new RangeError(`${who}: expected as many inputs as targets, got ${x.length} and ${y.length}.`);
  }
  if (new Set(x).size < 2 || ![...x, ...y].every(Number.isFinite)) {
    throw new RangeError(
      `${who}: expected finite points with at least two different x, got ${x.length} points.`,
    );
  }
  if (x.length > MOST_POINTS) {
    throw new RangeError(
      `${who}: expected at most ${MOST_POINTS} points, got ${x.length}; take some of them.`,
    );
  }
  if (![...x, ...y].every((value) => Math.abs(value) <= MOST)) {
    throw new RangeError(
      `${who}: expected points within ±10⁶, of which squares and sums can be drawn; divide them by a power of ten.`,
    );
  }
}

/** Throws unless it is left out or a place. */
export function checkStart(who: string, start: Line | undefined): void {
  if (start === undefined) return;
  checkNames(`${who}: start`, ["w", "b"], start);
  if (Math.abs(start.w) <= MOST && Math.abs(start.b) <= MOST) return;
  throw new RangeError(
    `${who}: expected start to be { w, b }, two numbers within ±10⁶, got w ${start.w}, b ${start.b}.`,
  );
}

/** From `reach` below to `reach` above, rounded to tenths so that a slider stops at round numbers. */
export function rangeAround(middle: number, reach = 3): [number, number] {
  const centre = Math.round(middle * 10) / 10;
  return [tenths(centre - reach), tenths(centre + reach)];
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
