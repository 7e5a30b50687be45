/** How curved a surface is, in each of its own directions: the eigenvalues of its second derivatives. */

import { checkTensor } from "../tensor/checks.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** More sweeps are never needed: the method converges quadratically. */
const MOST_SWEEPS = 60;

/**
 * The eigenvalues λ of a symmetric matrix: the numbers for which A·v = λ·v has a solution v ≠ 0.
 *
 * If A holds the second derivatives of a loss (its Hessian matrix), they are the curvatures along n perpendicular
 * directions. All positive: a minimum. All negative: a maximum. Both kinds: a saddle.
 *
 * By Jacobi's rotations: each turns one pair of axes so that the entry between them becomes 0, until none is left.
 * Records no gradient.
 *
 * @param A Symmetric, `[n, n]`
 * @returns λ in rising order, `[n]`, float64
 * @throws {ShapeError} If A is not square
 * @throws {RangeError} If A is not symmetric, or a number is not finite
 * @see Golub, Van Loan (2013), "Matrix Computations", 4th edition, §8.5
 * @example
 * ```ts
 * import { assertClose, symmetricEigenvalues, tensor } from "backprop";
 * assertClose(symmetricEigenvalues(tensor([[2, 1], [1, 2]])), [1, 3]); // along (1, −1) and (1, 1)
 * assertClose(symmetricEigenvalues(tensor([[0, 1], [1, 0]])), [-1, 1]); // xy has a saddle at 0
 * ```
 */
export function symmetricEigenvalues(A: Tensor): Tensor {
  checkTensor("symmetricEigenvalues", "matrix", A);
  const n = A.shape[0];
  if (A.shape.length !== 2 || A.shape[1] !== n) {
    throw new ShapeError(
      `symmetricEigenvalues: expected a square matrix [n, n], got ${formatShape(A.shape)}.`,
    );
  }
  const a = Float64Array.from(A.data);
  checkSymmetric(a, n);
  for (let sweep = 0; sweep < MOST_SWEEPS && beside(a, n) > 0; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, n, p, q);
    }
  }
  return new Tensor(Float64Array.from({ length: n }, (_, i) => a[i * (n + 1)]).sort(), [n]);
}

/** Turns axes p and q, in place, so that a[p, q] becomes 0. */
function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const between = a[p * n + q];
  if (between === 0) return;
  // t = tan of the smaller of the two angles that do it.
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * between);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1), sine = t * cosine;
  for (let i = 0; i < n; i++) mix(a, i * n + p, i * n + q, cosine, sine); // columns
  for (let i = 0; i < n; i++) mix(a, p * n + i, q * n + i, cosine, sine); // rows
  a[p * n + q] = a[q * n + p] = 0; // what is left is rounding
}

function mix(a: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  [a[i], a[j]] = [cosine * a[i] - sine * a[j], sine * a[i] + cosine * a[j]];
}

/** How much stands beside the diagonal: 0 once it is nothing against the whole matrix. */
function beside(a: Float64Array, n: number): number {
  let off = 0, all = 0;
  a.forEach((value, i) => {
    all = Math.max(all, Math.abs(value));
    if (i % (n + 1) !== 0) off = Math.max(off, Math.abs(value));
  });
  return off <= 1e-17 * all ? 0 : off;
}

function checkSymmetric(a: Float64Array, n: number): void {
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) throw new RangeError("symmetricEigenvalues: a number is NaN or infinite.");
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [below, above] = [a[i * n + j], a[j * n + i]];
      if (Math.abs(below - above) <= 1e-10 * largest) continue;
      throw new RangeError(
        `symmetricEigenvalues: the matrix is not symmetric: ${below} at [${i}, ${j}], ${above} at [${j}, ${i}].`,
      );
    }
  }
}
