/** Whether numbers are equal, or as close as rounding allows. */

import { checkNames } from "../checks/options.ts";
import { checkTensor } from "./checks.ts";
import { formatShape, sameShape, ShapeError } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** How far apart two close numbers may be: |a − b| ≤ atol + rtol·|b|. The defaults are NumPy's. */
export interface ClosenessOptions {
  /** Relative part; default 1e-5. */
  readonly rtol?: number;
  /** Absolute part; default 1e-8. */
  readonly atol?: number;
}

/** Whether shape, dtype and all numbers are equal; NaN equals nothing, 0 equals −0. */
export function equals(a: Tensor, b: Tensor): boolean {
  checkTensor("equals", "other tensor", b);
  return sameShape(a.shape, b.shape) && a.dtype === b.dtype && a.data.every((x, i) => x === b.data[i]);
}

/** Whether all numbers are close; dtypes may differ, shapes may not. */
export function allClose(a: Tensor, b: Tensor, options: ClosenessOptions = {}): boolean {
  checkTensor("allClose", "other tensor", b);
  checkNames("allClose", ["rtol", "atol"], options);
  const { rtol = 1e-5, atol = 1e-8 } = options;
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(
      `allClose: cannot compare shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}; they must ` +
        `be equal.`,
    );
  }
  return a.data.every((x, i) =>
    x === b.data[i] ||
    Number.isFinite(b.data[i]) && Math.abs(x - b.data[i]) <= atol + rtol * Math.abs(b.data[i])
  );
}

/**
 * How two numbers are compared: |got − want| ≤ tolerance · (|want| + 0.01 · largest |want|).
 *
 * The second part forgives rounding noise where zero is expected. It grows and shrinks with the numbers, so that
 * gradients of 1e-9 are still compared; where all of them are zero, it is 0.01 · tolerance.
 */
export function closeTo(want: ArrayLike<number>, tolerance: number): (got: number, want: number) => boolean {
  let largest = 0;
  for (let i = 0; i < want.length; i++) {
    if (Number.isFinite(want[i])) largest = Math.max(largest, Math.abs(want[i]));
  }
  const little = 0.01 * tolerance * (largest || 1);
  // Every number would be within a share of Infinity: nothing but Infinity itself is close to it.
  return (a, b) =>
    Object.is(a, b) || a === b || Number.isFinite(b) && Math.abs(a - b) <= tolerance * Math.abs(b) + little;
}
