/** How one number is made of many along some axes, and how its gradient is spread again. Records nothing. */

import { checkList } from "../checks/values.ts";
import type { Reduction } from "../kernels/kernels.ts";
import { kernels } from "../kernels/current.ts";
import { emptyFloats } from "./dtype.ts";
import {
  broadcastStrides,
  formatShape,
  normalizeAxis,
  sameShape,
  type Shape,
  ShapeError,
  sizeOf,
} from "./shape.ts";
import { copyStrided, permuted } from "./strided.ts";
import { Tensor } from "./tensor.ts";

/** Which axes a reduction removes, and whether they stay with length 1. */
export interface ReduceOptions {
  /** One axis or several, counted from the front, or from the back with −1; default all. */
  readonly axis?: number | readonly number[];
  /** Whether a reduced axis stays, with length 1, so that the result broadcasts; default false. */
  readonly keepDims?: boolean;
}

/** The reduction itself. */
export function reduce(operation: Reduction, a: Tensor, options: ReduceOptions): Tensor {
  const { axis, keepDims = false } = options;
  const axes = axesOf(a.shape, axis, operation);
  const shape: number[] = [];
  let size = 1, reduced = 1;
  for (let i = 0; i < a.shape.length; i++) {
    const length = a.shape[i], isReduced = axes.includes(i);
    if (isReduced) reduced *= length;
    else size *= length;
    if (!isReduced || keepDims) shape.push(isReduced ? 1 : length);
  }
  if (operation !== "sum" && size > 0 && a.size === 0) {
    throw new ShapeError(`${operation}: shape ${formatShape(a.shape)} has nothing to choose from.`);
  }
  const out = emptyFloats(a.dtype, size);
  const { data, inner } = sideBySide(a, axes);
  kernels.reduce(operation, data, out, reduced, inner);
  return new Tensor(out, shape);
}

/** Repeats a reduced tensor along the axes that were reduced. */
export function spread(reduced: Tensor, shape: Shape, { axis }: ReduceOptions): Tensor {
  const axes = axesOf(shape, axis, "reduction");
  const kept = shape.map((length, i) => axes.includes(i) ? 1 : length);
  return repeated(new Tensor(reduced.data, kept), shape);
}

/** Repeats entries along axes of length 1 and new axes at the front, so that the result has that shape. */
export function repeated(a: Tensor, shape: Shape): Tensor {
  if (sameShape(a.shape, shape)) return a;
  const out = emptyFloats(a.dtype, sizeOf(shape));
  copyStrided(a.data, out, shape, broadcastStrides(a.shape, shape));
  return new Tensor(out, shape);
}

/**
 * The backward of broadcasting, in this one place: whatever was repeated on the way forward is summed on the
 * way back.
 *
 * @param gradient A gradient in the shape of a broadcast result
 * @param shape The shape that was broadcast
 */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const missing = gradient.shape.length - shape.length;
  const axis = [];
  for (let i = 0; i < gradient.shape.length; i++) {
    if (i < missing || (shape[i - missing] === 1 && gradient.shape[i] !== 1)) axis.push(i);
  }
  return new Tensor(reduce("sum", gradient, { axis }).data, shape);
}

/** The axes to reduce, counted from the front, ascending. */
export function axesOf(shape: Shape, axis: ReduceOptions["axis"], operation: string): number[] {
  if (axis === undefined) return shape.map((_, i) => i);
  if (typeof axis === "number") return [normalizeAxis(axis, shape, operation)];
  checkList(operation, "axis, unless it is a number,", axis);
  const axes = axis.map((i) => normalizeAxis(i, shape, operation)).sort((i, j) => i - j);
  if (new Set(axes).size < axes.length) {
    throw new RangeError(`${operation}: axes ${formatShape(axis)} name one axis twice.`);
  }
  return axes;
}

/** The data in an order in which the reduced axes are neighbours: seen as [outer, reduced, inner]. */
function sideBySide(a: Tensor, axes: number[]): { data: Tensor["data"]; inner: number } {
  const last = axes[axes.length - 1] ?? a.shape.length - 1;
  const neighbours = axes.length === 0 || last - axes[0] === axes.length - 1;
  if (neighbours) return { data: a.data, inner: sizeOf(a.shape, last + 1) };
  const others = a.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  return { data: permuted(a, [...others, ...axes]).data, inner: 1 };
}
