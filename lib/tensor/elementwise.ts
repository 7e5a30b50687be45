/** Elementwise operations, each with its backward beside it. */

import type { BinaryOperation, UnaryOperation } from "../kernels/kernels.ts";
import { referenceKernels as kernels } from "../kernels/reference.ts";
import { broadcastShapes, broadcastStrides, sameShape, type Shape, sizeOf } from "./shape.ts";
import { sumTo } from "./reductions.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { Tensor } from "./tensor.ts";

type Operand = Tensor | number;

/** a + b: the gradient passes to both. */
export function add(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a);
  return record(binary("add", a, other), [a, other], (g) => [sumTo(g, a.shape), sumTo(g, other.shape)]);
}

/** a − b: ∂/∂a = 1, ∂/∂b = −1. */
export function subtract(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a);
  return record(
    binary("subtract", a, other),
    [a, other],
    (g) => [sumTo(g, a.shape), sumTo(unary("negate", g), other.shape)],
  );
}

/** a·b: each receives the gradient times the other. */
export function multiply(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a);
  return record(binary("multiply", a, other), [a, other], (g) => [
    sumTo(binary("multiply", g, other), a.shape),
    sumTo(binary("multiply", g, a), other.shape),
  ]);
}

/** a/b: ∂/∂a = 1/b, ∂/∂b = −a/b². */
export function divide(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a);
  const out = binary("divide", a, other);
  return record(out, [a, other], (g) => {
    const overB = binary("divide", g, other);
    return [sumTo(overB, a.shape), sumTo(unary("negate", binary("multiply", overB, out)), other.shape)];
  });
}

/** −a. */
export function negate(a: Tensor): Tensor {
  return record(unary("negate", a), [a], (g) => [unary("negate", g)]);
}

/** |a|: ∂ = sign a, which is 0 at 0. */
export function abs(a: Tensor): Tensor {
  return record(unary("abs", a), [a], (g) => [binary("multiply", g, unary("sign", a))]);
}

/** √a: ∂ = 1/(2√a). */
export function sqrt(a: Tensor): Tensor {
  const out = unary("sqrt", a);
  return record(out, [a], (g) => [binary("divide", g, binary("add", out, out))]);
}

/** eᵃ: its own derivative. */
export function exp(a: Tensor): Tensor {
  const out = unary("exp", a);
  return record(out, [a], (g) => [binary("multiply", g, out)]);
}

/** ln a: ∂ = 1/a. */
export function log(a: Tensor): Tensor {
  return record(unary("log", a), [a], (g) => [binary("divide", g, a)]);
}

/** max(a, 0): ∂ = 1 where a > 0, else 0. */
export function relu(a: Tensor): Tensor {
  return record(unary("relu", a), [a], (g) => [binary("multiply", g, compare("greater", a, 0))]);
}

/** tanh a: ∂ = 1 − tanh² a. */
export function tanh(a: Tensor): Tensor {
  const out = unary("tanh", a);
  return record(out, [a], (g) => [
    binary("subtract", g, binary("multiply", g, binary("multiply", out, out))),
  ]);
}

/** σ(a): ∂ = σ(1 − σ). */
export function sigmoid(a: Tensor): Tensor {
  const out = unary("sigmoid", a);
  return record(out, [a], (g) => [
    binary("multiply", g, binary("subtract", out, binary("multiply", out, out))),
  ]);
}

/** 1 where the comparison holds, else 0; flat almost everywhere, so nothing is recorded. */
export function compare(operation: "greater" | "less" | "equal", a: Tensor, b: Operand): Tensor {
  return binary(operation, a, asTensor(b, a));
}

/** One function on every entry; records nothing. */
export function unary(operation: UnaryOperation, a: Tensor): Tensor {
  const out = emptyFloats(a.dtype, a.size);
  kernels.unary(operation, a.data, out);
  return new Tensor(out, a.shape);
}

/** One function on every pair of entries, broadcast; records nothing. */
export function binary(operation: BinaryOperation, a: Tensor, b: Tensor): Tensor {
  if (a.dtype !== b.dtype) {
    throw new DTypeError(
      `${operation}: cannot combine ${a.dtype} and ${b.dtype}. Make both the same, e.g. loadMnist({ dtype: "float32" }).`,
    );
  }
  if (sameShape(a.shape, b.shape)) {
    const out = emptyFloats(a.dtype, a.size);
    kernels.binary(operation, a.data, b.data, out);
    return new Tensor(out, a.shape);
  }
  const shape: Shape = broadcastShapes(a.shape, b.shape, operation);
  const out = emptyFloats(a.dtype, sizeOf(shape));
  kernels.binary(operation, a.data, b.data, out, {
    shape,
    aStrides: broadcastStrides(a.shape, shape),
    bStrides: broadcastStrides(b.shape, shape),
  });
  return new Tensor(out, shape);
}

/** A plain number takes the dtype of the tensor it meets. */
function asTensor(x: Operand, like: Tensor): Tensor {
  return typeof x === "number" ? new Tensor(emptyFloats(like.dtype, 1).fill(x), []) : x;
}
