/** Reading numbers in another order: the loop behind transpose, slice and broadcasting. Records nothing. */

import type { Floats } from "../kernels/kernels.ts";
import { emptyFloats } from "./dtype.ts";
import { type Shape, sizeOf, stridesOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * out[i, j, …] = from[offset + i·strides[0] + j·strides[1] + …], with `out` filled in row-major order.
 *
 * @param from Numbers to read
 * @param out Numbers to write, as many as `shape` holds
 * @param shape The shape of `out`
 * @param strides How far apart in `from` neighbours along each axis of `out` are; 0 repeats
 * @param offset Where in `from` entry [0, 0, …] lies
 */
export function copyStrided(from: Floats, out: Floats, shape: Shape, strides: Shape, offset = 0): void {
  walk(shape, strides, offset, (to, at, count, step) => {
    for (const end = to + count; to < end; to++, at += step) out[to] = from[at];
  });
}

/** The way back: out[offset + i·strides[0] + …] = from[i, j, …]. */
export function writeStrided(from: Floats, out: Floats, shape: Shape, strides: Shape, offset = 0): void {
  walk(shape, strides, offset, (read, at, count, step) => {
    for (const end = read + count; read < end; read++, at += step) out[at] = from[read];
  });
}

/** The same numbers with axes in another order: axis i of the result is axis `axes[i]` of `a`. */
export function permuted(a: Tensor, axes: readonly number[]): Tensor {
  const own = stridesOf(a.shape);
  const shape = axes.map((axis) => a.shape[axis]);
  const out = emptyFloats(a.dtype, a.size);
  copyStrided(a.data, out, shape, axes.map((axis) => own[axis]));
  return new Tensor(out, shape);
}

/** Visits row after row along the last axis; the other axes are counted like an odometer. */
function walk(
  shape: Shape,
  strides: Shape,
  offset: number,
  row: (position: number, at: number, count: number, step: number) => void,
): void {
  const last = shape.length - 1;
  if (last < 0) return row(0, offset, 1, 1);
  const index = new Array<number>(last).fill(0);
  for (let position = 0, size = sizeOf(shape); position < size; position += shape[last]) {
    let at = offset;
    for (let axis = 0; axis < last; axis++) at += index[axis] * strides[axis];
    row(position, at, shape[last], strides[last]);
    for (let axis = last - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
}
