/** The matrix product and its backward. */

import { referenceKernels as kernels } from "../kernels/reference.ts";
import { formatShape, ShapeError } from "./shape.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { Tensor } from "./tensor.ts";

/**
 * C = A·B, so that C[i, j] = Σₚ A[i, p]·B[p, j].
 *
 * ∂L/∂A = (∂L/∂C)·Bᵀ and ∂L/∂B = Aᵀ·(∂L/∂C): the only arrangement of the three in which the shapes fit.
 *
 * @param a `[m, k]`
 * @param b `[k, n]`
 * @returns `[m, n]`
 * @throws {ShapeError} If either is not a matrix, or the inner lengths differ
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  return record(product(a, b), [a, b], (g) => [
    a.requiresGrad ? product(g, b, { transposeB: true }) : undefined,
    b.requiresGrad ? product(a, g, { transposeA: true }) : undefined,
  ]);
}

/** A·B, with either one transposed on the way; records nothing. */
export function product(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  if (a.shape.length !== 2 || b.shape.length !== 2) {
    throw new ShapeError(
      `matmul: expected two matrices [m, k] and [k, n], got ${formatShape(a.shape)} and ${
        formatShape(b.shape)
      }.`,
    );
  }
  if (a.dtype !== b.dtype) {
    throw new DTypeError(`matmul: cannot multiply ${a.dtype} by ${b.dtype}. Make both the same.`);
  }
  const [m, k] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [inner, n] = transposeB ? [b.shape[1], b.shape[0]] : b.shape;
  if (k !== inner) {
    const fits = a.shape[0] === b.shape[0]
      ? " Transpose the first?"
      : a.shape[1] === b.shape[1]
      ? " Transpose the second?"
      : "";
    throw new ShapeError(
      `matmul: cannot multiply ${formatShape(a.shape)} by ${formatShape(b.shape)}: ` +
        `the first has ${k} columns, the second ${inner} rows; they must be equal.${fits}`,
    );
  }
  const out = emptyFloats(a.dtype, m * n);
  kernels.matmul(a.data, b.data, out, { m, k, n, transposeA, transposeB });
  return new Tensor(out, [m, n]);
}
