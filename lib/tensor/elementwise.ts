/** Functions of one number, on every entry; their derivatives are in `autograd/derivatives.ts`. */

import { derivatives, type Differentiable } from "../autograd/derivatives.ts";
import { checkNumber } from "../checks/values.ts";
import type { BinaryOperation } from "../kernels/kernels.ts";
import { record } from "./record.ts";
import type { Tensor } from "./tensor.ts";
import { binary, compare, numberLike, unary } from "./unrecorded.ts";

const on = (operation: BinaryOperation) => (a: Tensor, b: Tensor) => binary(operation, a, b);

/** The rules for tensors; nothing of them is recorded. */
export const rules = derivatives<Tensor>({
  add: on("add"),
  subtract: on("subtract"),
  multiply: on("multiply"),
  divide: on("divide"),
  gate: on("gate"),
});

/** f′(a) of every entry: the rule for a gradient of 1. */
export function slope(operation: Differentiable, a: Tensor, out: Tensor): Tensor {
  return rules[operation](numberLike(1, a), a, out);
}

/** What each rule reads beside the gradient: the input or the output. */
function recorded(operation: Differentiable, a: Tensor, out: Tensor, reads: "input" | "output"): Tensor {
  const pullback = (g: Tensor) => [rules[operation](g, a, out)];
  return record(out, [a], pullback, operation, [reads === "input" ? a : out]);
}

/** −a. */
export function negate(a: Tensor): Tensor {
  return record(unary("negate", a), [a], (g) => [unary("negate", g)], "neg");
}

/** a². */
export function square(a: Tensor): Tensor {
  return recorded("square", a, binary("multiply", a, a), "input");
}

/** |a|: ∂ = sign a, which is 0 at 0. */
export function abs(a: Tensor): Tensor {
  return record(unary("abs", a), [a], (g) => [binary("multiply", g, unary("sign", a))], "abs", [a]);
}

/** −1, 0 or 1; flat on both sides of its jump, so nothing is recorded. */
export function sign(a: Tensor): Tensor {
  return unary("sign", a);
}

/** √a. */
export function sqrt(a: Tensor): Tensor {
  return recorded("sqrt", a, unary("sqrt", a), "output");
}

/** eᵃ. */
export function exp(a: Tensor): Tensor {
  return recorded("exp", a, unary("exp", a), "output");
}

/** ln a. */
export function log(a: Tensor): Tensor {
  return recorded("log", a, unary("log", a), "input");
}

/** ln(1 + a), also for tiny a: ∂ = 1/(1 + a). */
export function log1p(a: Tensor): Tensor {
  const one = numberLike(1, a);
  return record(unary("log1p", a), [a], (g) => [binary("divide", g, binary("add", a, one))], "log1p", [a]);
}

/** max(a, 0). */
export function relu(a: Tensor): Tensor {
  return recorded("relu", a, unary("relu", a), "input");
}

/** ln(1 + eᵃ): ∂ = σ(a). */
export function softplus(a: Tensor): Tensor {
  return record(unary("softplus", a), [a], (g) => [binary("multiply", g, unary("sigmoid", a))], "softplus", [
    a,
  ]);
}

/** tanh a. */
export function tanh(a: Tensor): Tensor {
  return recorded("tanh", a, unary("tanh", a), "output");
}

/** σ(a) = 1/(1 + e⁻ᵃ). */
export function sigmoid(a: Tensor): Tensor {
  return recorded("sigmoid", a, unary("sigmoid", a), "output");
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
