/** Functions between layers, and the softmax that turns logits into probabilities. */

import { record } from "../tensor/record.ts";
import { type Tensor } from "../tensor/tensor.ts";

/** The hidden activations a layer can have, by name. */
export type ActivationName = "relu" | "tanh" | "sigmoid" | "identity";

/**
 * An activation f with its derivative: given z and ∂L/∂f(z), gives ∂L/∂z.
 */
export interface Activation {
  readonly forward: (z: Tensor) => Tensor;
  readonly backward: (z: Tensor, gradOutput: Tensor) => Tensor;
}

/**
 * Every activation with its forward and backward side by side.
 *
 * relu: f = max(z, 0), f′ = 1 where z > 0, and 0 at the kink. tanh: f′ = 1 − f². sigmoid: f′ = f(1 − f) ≤ ¼.
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
    backward: (z, gradOutput) => gradOutput.mul(z.greater(0)),
  },
  tanh: {
    forward: (z) => z.tanh(),
    backward: (z, gradOutput) => {
      const a = z.tanh();
      return gradOutput.mul(a.mul(a).neg().add(1));
    },
  },
  sigmoid: {
    forward: (z) => z.sigmoid(),
    backward: (z, gradOutput) => {
      const a = z.sigmoid();
      return gradOutput.mul(a.mul(a.neg().add(1)));
    },
  },
  identity: {
    forward: (z) => z,
    backward: (_z, gradOutput) => gradOutput,
  },
};

/**
 * Probabilities from logits: every row becomes positive and sums to 1.
 *
 * pᵢ = e^(zᵢ − m) / Σⱼ e^(zⱼ − m) with m = maxⱼ zⱼ, which changes nothing but keeps e from overflowing.
 *
 * @param logits Unnormalized scores, `[N, C]` (or `[C]`)
 * @returns Probabilities in the same shape
 * @example
 * ```ts
 * import { softmax, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(softmax(tensor([[1000, 1000]])).toArray(), [[0.5, 0.5]]);
 * ```
 */
export function softmax(logits: Tensor): Tensor {
  const z = logits.detach();
  const e = z.sub(z.max({ axis: -1, keepDims: true })).exp();
  const p = e.div(e.sum({ axis: -1, keepDims: true }));
  return record(p, [logits], (g) => {
    const weighted = g.mul(p.detach());
    return [weighted.sub(p.detach().mul(weighted.sum({ axis: -1, keepDims: true })))];
  });
}

/**
 * ln softmax(z) = z − m − ln Σⱼ e^(zⱼ − m), computed without ever forming a probability that rounds to 0.
 *
 * @param logits Unnormalized scores, `[N, C]` (or `[C]`)
 * @returns Log-probabilities in nats, ≤ 0, in the same shape
 * @example
 * ```ts
 * import { logSoftmax, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(logSoftmax(tensor([[0, -1000]])).toArray(), [[0, -1000]]);
 * ```
 */
export function logSoftmax(logits: Tensor): Tensor {
  const z = logits.detach();
  const shifted = z.sub(z.max({ axis: -1, keepDims: true }));
  const out = shifted.sub(shifted.exp().sum({ axis: -1, keepDims: true }).log());
  return record(out, [logits], (g) => [g.sub(softmax(z).mul(g.sum({ axis: -1, keepDims: true })))]);
}
