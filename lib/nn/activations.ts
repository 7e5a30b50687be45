/** Functions between layers, each with its derivative beside it. */

import { logistic, tanh as tanhOf } from "../kernels/elementary.ts";
import { checkTensor } from "../tensor/checks.ts";
import { rules } from "../tensor/elementwise.ts";
import { record } from "../tensor/record.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The hidden activations a layer can have, by name. */
export type ActivationName = "relu" | "leakyRelu" | "tanh" | "sigmoid" | "identity";

/**
 * An activation f with its derivative: given z and ∂L/∂f(z), gives ∂L/∂z.
 */
export interface Activation {
  /** f(z). */
  readonly forward: (z: Tensor) => Tensor;
  /** ∂L/∂z = ∂L/∂f ⊙ f′(z). */
  readonly backward: (z: Tensor, gradOutput: Tensor) => Tensor;
}

/**
 * Every activation with its forward and backward side by side.
 *
 * relu: f = max(z, 0), f′ = 1 where z > 0, and 0 at the kink. leakyRelu: f = z where z > 0, else 0.01·z.
 * tanh: f′ = 1 − f². sigmoid: f′ = f(1 − f) ≤ ¼.
 *
 * @example
 * ```ts
 * import { activations, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const z = tensor([-1, 0, 2]);
 * assertEquals(activations.relu.forward(z).toArray(), [0, 0, 2]);
 * assertEquals(activations.relu.backward(z, tensor([5, 5, 5])).toArray(), [0, 0, 5]);
 * ```
 */
export const activations: Record<ActivationName, Activation> = {
  relu: {
    forward: (z) => z.relu(),
    backward: (z, gradOutput) => rules.relu(gradOutput, z, z),
  },
  leakyRelu: leakyReluActivation(0.01),
  tanh: {
    forward: (z) => z.tanh(),
    backward: (z, gradOutput) => rules.tanh(gradOutput, z, z.tanh()),
  },
  sigmoid: {
    forward: (z) => z.sigmoid(),
    backward: (z, gradOutput) => rules.sigmoid(gradOutput, z, z.sigmoid()),
  },
  identity: {
    forward: (z) => z,
    backward: (_z, gradOutput) => gradOutput,
  },
};

/**
 * max(z, 0), with derivative 1 where z > 0 and 0 elsewhere, also at the kink; also a method: `z.relu()`.
 *
 * @param z Any shape, or a number
 * @returns The same shape, or a number
 * @throws {TypeError} If z is neither
 * @example
 * ```ts
 * import { relu, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(relu(tensor([-1, 0, 2])).toArray(), [0, 0, 2]);
 * assertEquals(relu(-1), 0);
 * ```
 */
export function relu<Z extends Tensor | number>(z: Z): Z extends number ? number : Tensor {
  return onEither<Z>("relu", z, (x) => x > 0 || x !== x ? x : 0);
}

/**
 * σ(z) = 1/(1 + e⁻ᶻ), from 0 to 1, with derivative σ(1 − σ); also a method: `z.sigmoid()`.
 *
 * @param z Any shape, or a number
 * @returns The same shape, or a number
 * @throws {TypeError} If z is neither
 * @example
 * ```ts
 * import { sigmoid, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(sigmoid(tensor([0, 1000])).toArray(), [0.5, 1]);
 * assertEquals(sigmoid(0), 0.5);
 * ```
 */
export function sigmoid<Z extends Tensor | number>(z: Z): Z extends number ? number : Tensor {
  return onEither<Z>("sigmoid", z, logistic);
}

/**
 * tanh z, from −1 to 1, with derivative 1 − tanh² z; also a method: `z.tanh()`.
 *
 * @param z Any shape, or a number
 * @returns The same shape, or a number
 * @throws {TypeError} If z is neither
 * @example
 * ```ts
 * import { tanh, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(tanh(tensor([0, 1000])).toArray(), [0, 1]);
 * assertEquals(tanh(0.5).toFixed(6), "0.462117");
 * ```
 */
export function tanh<Z extends Tensor | number>(z: Z): Z extends number ? number : Tensor {
  return onEither<Z>("tanh", z, tanhOf);
}

function onEither<Z extends Tensor | number>(
  name: "relu" | "sigmoid" | "tanh",
  z: Tensor | number,
  f: (x: number) => number,
): Z extends number ? number : Tensor {
  if (typeof z !== "number") checkTensor(name, "input", z);
  return (typeof z === "number" ? f(z) : z[name]()) as Z extends number ? number : Tensor;
}

/**
 * A ReLU that lets a little of the negative side through, so that no unit is ever without a gradient.
 *
 * f = z where z > 0, else a·z;  f′ = 1 where z > 0, else a, also at the kink (as in PyTorch)
 *
 * @param z Any shape
 * @param negativeSlope a ≥ 0; default 0.01
 * @returns The same shape
 * @throws {RangeError} If the slope is negative or not finite
 * @see Maas, Hannun, Ng (2013), "Rectifier Nonlinearities Improve Neural Network Acoustic Models"
 * @example
 * ```ts
 * import { leakyRelu, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(leakyRelu(tensor([-10, 0, 2]), 0.1).toArray(), [-1, 0, 2]);
 * ```
 */
export function leakyRelu(z: Tensor, negativeSlope = 0.01): Tensor {
  checkTensor("leakyRelu", "input", z);
  checkSlope(negativeSlope);
  const slopes = leakySlopes(z, negativeSlope);
  return record(z.detach().mul(slopes), [z], (g) => [g.mul(slopes)], "leakyRelu");
}

/** The leaky ReLU of one slope, as an {@link Activation}. */
export function leakyReluActivation(negativeSlope: number): Activation {
  checkSlope(negativeSlope);
  return {
    forward: (z) => leakyRelu(z, negativeSlope),
    backward: (z, gradOutput) => gradOutput.mul(leakySlopes(z, negativeSlope)),
  };
}

/** 1 where z > 0, else a. */
function leakySlopes(z: Tensor, negativeSlope: number): Tensor {
  const positive = z.detach().greater(0);
  return positive.add(positive.neg().add(1).mul(negativeSlope));
}

function checkSlope(negativeSlope: number): void {
  if (!(negativeSlope >= 0 && negativeSlope < Infinity)) {
    throw new RangeError(`leakyRelu: the slope must be finite and not negative, got ${negativeSlope}.`);
  }
}
