/** Operations that make one number of many, each with its backward beside it. */

import type { Reduction } from "../kernels/kernels.ts";
import { referenceKernels as kernels } from "../kernels/reference.ts";
import { binary } from "./elementwise.ts";
import { formatShape, normalizeAxis, sameShape, type Shape, ShapeError, sizeOf } from "./shape.ts";
import { emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { type ReduceOptions, Tensor } from "./tensor.ts";

/** Σ: every summand receives the gradient of the sum. */
export function sum(a: Tensor, options: ReduceOptions = {}): Tensor {
  const out = reduce("sum", a, options);
  return record(out, [a], (g) => [spread(g, a.shape, options)]);
}

/** Σ/n: every summand receives 1/n of the gradient. */
export function mean(a: Tensor, options: ReduceOptions = {}): Tensor {
  const total = sum(a, options);
  return total.mul(total.size / a.size);
}

/** max or min: the gradient goes to the entry that was chosen, in equal parts if several are equal. */
export function extreme(which: "max" | "min", a: Tensor, options: ReduceOptions = {}): Tensor {
  const out = reduce(which, a, options);
  return record(out, [a], (g) => {
    const chosen = binary("equal", a, spread(out, a.shape, options));
    const share = binary("divide", chosen, spread(reduce("sum", chosen, options), a.shape, options));
    return [binary("multiply", spread(g, a.shape, options), share)];
  });
}

/** Indices of the largest entries along an axis, row-major over the other axes. */
export function argmax(a: Tensor, axis: number): number[] {
  const { length, inner } = split(a.shape, axis, "argmax");
  if (length === 0) throw new ShapeError(`argmax: axis ${axis} of shape ${formatShape(a.shape)} is empty.`);
  return Array.from({ length: a.size / length }, (_, i) => {
    const start = Math.floor(i / inner) * length * inner + i % inner;
    let best = 0;
    for (let step = 1; step < length; step++) {
      if (a.data[start + step * inner] > a.data[start + best * inner]) best = step;
    }
    return best;
  });
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
  let out = gradient;
  for (let axis = 0; axis < gradient.shape.length; axis++) {
    const repeated = axis < missing || (shape[axis - missing] === 1 && gradient.shape[axis] !== 1);
    if (repeated) out = reduce("sum", out, { axis, keepDims: true });
  }
  return new Tensor(out.data, shape);
}

/** The reduction itself; records nothing. */
function reduce(operation: Reduction, a: Tensor, { axis, keepDims = false }: ReduceOptions): Tensor {
  const { length, inner } = axis === undefined
    ? { length: a.size, inner: 1 }
    : split(a.shape, axis, operation);
  if (length === 0 && operation !== "sum") {
    throw new ShapeError(`${operation}: shape ${formatShape(a.shape)} has nothing to choose from.`);
  }
  const kept = reducedShape(a.shape, axis);
  const out = emptyFloats(a.dtype, sizeOf(kept));
  kernels.reduce(operation, a.data, out, length, inner);
  const dropped = axis === undefined ? -1 : normalizeAxis(axis, a.shape, operation);
  const shape = keepDims ? kept : axis === undefined ? [] : kept.filter((_, i) => i !== dropped);
  return new Tensor(out, shape);
}

/** Repeats a reduced tensor along the axis that was reduced. */
function spread(reduced: Tensor, shape: Shape, { axis }: ReduceOptions): Tensor {
  const withAxis = new Tensor(reduced.data, reducedShape(shape, axis));
  return binary("add", withAxis, new Tensor(emptyFloats(reduced.dtype, sizeOf(shape)), shape));
}

/** The shape with length 1 along the reduced axis, or along all. */
function reducedShape(shape: Shape, axis: number | undefined): number[] {
  if (axis === undefined) return shape.map(() => 1);
  const reduced = normalizeAxis(axis, shape, "reduction");
  return shape.map((length, i) => i === reduced ? 1 : length);
}

/** A shape seen as [outer, length, inner] around one axis. */
function split(shape: Shape, axis: number, operation: string): { length: number; inner: number } {
  const at = normalizeAxis(axis, shape, operation);
  return { length: shape[at], inner: sizeOf(shape.slice(at + 1)) };
}
