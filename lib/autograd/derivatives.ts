/** The derivative of each function of one number, written once, for numbers and for tensors of them. */

/** What the rules compute with. */
export interface Arithmetic<T> {
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  /** a where b > 0, else 0. */
  gate(a: T, b: T): T;
}

/** Given ∂L/∂out, the function's input a and its output, gives ∂L/∂a: the chain rule for one function. */
export type Rule<T> = (gradOutput: T, a: T, out: T) => T;

/** The functions that have a rule here. */
export type Differentiable = "square" | "sqrt" | "exp" | "log" | "relu" | "tanh" | "sigmoid";

/** The rules, in the order in which every gradient of the library is rounded. */
export function derivatives<T>(on: Arithmetic<T>): Record<Differentiable, Rule<T>> {
  const { add, subtract, multiply, divide, gate } = on;
  return {
    square: (g, a) => multiply(g, add(a, a)), // 2a
    sqrt: (g, _a, out) => divide(g, add(out, out)), // 1/(2√a)
    exp: (g, _a, out) => multiply(g, out), // eᵃ, itself
    log: (g, a) => divide(g, a), // 1/a
    relu: (g, a) => gate(g, a), // 1 where a > 0, else 0, also at the kink
    tanh: (g, _a, out) => subtract(g, multiply(g, multiply(out, out))), // 1 − tanh² a
    sigmoid: (g, _a, out) => multiply(g, subtract(out, multiply(out, out))), // σ(1 − σ)
  };
}
