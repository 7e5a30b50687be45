/** The check that two results agree, which says where they do not and what slip that looks like. */

import { formatValue } from "../checks/format.ts";
import { FLOAT64 } from "../tensor/dtype.ts";
import { closeTo } from "../tensor/closeness.ts";
import { tensor } from "../tensor/create.ts";
import { formatIndex, formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import { type NestedNumbers, Tensor } from "../tensor/tensor.ts";
import { nameSlip } from "./slips.ts";

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
  const [got, want] = [actual, expected].map((x) => x instanceof Tensor ? x : tensor(x, FLOAT64));
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
