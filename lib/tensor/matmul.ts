/** The matrix product and its backward. */

import { kernels } from "../kernels/current.ts";
import { factorsRead } from "./arithmetic.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { noteMultiplyAdds } from "./cost.ts";
import { record } from "./record.ts";
import { repeated, sumTo } from "./reduce.ts";
import { broadcastShapes, formatShape, sameShape, type Shape, ShapeError, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

interface Transposed {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * C = A·B, so that C[i, j] = Σₚ A[i, p]·B[p, j]. By NumPy's rules: a vector on the left is a row, one on the right
 * a column, and that axis is gone from the result; axes before the last two are a batch of matrices and broadcast.
 *
 * ∂L/∂A = (∂L/∂C)·Bᵀ and ∂L/∂B = Aᵀ·(∂L/∂C): the only arrangement of the three in which the shapes fit.
 *
 * @param a `[…, m, k]` or `[k]`
 * @param b `[…, k, n]` or `[k]`
 * @returns `[…, m, n]`, without m or n where a vector came
 * @throws {ShapeError} If either is a scalar, the inner lengths differ, or the batches do not broadcast
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  check(a, b);
  const rank = a.shape.length, k = a.shape[rank - 1];
  // One matrix for a whole batch is one product, with all rows of the batch below each other.
  const A = b.shape.length <= 2
    ? view(a, [sizeOf(a.shape, 0, rank - 1), k])
    : rank === 1
    ? view(a, [1, k])
    : a;
  const B = b.shape.length === 1 ? view(b, [k, 1]) : b;
  const C = product(A, B);
  const shape = rank === 2 && b.shape.length === 2 ? C.shape : [
    ...(b.shape.length <= 2 ? a : C).shape.slice(0, -2),
    ...(rank === 1 ? [] : [a.shape[rank - 2]]),
    ...(b.shape.length === 1 ? [] : b.shape.slice(-1)),
  ];
  const pullback = (g: Tensor) => {
    const G = view(g, C.shape);
    return [
      a.requiresGrad ? view(sumTo(product(G, B, { transposeB: true }), A.shape), a.shape) : undefined,
      b.requiresGrad ? view(sumTo(product(A, G, { transposeA: true }), B.shape), b.shape) : undefined,
    ];
  };
  return record(view(C, shape), [a, b], pullback, "matmul", factorsRead(a, b));
}

/** The products of matrices, or of batches of them after broadcasting, with either side transposed on the way. */
function product(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: Transposed = {},
): Tensor {
  const [m, k] = lastTwo(a.shape, transposeA), [, n] = lastTwo(b.shape, transposeB);
  const sizes = { m, k, n, transposeA, transposeB };
  if (a.shape.length === 2 && b.shape.length === 2) {
    const out = emptyFloats(a.dtype, m * n);
    noteMultiplyAdds(m * k * n);
    kernels.matmul(a.data, b.data, out, sizes);
    return new Tensor(out, [m, n]);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), "matmul");
  const left = repeated(a, [...batch, ...a.shape.slice(-2)]).data;
  const right = repeated(b, [...batch, ...b.shape.slice(-2)]).data;
  const out = emptyFloats(a.dtype, sizeOf(batch) * m * n);
  noteMultiplyAdds(sizeOf(batch) * m * k * n);
  const nth = (data: typeof out, size: number, i: number) => data.subarray(i * size, (i + 1) * size);
  for (let i = 0; i < sizeOf(batch); i++) {
    kernels.matmul(nth(left, m * k, i), nth(right, k * n, i), nth(out, m * n, i), sizes);
  }
  return new Tensor(out, [...batch, m, n]);
}

/** The same numbers in another shape. */
function view(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : new Tensor(x.data, shape);
}

function lastTwo(shape: Shape, swap: boolean): [number, number] {
  const rows = shape[shape.length - 2], columns = shape[shape.length - 1];
  return swap ? [columns, rows] : [rows, columns];
}

function check(a: Tensor, b: Tensor): void {
  checkTensor("matmul", "other factor", b);
  if (a.shape.length === 0 || b.shape.length === 0) {
    throw new ShapeError(
      `matmul: expected matrices [m, k] and [k, n] (or vectors, or batches of matrices), got ` +
        `${formatShape(a.shape)} and ${formatShape(b.shape)}. To scale a tensor by a number, use mul().`,
    );
  }
  if (a.dtype !== b.dtype) {
    throw new DTypeError(`matmul: cannot multiply ${a.dtype} by ${b.dtype}. Make both the same.`);
  }
  const k = a.shape[a.shape.length - 1], inner = b.shape[Math.max(0, b.shape.length - 2)];
  if (k === inner) return;
  const matrices = a.shape.length > 1 && b.shape.length > 1;
  const advice = matrices && a.shape.at(-2) === inner
    ? " Transpose the first?"
    : matrices && k === b.shape.at(-1)
    ? " Transpose the second?"
    : "";
  throw new ShapeError(
    `matmul: cannot multiply ${formatShape(a.shape)} by ${formatShape(b.shape)}: ` +
      `the first has ${k} columns, the second ${inner} rows; they must be equal.${advice}`,
  );
}
