/** The softmax that turns logits into probabilities, its logarithm, and types that keep the two apart. */

import { checkNames } from "../checks/options.ts";
import { checkTensor } from "../tensor/checks.ts";
import { record } from "../tensor/record.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The key under which the type checker, and only it, remembers what a tensor holds. */
export declare const holds: unique symbol;

/** Unnormalized scores: any tensor that is not known to be {@link Probabilities}. */
export interface Logits extends Tensor {
  /** Only in the type: nothing is stored. */
  readonly [holds]?: "logits";
}

/**
 * What {@link softmax} returns: a tensor, which the type checker does not take for logits. A loss that applies
 * softmax itself would apply it twice; training then still runs, only badly.
 *
 * @example
 * ```ts
 * import { crossEntropyLoss, softmax, tensor } from "backprop";
 * const logits = tensor([[2, 1, 0.1]]);
 * // @ts-expect-error: the loss wants the logits themselves
 * crossEntropyLoss(softmax(logits), [0]);
 * ```
 */
export interface Probabilities extends Tensor {
  /** Only in the type: nothing is stored. */
  readonly [holds]: "probabilities";
}

/** Which numbers belong together. */
export interface SoftmaxOptions {
  /** The axis of the classes; the last one by default. */
  readonly axis?: number;
}

/**
 * Probabilities from logits: along the axis, all numbers become positive and sum to 1.
 *
 * pᵢ = e^(zᵢ − m) / Σⱼ e^(zⱼ − m) with m = maxⱼ zⱼ, which changes nothing but keeps e from overflowing.
 *
 * @param logits Unnormalized scores, `[N, C]` (or any shape with at least one axis)
 * @param options `axis`: the classes; the last axis by default
 * @returns Probabilities in the same shape
 * @throws {RangeError} If there is no such axis
 * @see Bishop, PRML, §4.2
 * @example
 * ```ts
 * import { softmax, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(softmax(tensor([[1000, 1000]])).toArray(), [[0.5, 0.5]]);
 * ```
 */
export function softmax(logits: Tensor, options: SoftmaxOptions = {}): Probabilities {
  checkNames("softmax", ["axis"], options);
  const { axis = -1 } = options;
  checkTensor("softmax", "first argument", logits);
  const z = logits.detach();
  const e = z.sub(z.max({ axis, keepDims: true })).exp();
  const p = e.div(e.sum({ axis, keepDims: true }));
  const fixed = p.detach();
  return record(p, [logits], (g) => [softmaxBackward(fixed, g, { axis })], "softmax", [
    fixed,
  ]) as Probabilities;
}

/** ∂L/∂z of p = softmax(z): p ⊙ (g − Σⱼ gⱼpⱼ), where g = ∂L/∂p. Only differences between the gⱼ matter. */
export function softmaxBackward(p: Tensor, g: Tensor, { axis = -1 }: SoftmaxOptions = {}): Tensor {
  const weighted = g.mul(p);
  return weighted.sub(p.mul(weighted.sum({ axis, keepDims: true })));
}

/**
 * ln softmax(z) = z − m − ln Σⱼ e^(zⱼ − m), computed without ever forming a probability that rounds to 0.
 *
 * @param logits Unnormalized scores, `[N, C]` (or any shape with at least one axis)
 * @param options `axis`: the classes; the last axis by default
 * @returns Log-probabilities in nats, ≤ 0, in the same shape
 * @throws {RangeError} If there is no such axis
 * @example
 * ```ts
 * import { logSoftmax, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(logSoftmax(tensor([[0, -1000]])).toArray(), [[0, -1000]]);
 * ```
 */
export function logSoftmax(logits: Tensor, options: SoftmaxOptions = {}): Tensor {
  checkNames("logSoftmax", ["axis"], options);
  const { axis = -1 } = options;
  checkTensor("logSoftmax", "first argument", logits);
  const z = logits.detach();
  const shifted = z.sub(z.max({ axis, keepDims: true }));
  const out = shifted.sub(shifted.exp().sum({ axis, keepDims: true }).log());
  return record(out, [logits], (g) => [logSoftmaxBackward(z, g, { axis })], "logSoftmax", [logits]);
}

/** ∂L/∂z of ln softmax(z): g − softmax(z)·Σⱼ gⱼ, where g = ∂L/∂(ln p). */
export function logSoftmaxBackward(z: Tensor, g: Tensor, { axis = -1 }: SoftmaxOptions = {}): Tensor {
  return g.sub(softmax(z, { axis }).mul(g.sum({ axis, keepDims: true })));
}
