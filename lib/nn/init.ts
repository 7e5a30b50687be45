/** Where the weights of a layer start. */

import type { Rng } from "../tensor/random.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * He's initialization: normal numbers with standard deviation √(2/fanIn).
 *
 * A ReLU passes on half of the variance of its input; the factor 2 makes up for it, so that signals neither
 * grow nor fade from layer to layer.
 *
 * @param fanIn Inputs of the layer
 * @param fanOut Outputs of the layer
 * @param rng Source of randomness
 * @returns Weights `[fanIn, fanOut]`
 * @see He, Zhang, Ren, Sun (2015), "Delving Deep into Rectifiers", §2.2
 * @example
 * ```ts
 * import { heNormal, Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const W = heNormal(200, 100, new Rng(0));
 * assertEquals(W.shape, [200, 100]);
 * assertEquals(Math.sqrt(W.square().mean().item()).toFixed(2), "0.10"); // √(2/200) = 0.10
 * ```
 */
export function heNormal(fanIn: number, fanOut: number, rng: Rng, options: { dtype?: DType } = {}): Tensor {
  if (!Number.isInteger(fanIn) || fanIn < 1) {
    throw new RangeError(`heNormal: fanIn must be a positive integer, got ${fanIn}.`);
  }
  return rng.randn([fanIn, fanOut], options).mul(Math.sqrt(2 / fanIn));
}
