/** Functions between layers, each with its derivative beside it. */

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
