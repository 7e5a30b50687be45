/** Functions of two numbers, on every pair of entries after broadcasting, each with its backward beside it. */

import type { BinaryOperation } from "../kernels/kernels.ts";
import { kernels } from "../kernels/current.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { log, negate } from "./elementwise.ts";
import { sumTo } from "./reduce.ts";
import { record } from "./record.ts";
import { broadcastShapes, broadcastStrides, sameShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { where } from "./selection.ts";

/** The second operand: a tensor whose shape broadcasts, or a number. */
export type Operand = Tensor | number;

/** The comparisons; each gives 1 or 0. */
export type Comparison = "greater" | "greaterEqual" | "less" | "lessEqual" | "equal" | "notEqual";

type Gradient = (gradOutput: Tensor) => Tensor;

/** a + b: the gradient passes to both. */
export function add(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "add");
  return record(binary("add", a, other), [a, other], both(a, other, (g) => g, (g) => g), "add");
}

/** a − b: ∂/∂a = 1, ∂/∂b = −1. */
export function subtract(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "sub");
  return record(binary("subtract", a, other), [a, other], both(a, other, (g) => g, negate), "sub");
}

/** a·b: each receives the gradient times the other. */
export function multiply(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "mul");
  const ofA = (g: Tensor) => binary("multiply", g, other), ofB = (g: Tensor) => binary("multiply", g, a);
  const out = binary("multiply", a, other);
  return record(out, [a, other], both(a, other, ofA, ofB), "mul", factorsRead(a, other));
}

/** a/b: ∂/∂a = 1/b, ∂/∂b = −(a/b)/b. */
export function divide(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "div");
  const out = binary("divide", a, other);
  const ofA = (g: Tensor) => binary("divide", g, other);
  const ofB = (g: Tensor) => negate(binary("multiply", ofA(g), out));
  return record(out, [a, other], both(a, other, ofA, ofB), "div", [other, out]);
}

/**
 * aᵇ: ∂/∂a = b·aᵇ⁻¹, which is 0 where b is; ∂/∂b = aᵇ·ln a, which is 0 where a is 0 and b is not negative.
 * Where a < 0, only an integer b gives a number, and ∂/∂b is NaN.
 */
export function power(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "pow");
  const out = binary("power", a, other);
  const ofA = (g: Tensor) => {
    const slope = binary("multiply", other, binary("power", a, binary("subtract", other, numberLike(1, a))));
    return binary("multiply", g, where(compare("equal", other, 0), 0, slope));
  };
  const ofB = (g: Tensor) => {
    const flat = binary("multiply", compare("equal", a, 0), compare("greaterEqual", other, 0));
    return binary("multiply", g, where(flat, 0, binary("multiply", out, log(a.detach()))));
  };
  return record(out, [a, other], both(a, other, ofA, ofB), "pow", [a, other, out]);
}

/** max(a, b) or min(a, b): the gradient goes to the one that was taken, half to each where they are equal. */
export function extremeOf(which: "maximum" | "minimum", a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, which);
  const share = (mine: Tensor, its: Tensor) => (g: Tensor) => {
    const wins = binary(which === "maximum" ? "greater" : "less", mine, its);
    const half = binary("multiply", binary("equal", mine, its), numberLike(0.5, a));
    return binary("multiply", g, binary("add", wins, half));
  };
  const shares = both(a, other, share(a, other), share(other, a));
  return record(binary(which, a, other), [a, other], shares, which, [a, other]);
}

/** 1 where the comparison holds, else 0; flat almost everywhere, so nothing is recorded. */
export function compare(operation: Comparison, a: Tensor, b: Operand): Tensor {
  return binary(operation, a, asTensor(b, a, operation));
}

/** One function on every pair of entries, broadcast; records nothing. */
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

/**
 * The pullback of an operation that broadcasts: each operand's gradient, where it wants one, summed over what was
 * repeated on the way forward.
 */
export function both(a: Tensor, b: Tensor, ofA: Gradient, ofB: Gradient) {
  return (g: Tensor): (Tensor | undefined)[] => [
    a.requiresGrad ? sumTo(ofA(g), a.shape) : undefined,
    b.requiresGrad ? sumTo(ofB(g), b.shape) : undefined,
  ];
}

/** What the backward of a product reads: for the gradient of each factor, the other one. */
export function factorsRead(a: Tensor, b: Tensor): readonly Tensor[] {
  if (!b.requiresGrad) return [b];
  return a.requiresGrad ? [a, b] : [a];
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
