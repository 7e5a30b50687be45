/** Whether numbers are equal, or as close as rounding allows. */

import { formatValue } from "../checks/format.ts";
import { checkNames } from "../checks/options.ts";
import { checkTensor } from "./checks.ts";
import { formatIndex, formatShape, sameShape, ShapeError } from "./shape.ts";
import { nameSlip } from "./slips.ts";
import { tensor } from "./create.ts";
import { type NestedNumbers, Tensor } from "./tensor.ts";

/** Numbers in row-major order, and the lengths of their axes (`[]` for a single number). */
export interface Numbers {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

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

/**
 * Two tensors that should agree and do not: where they differ most, both numbers, and the likely slip.
 *
 * @example
 * ```ts
 * import { assertClose, NotCloseError } from "backprop";
 * import { assertThrows } from "@std/assert";
 * assertThrows(() => assertClose([1, 4], [1, 2]), NotCloseError, "at [1]: got 4, expected 2");
 * ```
 */
export class NotCloseError extends Error {
  /** Its name in messages. */
  override readonly name = "NotCloseError";
}

/**
 * Throws unless all numbers agree: |actual − expected| ≤ tolerance · (|expected| + 0.01 · largest |expected|). The
 * second part forgives rounding noise where zero is expected. NaN agrees with NaN; dtypes may differ.
 *
 * @param actual What came, such as a `grad`
 * @param expected What should have come, in the same shape
 * @param tolerance Relative difference that still counts as equal; default 1e-5
 * @throws {NotCloseError} If a number differs; the message names the worst entry
 * @throws {ShapeError} If the shapes differ
 * @throws {TypeError} If `actual` is missing, as a `grad` is before `backward()`
 * @example
 * ```ts
 * import { assertClose, parameter, tensor } from "backprop";
 * const w = parameter([1, 2]);
 * w.square().sum().backward();
 * assertClose(w.grad, tensor([2, 4])); // ∂(w₁² + w₂²)/∂w = 2w
 * ```
 */
export function assertClose(
  actual: Tensor | NestedNumbers | undefined,
  expected: Tensor | NestedNumbers,
  tolerance = 1e-5,
): void {
  if (actual === undefined || actual === null) {
    throw new TypeError(
      `assertClose: expected numbers, got ${actual}. A grad is undefined until backward() has reached its tensor.`,
    );
  }
  const [got, want] = [actual, expected].map((x) => x instanceof Tensor ? x : tensor(x));
  if (!sameShape(got.shape, want.shape)) {
    throw new ShapeError(
      `assertClose: expected shape ${formatShape(want.shape)}, got ${formatShape(got.shape)}.`,
    );
  }
  const close = closeTo(want.data, tolerance);
  let worst = -1, most = -1, wrong = 0;
  got.data.forEach((x, i) => {
    if (close(x, want.data[i])) return;
    wrong++;
    const difference = Math.abs(x - want.data[i]);
    const size = Number.isNaN(difference) ? Infinity : difference;
    if (size > most) [worst, most] = [i, size];
  });
  if (wrong === 0) return;
  const [x, y] = [got.data[worst], want.data[worst]];
  const digits = formatValue(x) === formatValue(y) ? 17 : 6; // where six digits look alike, show them all
  const slip = nameSlip(got, want, { tolerance });
  throw new NotCloseError(
    `assertClose: ${wrong} of ${got.size} ${got.size === 1 ? "entry differs" : "entries differ"}, most ` +
      `at ${formatIndex(worst, got.shape)}: got ${formatValue(x, digits)}, expected ` +
      `${formatValue(y, digits)} ` +
      `(difference ${formatValue(x - y, 3)}, tolerance ${tolerance}).${slip ? ` Likely slip: ${slip}` : ""}`,
  );
}
