/** Automatic differentiation of plain numbers: the smallest thing that has everything. */

import { INSPECT } from "../host/mod.ts";
import { formatValue } from "../checks/format.ts";
import { exp, log, logistic, pow, tanh } from "../kernels/elementary.ts";
import { derivatives, type Differentiable } from "./derivatives.ts";
import { backpropagate, type GraphNode } from "./graph.ts";

const NONE: readonly Value[] = [];

const rules = derivatives<number>({
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  gate: (a, b) => b > 0 ? a : 0,
});

/**
 * A number that remembers how it was computed, so that `backward()` can say how it depends on others.
 *
 * @example
 * ```ts
 * import { Value } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const x = new Value(0.8), w = new Value(0.5, "w"), b = new Value(-0.1, "b");
 * const loss = x.mul(w).add(b).sub(1).pow(2); // (x·w + b − 1)² = (−0.7)² = 0.49
 * loss.backward();
 * assertEquals(w.grad?.toFixed(2), "-1.12"); // 2·(−0.7)·x
 * assertEquals(String(w), "Value w = 0.5, grad -1.12");
 * ```
 */
export class Value implements GraphNode<number> {
  /** The number; may be changed, as an optimizer does, before the next forward pass. */
  data: number;
  /** Its name in print and in pictures. */
  label: string | undefined;
  /** ∂L/∂(this number) after `backward()`. Accumulates on leaves: set it to undefined before the next one. */
  grad: number | undefined = undefined;
  /** False for a constant such as the 3 in `x.mul(3)`. */
  requiresGrad = true;
  /** What it was computed from. */
  parents: readonly Value[] = NONE;
  /** What computed it: `"mul"`. */
  operation: string | undefined = undefined;
  /** Given ∂L/∂(this), gives ∂L/∂parent for each parent: the chain rule for one operation. */
  pullback: ((gradOutput: number) => readonly number[]) | undefined = undefined;

  /**
   * A leaf: a number that was not computed from others.
   *
   * @param data The number
   * @param label Its name in print and in pictures
   */
  constructor(data: number, label?: string) {
    if (typeof data !== "number") throw new TypeError(`Value: expected a number, got ${typeof data}.`);
    this.data = data;
    this.label = label;
  }

  /** a + b: the gradient passes to both. */
  add(other: Value | number): Value {
    const b = asValue(other);
    return made("add", this.data + b.data, [this, b], (g) => [g, g]);
  }

  /** a − b: ∂/∂a = 1, ∂/∂b = −1. */
  sub(other: Value | number): Value {
    const b = asValue(other);
    return made("sub", this.data - b.data, [this, b], (g) => [g, -g]);
  }

  /** a·b: each receives the gradient times the other. */
  mul(other: Value | number): Value {
    const b = asValue(other), [x, y] = [this.data, b.data];
    return made("mul", x * y, [this, b], (g) => [g * y, g * x]);
  }

  /** a/b: ∂/∂a = 1/b, ∂/∂b = −a/b². */
  div(other: Value | number): Value {
    const b = asValue(other), [x, y] = [this.data, b.data];
    return made("div", x / y, [this, b], (g) => [g / y, -g * x / (y * y)]);
  }

  /** aⁿ for a number n: ∂ = n·aⁿ⁻¹. */
  pow(exponent: number): Value {
    if (typeof exponent !== "number") {
      throw new TypeError(`pow: expected a number as exponent, got ${typeof exponent}.`);
    }
    const slope = exponent === 0 ? 0 : exponent * pow(this.data, exponent - 1);
    return made(`pow ${exponent}`, pow(this.data, exponent), [this], (g) => [g * slope]);
  }

  /** −a. */
  neg(): Value {
    return made("neg", -this.data, [this], (g) => [-g]);
  }

  /** eᵃ: its own derivative. */
  exp(): Value {
    return elementary("exp", this, exp);
  }

  /** ln a: ∂ = 1/a. */
  log(): Value {
    return elementary("log", this, log);
  }

  /** max(a, 0): ∂ = 1 where a > 0, else 0. */
  relu(): Value {
    return elementary("relu", this, (x) => x > 0 || x !== x ? x : 0);
  }

  /** tanh a: ∂ = 1 − tanh² a. */
  tanh(): Value {
    return elementary("tanh", this, tanh);
  }

  /** σ(a) = 1/(1 + e⁻ᵃ): ∂ = σ(1 − σ). */
  sigmoid(): Value {
    return elementary("sigmoid", this, logistic);
  }

  /** Backpropagation: computes ∂(this)/∂v for every value v below this one, into `v.grad`. */
  backward(): void {
    for (const [node, grad] of backpropagate<number>(this, 1, (a, b) => a + b)) node.grad = grad;
  }

  /** Name, number and gradient, in six digits: `Value w = 0.5, grad -1.12`. */
  toString(): string {
    const name = this.label === undefined ? "" : ` ${this.label} =`;
    return `Value${name} ${formatValue(this.data)}${
      this.grad === undefined ? "" : `, grad ${formatValue(this.grad)}`
    }`;
  }

  /** What `console.log` and the notebook show. */
  [INSPECT](): string {
    return this.toString();
  }
}

function made(
  operation: string,
  data: number,
  parents: readonly Value[],
  pullback: (gradOutput: number) => readonly number[],
): Value {
  const out = new Value(data);
  out.operation = operation;
  out.parents = parents;
  out.pullback = pullback;
  return out;
}

/** A function of one number, by name, with its rule. */
function elementary(name: Differentiable, a: Value, f: (x: number) => number): Value {
  const x = a.data, out = f(x);
  return made(name, out, [a], (g) => [rules[name](g, x, out)]);
}

/** A plain number in a formula is a constant. */
function asValue(x: Value | number): Value {
  if (x instanceof Value) return x;
  const constant = new Value(x);
  constant.requiresGrad = false;
  return constant;
}
