/** Names the slip behind a wrong shape. */

import { closeTo } from "../tensor/closeness.ts";
import type { Numbers } from "../tensor/shape.ts";

/** A diagnosis must fit this closely, whatever the tolerance of the check: a lax check must not invent slips. */
export const EXACT = 2e-5;

/** Names both shapes, and where the numbers tell, what turned one into the other. */
export function shapeSlip(have: Numbers, want: Numbers): string {
  const shapes = `the shape is ${formatShape(have.shape)}, expected ${formatShape(want.shape)}`;
  const close = closeTo(want.data, EXACT);
  const sameValues = have.data.length === want.data.length &&
    every(have, (value, i) => close(value, want.data[i]));
  if (sameValues) return `${shapes}; the numbers are right: reshape`;
  const [rows, columns] = have.shape;
  if (have.shape.length === 2 && rows === want.shape[1] && columns === want.shape[0]) {
    const right = every(
      want,
      (value, i) => close(have.data[(i % rows) * columns + Math.floor(i / rows)], value),
    );
    return right
      ? `${shapes}: the right numbers, transposed`
      : `${shapes}: transposed? Check the order of the factors in the matrix product`;
  }
  if (have.data.length > 1 && want.shape.length === 0) {
    const sum = Array.from(have.data).reduce((total, value) => total + value, 0);
    if (close(sum, want.data[0])) return `${shapes}: the sum over all entries is missing`;
    if (close(sum / have.data.length, want.data[0])) return `${shapes}: the mean over all entries is missing`;
    return `${shapes}: is a sum or a mean missing?`;
  }
  // One axis more at the front: often the batch, not yet summed.
  if (have.shape.slice(1).join() === want.shape.join() && have.shape.length === want.shape.length + 1) {
    const size = want.data.length;
    const summed = Array.from(
      { length: size },
      (_, i) =>
        Array.from({ length: have.shape[0] }, (_, n) => have.data[n * size + i]).reduce((a, b) => a + b, 0),
    );
    const end = summed.every((value, i) => close(value, want.data[i]))
      ? "the sum over the first axis is missing"
      : summed.every((value, i) => close(value / have.shape[0], want.data[i]))
      ? "the mean over the first axis is missing"
      : "is a sum over the first axis missing?";
    return `${shapes}: ${end}`;
  }
  if (have.shape.length === 0) return `${shapes}: were the entries summed that should stay apart?`;
  return shapes;
}

/** "[2, 3]", or "a single number" for `[]`. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? "a single number" : `[${shape.join(", ")}]`;
}

/** Whether a test holds for every number. */
export function every(of: Numbers, test: (value: number, index: number) => boolean): boolean {
  for (let i = 0; i < of.data.length; i++) if (!test(of.data[i], i)) return false;
  return true;
}
