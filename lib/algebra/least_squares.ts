/** The best linear fit in one go, without any training: the yardstick for what training finds. */

import { checkTensor } from "../tensor/checks.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * The x that makes ‖A·x − b‖² smallest: linear regression, solved exactly.
 *
 * By Householder's reflections: A = Q·R with an upper triangle R, then R·x = Qᵀb from the last row up. The normal
 * equations AᵀA·x = Aᵀb would lose half of the digits. Records no gradient.
 *
 * @param A One row an example, one column a feature, `[N, K]` with N ≥ K ≥ 1
 * @param b What A·x should be, `[N]`, or several columns of it, `[N, M]`
 * @returns x, `[K]` or `[K, M]`, float64
 * @throws {ShapeError} If the shapes do not fit, or there are fewer rows than columns
 * @throws {RangeError} If a column of A is a combination of those before it, so that there is no single best x, or a
 * number is not finite
 * @see Golub, Van Loan (2013), "Matrix Computations", 4th edition, §5.3
 * @example
 * ```ts
 * import { assertClose, leastSquares, tensor } from "backprop";
 * const A = tensor([[1, 0], [1, 1], [1, 2]]); // a line: 1·intercept + x·slope
 * assertClose(leastSquares(A, tensor([1, 3, 5])), [1, 2]); // y = 1 + 2x goes through all three points
 * assertClose(leastSquares(A, tensor([0, 3, 0])), [1, 0]); // the best line here is flat
 * ```
 */
export function leastSquares(A: Tensor, b: Tensor): Tensor {
  checkTensor("leastSquares", "matrix A", A);
  checkTensor("leastSquares", "right side b", b);
  const [N, K] = A.shape;
  if (A.shape.length !== 2 || K === 0 || N < K || b.shape[0] !== N || b.shape.length > 2) {
    throw new ShapeError(
      "leastSquares: expected A [N, K] with at least as many rows as columns, and b [N] or [N, M], " +
        `got ${formatShape(A.shape)} and ${formatShape(b.shape)}.`,
    );
  }
  if (![A, b].every(({ data }) => data.every(Number.isFinite))) {
    throw new RangeError("leastSquares: a number in A or b is NaN or infinite.");
  }
  const columns = columnsOf(A), wanted = columnsOf(b);
  const R = columns.map((column, k) => {
    const size = length(column, 0);
    const mirror = reflector(column, k);
    for (const other of columns.slice(k)) reflect(mirror, other, k);
    for (const other of wanted) reflect(mirror, other, k);
    if (Math.abs(column[k]) <= 1e-13 * size || size === 0) {
      throw new RangeError(
        `leastSquares: column ${k} of A is a combination of the columns before it, so many x are equally good.`,
      );
    }
    return column;
  });
  const M = wanted.length, x = new Float64Array(K * M);
  wanted.forEach((c, m) => {
    for (let row = K - 1; row >= 0; row--) {
      let rest = c[row];
      for (let k = row + 1; k < K; k++) rest -= R[k][row] * x[k * M + m];
      x[row * M + m] = rest / R[row][row];
    }
  });
  return new Tensor(x, [K, ...b.shape.slice(1)]);
}

/** The normal of the mirror that turns entries k… of a column into one number and zeros. */
function reflector(column: Float64Array, k: number): Float64Array {
  const normal = column.slice();
  normal.fill(0, 0, k);
  const size = length(normal, k);
  normal[k] += column[k] < 0 ? -size : size; // away from cancellation
  const own = length(normal, k);
  return own === 0 ? normal : normal.map((value) => value / own);
}

/** Entries k… of `column`, mirrored in place: c ← c − 2(n·c)n. */
function reflect(normal: Float64Array, column: Float64Array, k: number): void {
  let along = 0;
  for (let i = k; i < column.length; i++) along += normal[i] * column[i];
  for (let i = k; i < column.length; i++) column[i] -= 2 * along * normal[i];
}

function length(column: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < column.length; i++) sum += column[i] * column[i];
  return Math.sqrt(sum);
}

function columnsOf({ data, shape: [N, M = 1] }: Tensor): Float64Array[] {
  return Array.from({ length: M }, (_, m) => Float64Array.from({ length: N }, (_, n) => data[n * M + m]));
}
