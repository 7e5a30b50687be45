/** Taking plain numbers out of a tensor. */

import { formatShape, type Numbers, ShapeError, sizeOf, stridesOf } from "./shape.ts";

/** Numbers nested to any depth, as long as every level is equally long: `[[1, 2], [3, 4]]`. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** The number in a tensor of one entry. */
export function item(x: Numbers): number {
  if (x.data.length === 1) return x.data[0];
  throw new ShapeError(`item: expected exactly one entry, got shape ${formatShape(x.shape)}.`);
}

/** The entry at an index, one number per axis. */
export function at(x: Numbers, index: readonly number[]): number {
  const { shape } = x;
  const inside = index.length === shape.length &&
    index.every((i, axis) => Number.isInteger(i) && i >= 0 && i < shape[axis]);
  if (!inside) {
    throw new RangeError(
      `at: index ${formatShape(index)} does not exist in shape ${formatShape(shape)}; ` +
        "expected one number per axis, counted from 0.",
    );
  }
  return x.data[stridesOf(shape).reduce((offset, stride, axis) => offset + stride * index[axis], 0)];
}

/** The numbers as nested arrays. */
export function toArray(x: Numbers): NestedNumbers {
  const nest = (axis: number, from: number): NestedNumbers => {
    if (axis === x.shape.length) return x.data[from];
    const step = sizeOf(x.shape, axis + 1);
    return Array.from({ length: x.shape[axis] }, (_, i) => nest(axis + 1, from + i * step));
  };
  return nest(0, 0);
}
