/** Functions of one number, on every entry, each with its backward beside it. */

import { checkNumber } from "../checks/values.ts";
import { record } from "./record.ts";
import type { Tensor } from "./tensor.ts";
import { binary, compare, numberLike, unary } from "./unrecorded.ts";

/** −a. */
export function negate(a: Tensor): Tensor {
  return record(unary("negate", a), [a], (g) => [unary("negate", g)], "neg");
}

/** a²: ∂ = 2a. */
export function square(a: Tensor): Tensor {
  const out = binary("multiply", a, a);
  return record(out, [a], (g) => [binary("multiply", g, binary("add", a, a))], "square", [a]);
}

/** |a|: ∂ = sign a, which is 0 at 0. */
export function abs(a: Tensor): Tensor {
  return record(unary("abs", a), [a], (g) => [binary("multiply", g, unary("sign", a))], "abs", [a]);
}

/** −1, 0 or 1; flat on both sides of its jump, so nothing is recorded. */
export function sign(a: Tensor): Tensor {
  return unary("sign", a);
}

/** √a: ∂ = 1/(2√a). */
export function sqrt(a: Tensor): Tensor {
  const out = unary("sqrt", a);
  return record(out, [a], (g) => [binary("divide", g, binary("add", out, out))], "sqrt", [out]);
}

/** eᵃ: its own derivative. */
export function exp(a: Tensor): Tensor {
  const out = unary("exp", a);
  return record(out, [a], (g) => [binary("multiply", g, out)], "exp", [out]);
}

/** ln a: ∂ = 1/a. */
export function log(a: Tensor): Tensor {
  return record(unary("log", a), [a], (g) => [binary("divide", g, a)], "log", [a]);
}

/** ln(1 + a), also for tiny a: ∂ = 1/(1 + a). */
export function log1p(a: Tensor): Tensor {
  const one = numberLike(1, a);
  return record(unary("log1p", a), [a], (g) => [binary("divide", g, binary("add", a, one))], "log1p", [a]);
}

/** max(a, 0): ∂ = 1 where a > 0, else 0. */
export function relu(a: Tensor): Tensor {
  return record(unary("relu", a), [a], (g) => [binary("gate", g, a)], "relu", [a]);
}

/** ln(1 + eᵃ): ∂ = σ(a). */
export function softplus(a: Tensor): Tensor {
  return record(unary("softplus", a), [a], (g) => [binary("multiply", g, unary("sigmoid", a))], "softplus", [
    a,
  ]);
}

/** tanh a: ∂ = 1 − tanh² a. */
export function tanh(a: Tensor): Tensor {
  const out = unary("tanh", a);
  const pullback = (g: Tensor) => [
    binary("subtract", g, binary("multiply", g, binary("multiply", out, out))),
  ];
  return record(out, [a], pullback, "tanh", [out]);
}

/** σ(a): ∂ = σ(1 − σ). */
export function sigmoid(a: Tensor): Tensor {
  const out = unary("sigmoid", a);
  const pullback = (g: Tensor) => [
    binary("multiply", g, binary("subtract", out, binary("multiply", out, out))),
  ];
  return record(out, [a], pullback, "sigmoid", [out]);
}

/**
 * What lies outside `low … high` moved to the nearer bound: ∂ = 1 from low to high, both included, else 0.
 *
 * @throws {RangeError} If low > high, or either is NaN
 */
export function clip(a: Tensor, low: number, high: number): Tensor {
  checkNumber("clip", "low", low);
  checkNumber("clip", "high", high);
  if (!(low <= high)) throw new RangeError(`clip: expected low ≤ high, got ${low} and ${high}.`);
  const out = binary("minimum", binary("maximum", a, numberLike(low, a)), numberLike(high, a));
  const pullback = (g: Tensor) => {
    const inside = binary("multiply", compare("greaterEqual", a, low), compare("lessEqual", a, high));
    return [binary("multiply", g, inside)];
  };
  return record(out, [a], pullback, "clip", [a]);
}
