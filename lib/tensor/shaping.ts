/** Operations that move numbers without changing them, each with its backward beside it. */

import { formatShape, type Shape, ShapeError, sizeOf, stridesOf } from "./shape.ts";
import { emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { Tensor } from "./tensor.ts";

/** `[m, n] → [n, m]`; the gradient is transposed back. */
export function transpose(a: Tensor): Tensor {
  if (a.shape.length !== 2) {
    throw new ShapeError(`transpose: expected a matrix [m, n], got shape ${formatShape(a.shape)}.`);
  }
  const [m, n] = a.shape;
  const out = emptyFloats(a.dtype, a.size);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) out[j * m + i] = a.data[i * n + j];
  }
  return record(new Tensor(out, [n, m]), [a], (g) => [transpose(g)]);
}

/** The same numbers in another shape; the gradient is reshaped back. */
export function reshape(a: Tensor, shape: Shape): Tensor {
  if (sizeOf(shape) !== a.size) {
    throw new ShapeError(
      `reshape: cannot put the ${a.size} numbers of shape ${formatShape(a.shape)} into ${
        formatShape(shape)
      }, ` +
        `which holds ${sizeOf(shape)}.`,
    );
  }
  return record(new Tensor(a.data, shape), [a], (g) => [new Tensor(g.data, a.shape)]);
}

/** Entries `from` … `to − 1` along the first axis; the others receive no gradient. */
export function slice(a: Tensor, from: number, to = a.shape[0]): Tensor {
  const length = a.shape[0];
  if (
    a.shape.length === 0 ||
    !(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= length)
  ) {
    throw new RangeError(
      `slice: expected 0 ≤ from ≤ to ≤ ${length ?? "(a scalar has no axes)"} for shape ${
        formatShape(a.shape)
      }, ` +
        `got from ${from} to ${to}.`,
    );
  }
  const row = sizeOf(a.shape.slice(1));
  const out = new Tensor(a.data.slice(from * row, to * row), [to - from, ...a.shape.slice(1)]);
  return record(out, [a], (g) => {
    const whole = emptyFloats(a.dtype, a.size);
    whole.set(g.data, from * row);
    return [new Tensor(whole, a.shape)];
  });
}

/** Where in the flat data an index lies. */
export function offsetOf(shape: Shape, index: readonly number[]): number {
  const inside = index.length === shape.length &&
    index.every((i, axis) => Number.isInteger(i) && i >= 0 && i < shape[axis]);
  if (!inside) {
    throw new RangeError(
      `at: index ${formatShape(index)} does not exist in shape ${formatShape(shape)}; ` +
        "expected one number per axis, counted from 0.",
    );
  }
  return stridesOf(shape).reduce((offset, stride, axis) => offset + stride * index[axis], 0);
}
