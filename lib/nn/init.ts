/** Where the weights of a layer start: random, and of a size that keeps signals alive through many layers. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import type { DType } from "../tensor/dtype.ts";
import { Rng } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ActivationName } from "./activations.ts";

/** What an initialization can be told. */
export interface InitOptions {
  /** What makes up for the activation that follows; see {@link activationGain}. */
  readonly gain?: number;
  /** Default as in `setDefaultDType`: `"float64"`. */
  readonly dtype?: DType;
}

/** Any of the initializations below: weights `[fanIn, fanOut]` from a generator. */
export type Init = (fanIn: number, fanOut: number, rng: Rng, options?: InitOptions) => Tensor;

/**
 * Xavier's (Glorot's) initialization, normal: standard deviation gain·√(2/(fanIn + fanOut)).
 *
 * A compromise between keeping the variance of signals on the way forward (1/fanIn) and of gradients on the way back
 * (1/fanOut); meant for activations that are nearly linear around 0, such as tanh.
 *
 * @param fanIn Inputs of the layer
 * @param fanOut Outputs of the layer
 * @param rng Source of randomness
 * @param options `gain` (default 1) and `dtype`
 * @returns Weights `[fanIn, fanOut]`
 * @throws {RangeError} If a fan is not a positive integer, or the gain not a positive number
 * @see Glorot, Bengio (2010), "Understanding the difficulty of training deep feedforward neural networks"
 * @example
 * ```ts
 * import { Rng, xavierNormal } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const W = xavierNormal(300, 100, new Rng(0));
 * assertEquals(Math.sqrt(W.square().mean().item()).toFixed(2), "0.07"); // √(2/400) = 0.07
 * ```
 */
export function xavierNormal(fanIn: number, fanOut: number, rng: Rng, options: InitOptions = {}): Tensor {
  const { gain = 1, dtype } = options;
  checkInit("xavierNormal", fanIn, fanOut, rng, options);
  return rng.randn([fanIn, fanOut], { dtype }).mul(gain * Math.sqrt(2 / (fanIn + fanOut)));
}

/**
 * Xavier's (Glorot's) initialization, uniform on ±gain·√(6/(fanIn + fanOut)): the same standard deviation as
 * {@link xavierNormal}, since a uniform number on ±b has b/√3.
 *
 * @param fanIn Inputs of the layer
 * @param fanOut Outputs of the layer
 * @param rng Source of randomness
 * @param options `gain` (default 1) and `dtype`
 * @returns Weights `[fanIn, fanOut]`
 * @throws {RangeError} If a fan is not a positive integer, or the gain not a positive number
 * @see Glorot, Bengio (2010), formula 16
 * @example
 * ```ts
 * import { Rng, xavierUniform } from "backprop";
 * import { assertLess } from "@std/assert";
 * const W = xavierUniform(4, 2, new Rng(0));
 * assertLess(W.abs().max().item(), 1); // √(6/6) = 1
 * ```
 */
export function xavierUniform(fanIn: number, fanOut: number, rng: Rng, options: InitOptions = {}): Tensor {
  const { gain = 1, dtype } = options;
  checkInit("xavierUniform", fanIn, fanOut, rng, options);
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return rng.uniform([fanIn, fanOut], -bound, bound, { dtype });
}

