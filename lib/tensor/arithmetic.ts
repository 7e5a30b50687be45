/** Functions of two numbers, on every pair of entries after broadcasting, each with its backward beside it. */

import { record } from "./record.ts";
import { sumTo } from "./reduce.ts";
import type { Tensor } from "./tensor.ts";
import { asTensor, binary, choose, compare, numberLike, type Operand, unary } from "./unrecorded.ts";

type Gradient = (gradOutput: Tensor) => Tensor;

/** a + b: the gradient passes to both. */
export function add(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "add");
  return record(binary("add", a, other), [a, other], both(a, other, (g) => g, (g) => g), "add");
}

/** a − b: ∂/∂a = 1, ∂/∂b = −1. */
export function subtract(a: Tensor, b: Operand): Tensor {
  const other = asTensor(b, a, "sub");
  return record(
    binary("subtract", a, other),
    [a, other],
    both(a, other, (g) => g, (g) => unary("negate", g)),
    "sub",
  );
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
  const ofB = (g: Tensor) => unary("negate", binary("multiply", ofA(g), out));
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
    return binary("multiply", g, choose(compare("equal", other, 0), numberLike(0, a), slope));
  };
  const ofB = (g: Tensor) => {
    const flat = binary("multiply", compare("equal", a, 0), compare("greaterEqual", other, 0));
    return binary("multiply", g, choose(flat, numberLike(0, a), binary("multiply", out, unary("log", a))));
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
