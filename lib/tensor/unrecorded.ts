/** Functions of one, two or three numbers on every entry, of which nothing is recorded: what operations are made of. */

import { kernels } from "../kernels/current.ts";
import type { BinaryOperation, UnaryOperation } from "../kernels/kernels.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { repeated } from "./reduce.ts";
import { broadcastShapes, broadcastStrides, sameShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** The second operand: a tensor whose shape broadcasts, or a number. */
export type Operand = Tensor | number;

/** The comparisons; each gives 1 or 0. */
export type Comparison = "greater" | "greaterEqual" | "less" | "lessEqual" | "equal" | "notEqual";

/** One function on every entry. */
export function unary(operation: UnaryOperation, a: Tensor): Tensor {
  const out = emptyFloats(a.dtype, a.size);
  kernels.unary(operation, a.data, out);
  return new Tensor(out, a.shape);
}

/** One function on every pair of entries, broadcast. */
export function binary(operation: BinaryOperation, a: Tensor, b: Tensor): Tensor {
  if (a.dtype !== b.dtype) {
    throw new DTypeError(
      `${operation}: cannot combine ${a.dtype} and ${b.dtype}. Make both the same, e.g. tensor(…, { dtype: "${a.dtype}" }).`,
    );
  }
  if (sameShape(a.shape, b.shape)) {
    const out = emptyFloats(a.dtype, a.size);
    kernels.binary(operation, a.data, b.data, out);
    return new Tensor(out, a.shape);
  }
  const shape = broadcastShapes(a.shape, b.shape, operation);
  const out = emptyFloats(a.dtype, sizeOf(shape));
  kernels.binary(operation, a.data, b.data, out, {
    shape,
    aStrides: broadcastStrides(a.shape, shape),
    bStrides: broadcastStrides(b.shape, shape),
  });
  return new Tensor(out, shape);
}

/** 1 where the comparison holds, else 0; flat almost everywhere, so that no operation has to record it. */
export function compare(operation: Comparison, a: Tensor, b: Operand): Tensor {
  return binary(operation, a, asTensor(b, a, operation));
}

/** An entry of `yes` where the condition is not 0, of `no` elsewhere; all three broadcast. */
export function choose(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const shape = broadcastShapes(condition.shape, broadcastShapes(yes.shape, no.shape, "where"), "where");
  const out = emptyFloats(yes.dtype, sizeOf(shape));
  const [when, a, b] = [condition, yes, no].map((x) => repeated(x, shape).data);
  for (let i = 0; i < out.length; i++) out[i] = when[i] !== 0 ? a[i] : b[i];
  return new Tensor(out, shape);
}

/** A scalar tensor of the same dtype as another one. */
export function numberLike(x: number, like: Tensor): Tensor {
  return new Tensor(emptyFloats(like.dtype, 1).fill(x), []);
}

/** A plain number takes the dtype of the tensor it meets. */
export function asTensor(x: Operand, like: Tensor, operation: string): Tensor {
  if (typeof x === "number") return numberLike(x, like);
  checkTensor(operation, "other operand", x);
  return x;
}
