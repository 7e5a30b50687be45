/** Operations that move numbers without changing them, each with its backward beside it. */

import { checkList, kindOf } from "../checks/values.ts";
import { emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { repeated, sumTo } from "./reduce.ts";
import {
  broadcastShapes,
  checkShape,
  formatShape,
  normalizeAxis,
  sameShape,
  type Shape,
  ShapeError,
} from "./shape.ts";
import { sizeOf, stridesOf } from "./shape.ts";
import { copyStrided, permuted, writeStrided } from "./strided.ts";
import { Tensor } from "./tensor.ts";

/** Entries `from` … `to − 1` of an axis; `[]` is all of it, `[from]` goes to its end. */
export type SliceRange = readonly [from?: number, to?: number];

/**
 * Axes in another order: axis i of the result is axis `axes[i]` of `a`. The gradient is put back in order.
 *
 * @param axes May be left out for a matrix: `[m, n] → [n, m]`
 */
export function transpose(a: Tensor, axes?: readonly number[]): Tensor {
  const rank = a.shape.length;
  if (axes !== undefined) checkList("transpose", "the order of the axes", axes);
  if (axes === undefined && rank !== 2) {
    throw new ShapeError(
      `transpose: expected a matrix [m, n], got shape ${formatShape(a.shape)}. ` +
        "For another number of axes give their new order, e.g. transpose([0, 2, 1]).",
    );
  }
  const order = (axes ?? [1, 0]).map((axis) => normalizeAxis(axis, a.shape, "transpose"));
  if (order.length !== rank || new Set(order).size !== rank) {
    throw new RangeError(
      `transpose: the order ${formatShape(axes ?? [])} must name each axis of shape ` +
        `${formatShape(a.shape)} once.`,
    );
  }
  const back = order.map((_, axis) => order.indexOf(axis));
  return record(permuted(a, order), [a], (g) => [permuted(g, back)], "transpose");
}

/**
 * The same numbers in another shape; the gradient is reshaped back.
 *
 * @param shape One length may be −1: it is then chosen so that all numbers fit
 */
export function reshape(a: Tensor, shape: Shape): Tensor {
  if (!Array.isArray(shape)) {
    throw new TypeError(`reshape: expected the new shape as a list, such as [2, -1], got ${kindOf(shape)}.`);
  }
  const known = sizeOf(shape.filter((length) => length !== -1));
  const open = shape.indexOf(-1);
  const length = a.size / known;
  const full = open >= 0 && Number.isInteger(length) ? shape.with(open, length) : shape;
  if (sizeOf(full) !== a.size || full.includes(-1)) {
    const holds = open < 0 ? `which holds ${known}` : `whose other lengths hold ${known}`;
    throw new ShapeError(
      `reshape: cannot put the ${a.size} numbers of shape ${formatShape(a.shape)} into ` +
        `${formatShape(shape)}, ${holds}.`,
    );
  }
  return record(new Tensor(a.data, full), [a], (g) => [new Tensor(g.data, a.shape)], "reshape");
}

/** A range of each axis; the others receive no gradient. Axes without a range stay whole. */
export function slice(a: Tensor, ranges: readonly SliceRange[]): Tensor {
  const isRange = (range: unknown) => range === undefined || Array.isArray(range);
  if (!Array.isArray(ranges) || !ranges.every(isRange)) {
    throw new TypeError(
      `slice: expected from and to, as in slice(0, 2), or a range for each axis, as in slice([[], [1, 3]]); got ${
        kindOf(Array.isArray(ranges) ? ranges.find((range) => !isRange(range)) : ranges)
      }.`,
    );
  }
  if (ranges.length > a.shape.length) {
    throw new RangeError(
      a.shape.length === 0
        ? "slice: a scalar has no axes."
        : `slice: got ${ranges.length} ranges for shape ${formatShape(a.shape)}; expected one per axis ` +
          `at most.`,
    );
  }
  const bounds = a.shape.map((length, axis): [number, number] => {
    const [from = 0, to = length] = ranges[axis] ?? [];
    if (Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= length) {
      return [from, to];
    }
    throw new RangeError(
      `slice: expected 0 ≤ from ≤ to ≤ ${length} for axis ${axis} of shape ${formatShape(a.shape)}, ` +
        `got from ${from} to ${to}.`,
    );
  });
  const out = sliced(a, bounds);
  const pullback = (g: Tensor) => {
    const whole = emptyFloats(a.dtype, a.size);
    const strides = stridesOf(a.shape);
    writeStrided(g.data, whole, g.shape, strides, startOf(bounds, strides));
    return [new Tensor(whole, a.shape)];
  };
  return record(out, [a], pullback, "slice");
}

/** The slice itself; records nothing. */
export function sliced(a: Tensor, bounds: readonly (readonly [number, number])[]): Tensor {
  const shape = bounds.map(([from, to]) => to - from);
  const strides = stridesOf(a.shape);
  const start = startOf(bounds, strides);
  const wholeRows = bounds.every(([from, to], axis) => axis === 0 || to - from === a.shape[axis]);
  if (wholeRows) return new Tensor(a.data.slice(start, start + sizeOf(shape)), shape); // lies in one piece
  const out = emptyFloats(a.dtype, sizeOf(shape));
  copyStrided(a.data, out, shape, strides, start);
  return new Tensor(out, shape);
}

function startOf(bounds: readonly (readonly [number, number])[], strides: readonly number[]): number {
  return bounds.reduce((start, [from], axis) => start + from * strides[axis], 0);
}

/** Axes of length 1, and missing ones at the front, repeated up to a shape; the gradient is summed over them. */
export function broadcastTo(a: Tensor, shape: Shape): Tensor {
  checkShape("broadcastTo", shape);
  const fits = shape.length >= a.shape.length &&
    sameShape(broadcastShapes(a.shape, shape, "broadcastTo"), shape);
  if (!fits) {
    throw new ShapeError(
      `broadcastTo: cannot repeat shape ${formatShape(a.shape)} up to ${formatShape(shape)}: aligned at ` +
        `the right, each of its lengths must be 1 or the same.`,
    );
  }
  const out = repeated(a, shape);
  return record(out === a ? a.detach() : out, [a], (g) => [sumTo(g, a.shape)], "broadcastTo");
}

/** Without an axis of length 1, or without all such axes. */
export function squeeze(a: Tensor, axis?: number): Tensor {
  if (axis === undefined) return reshape(a, a.shape.filter((length) => length !== 1));
  const at = normalizeAxis(axis, a.shape, "squeeze");
  if (a.shape[at] !== 1) {
    throw new ShapeError(
      `squeeze: axis ${axis} of shape ${formatShape(a.shape)} has length ${a.shape[at]}, not 1.`,
    );
  }
  return reshape(a, a.shape.toSpliced(at, 1));
}

/** With a new axis of length 1 at this place: `[n]` becomes `[1, n]` with 0, `[n, 1]` with 1 or −1. */
export function unsqueeze(a: Tensor, axis: number): Tensor {
  const at = normalizeAxis(axis, [...a.shape, 1], "unsqueeze");
  return reshape(a, a.shape.toSpliced(at, 0, 1));
}