/**
 * He's (Kaiming's) initialization, normal: standard deviation gain/√fanIn, which is √(2/fanIn) unless told otherwise.
 *
 * A ReLU passes on half of the variance of its input; the factor 2 makes up for it, so that signals neither
 * grow nor fade from layer to layer.
 *
 * @param fanIn Inputs of the layer
 * @param fanOut Outputs of the layer
 * @param rng Source of randomness
 * @param options `gain` (default √2, for ReLU) and `dtype`
 * @returns Weights `[fanIn, fanOut]`
 * @throws {RangeError} If a fan is not a positive integer, or the gain not a positive number
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
export function heNormal(fanIn: number, fanOut: number, rng: Rng, options: InitOptions = {}): Tensor {
  const { gain, dtype } = options;
  checkInit("heNormal", fanIn, fanOut, rng, options);
  // Without a gain, √(2/fanIn) in one rounding: (√2)² would not be 2.
  const deviation = gain === undefined ? Math.sqrt(2 / fanIn) : gain / Math.sqrt(fanIn);
  return rng.randn([fanIn, fanOut], { dtype }).mul(deviation);
}

/**
 * He's (Kaiming's) initialization, uniform on ±gain·√(3/fanIn), which is ±√(6/fanIn) unless told otherwise: the same
 * standard deviation as {@link heNormal}.
 *
 * @param fanIn Inputs of the layer
 * @param fanOut Outputs of the layer
 * @param rng Source of randomness
 * @param options `gain` (default √2, for ReLU) and `dtype`
 * @returns Weights `[fanIn, fanOut]`
 * @throws {RangeError} If a fan is not a positive integer, or the gain not a positive number
 * @see He, Zhang, Ren, Sun (2015), "Delving Deep into Rectifiers", §2.2
 * @example
 * ```ts
 * import { heUniform, Rng } from "backprop";
 * import { assertLess } from "@std/assert";
 * assertLess(heUniform(6, 50, new Rng(0)).abs().max().item(), 1); // √(6/6) = 1
 * ```
 */
export function heUniform(fanIn: number, fanOut: number, rng: Rng, options: InitOptions = {}): Tensor {
  const { gain, dtype } = options;
  checkInit("heUniform", fanIn, fanOut, rng, options);
  const bound = gain === undefined ? Math.sqrt(6 / fanIn) : gain * Math.sqrt(3 / fanIn);
  return rng.uniform([fanIn, fanOut], -bound, bound, { dtype });
}

/**
 * By how much larger weights should start because of the activation after them.
 *
 * identity and sigmoid: 1; tanh: 5/3; relu: √2; leakyRelu with slope a: √(2/(1 + a²)). The values are PyTorch's; that of
 * tanh is an empirical one.
 *
 * @param activation Its name
 * @param negativeSlope a, for leakyRelu only; default 0.01
 * @returns A factor for the option `gain` of an initialization
 * @throws {RangeError} If there is no such activation
 * @example
 * ```ts
 * import { activationGain, Rng, xavierUniform } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(activationGain("relu"), Math.SQRT2);
 * const W = xavierUniform(64, 64, new Rng(0), { gain: activationGain("tanh") });
 * assertEquals(W.shape, [64, 64]);
 * ```
 */
export function activationGain(activation: ActivationName, negativeSlope = 0.01): number {
  const gains: Record<ActivationName, number> = {
    identity: 1,
    sigmoid: 1,
    tanh: 5 / 3,
    relu: Math.SQRT2,
    leakyRelu: Math.sqrt(2 / (1 + negativeSlope * negativeSlope)),
  };
  if (!Object.hasOwn(gains, activation)) {
    throw new RangeError(
      `activationGain: unknown activation "${activation}"; expected one of ${Object.keys(gains).join(", ")}.`,
    );
  }
  return gains[activation];
}

function checkInit(name: string, fanIn: number, fanOut: number, rng: unknown, options: InitOptions): void {
  checkNames(name, ["gain", "dtype"], options);
  const { gain = 1 } = options;
  if (!(rng instanceof Rng)) {
    throw new TypeError(
      `${name}: expected a generator for the weights, such as new Rng(42), got ${kindOf(rng)}.`,
    );
  }
  for (const [what, fan] of [["fanIn", fanIn], ["fanOut", fanOut]] as const) {
    if (!Number.isInteger(fan) || fan < 1) {
      throw new RangeError(`${name}: ${what} must be a positive integer, got ${fan}.`);
    }
  }
  if (!(gain > 0 && gain < Infinity)) {
    throw new RangeError(`${name}: the gain must be a positive number, got ${gain}.`);
  }
}
