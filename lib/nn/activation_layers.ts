/** Activations and softmax as layers; the mathematics is in activations.ts and softmax.ts. */

import { checkNames } from "../checks/options.ts";
import { checkTensor } from "../tensor/checks.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Activation, activations, leakyReluActivation } from "./activations.ts";
import { Layer } from "./layer.ts";
import {
  logSoftmax,
  logSoftmaxBackward,
  type Probabilities,
  softmax,
  softmaxBackward,
  type SoftmaxOptions,
} from "./softmax.ts";

/**
 * A layer that applies one function to every number; what it needs on the way back is its input z.
 *
 * a = f(z);  ∂L/∂z = ∂L/∂a ⊙ f′(z)
 *
 * @example
 * ```ts
 * import { ActivationLayer, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * class Softplus extends ActivationLayer {
 *   constructor() {
 *     super({ forward: (z) => z.softplus(), backward: (z, g) => g.mul(z.sigmoid()) });
 *   }
 * }
 * const softplus = new Softplus();
 * assertEquals(softplus.forward(tensor([0])).toArray(), [Math.LN2]); // ln(1 + e⁰)
 * assertEquals(softplus.backward(tensor([1])).toArray(), [0.5]);
 * ```
 */
export abstract class ActivationLayer extends Layer<{ z: Tensor }> {
  /** A layer of this function. */
  constructor(private readonly activation: Activation) {
    super();
  }

  /** f(z), any shape. */
  forward(z: Tensor): Tensor {
    checkTensor(String(this), "input", z);
    return this.keep(this.activation.forward(z), { z: z.detach() });
  }
  /** ∂L/∂z = ∂L/∂f ⊙ f′(z). */
  backward(gradOutput: Tensor): Tensor {
    const { z } = this.recall(gradOutput);
    return this.activation.backward(z, gradOutput.detach());
  }
  /** As many as came in. */
  override outputFeatures(inputFeatures: number | undefined): number | undefined {
    return inputFeatures;
  }
}

/**
 * max(z, 0), with derivative 1 where z > 0 and 0 elsewhere, also at the kink.
 *
 * @example
 * ```ts
 * import { ReLU, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const relu = new ReLU();
 * assertEquals(relu.forward(tensor([-1, 0, 2])).toArray(), [0, 0, 2]);
 * assertEquals(relu.backward(tensor([5, 5, 5])).toArray(), [0, 0, 5]);
 * ```
 */
export class ReLU extends ActivationLayer {
  /** A ReLU has no options. */
  constructor() {
    super(activations.relu);
  }
}

/**
 * z where z > 0, else a·z: a ReLU whose units cannot die.
 *
 * @example
 * ```ts
 * import { LeakyReLU, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const leaky = new LeakyReLU(0.1);
 * assertEquals(leaky.forward(tensor([-10, 2])).toArray(), [-1, 2]);
 * assertEquals(leaky.backward(tensor([1, 1])).toArray(), [0.1, 1]);
 * ```
 */
export class LeakyReLU extends ActivationLayer {
  /**
   * A leaky ReLU of one slope.
   *
   * @param negativeSlope a ≥ 0; default 0.01
   * @throws {RangeError} If the slope is negative or not finite
   */
  constructor(readonly negativeSlope = 0.01) {
    super(leakyReluActivation(negativeSlope));
  }
  /** `LeakyReLU(0.01)`. */
  override toString(): string {
    return `LeakyReLU(${this.negativeSlope})`;
  }
}

/**
 * σ(z) = 1/(1 + e⁻ᶻ), with derivative σ(1 − σ) ≤ ¼: ten such layers shrink a gradient to less than a millionth.
 *
 * @example
 * ```ts
 * import { Sigmoid, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const sigmoid = new Sigmoid();
 * assertEquals(sigmoid.forward(tensor([0])).toArray(), [0.5]);
 * assertEquals(sigmoid.backward(tensor([1])).toArray(), [0.25]);
 * ```
 */
export class Sigmoid extends ActivationLayer {
  /** A sigmoid has no options. */
  constructor() {
    super(activations.sigmoid);
  }
}

/**
 * tanh z, with derivative 1 − tanh² z ≤ 1.
 *
 * @example
 * ```ts
 * import { Tanh, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const tanh = new Tanh();
 * assertEquals(tanh.forward(tensor([0])).toArray(), [0]);
 * assertEquals(tanh.backward(tensor([3])).toArray(), [3]);
 * ```
 */
export class Tanh extends ActivationLayer {
  /** A tanh has no options. */
  constructor() {
    super(activations.tanh);
  }
}

/**
 * Probabilities along an axis; see {@link softmax}. Do not put it before `crossEntropyLoss`, which takes logits.
 *
 * @example
 * ```ts
 * import { Softmax, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const layer = new Softmax();
 * assertEquals(layer.forward(tensor([[0, 0]])).toArray(), [[0.5, 0.5]]);
 * assertEquals(layer.backward(tensor([[1, 0]])).toArray(), [[0.25, -0.25]]);
 * ```
 */
export class Softmax extends Layer<{ p: Tensor }> {
  /** Along which axis. */
  readonly options: SoftmaxOptions;

  /** A softmax along `options.axis`, the last one by default. */
  constructor(options: SoftmaxOptions = {}) {
    super();
    checkNames("Softmax", ["axis"], options);
    this.options = { ...options };
  }
  /** Probabilities, in the shape of z. */
  forward(z: Tensor): Probabilities {
    const p = softmax(z, this.options);
    this.keep(p, { p: p.detach() });
    return p;
  }
  /** ∂L/∂z = p ⊙ (g − Σⱼ gⱼpⱼ). */
  backward(gradOutput: Tensor): Tensor {
    const { p } = this.recall(gradOutput);
    return softmaxBackward(p, gradOutput.detach(), this.options);
  }
  /** As many as came in. */
  override outputFeatures(inputFeatures: number | undefined): number | undefined {
    return inputFeatures;
  }
}

/**
 * Log-probabilities along an axis; see {@link logSoftmax}.
 *
 * @example
 * ```ts
 * import { LogSoftmax, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const layer = new LogSoftmax();
 * assertEquals(layer.forward(tensor([[0, -1000]])).toArray(), [[0, -1000]]);
 * assertEquals(layer.backward(tensor([[1, 1]])).toArray(), [[-1, 1]]);
 * ```
 */
export class LogSoftmax extends Layer<{ z: Tensor }> {
  /** Along which axis. */
  readonly options: SoftmaxOptions;

  /** A log-softmax along `options.axis`, the last one by default. */
  constructor(options: SoftmaxOptions = {}) {
    super();
    checkNames("LogSoftmax", ["axis"], options);
    this.options = { ...options };
  }
  /** Log-probabilities in nats, in the shape of z. */
  forward(z: Tensor): Tensor {
    return this.keep(logSoftmax(z, this.options), { z: z.detach() });
  }
  /** ∂L/∂z = g − softmax(z)·Σⱼ gⱼ. */
  backward(gradOutput: Tensor): Tensor {
    const { z } = this.recall(gradOutput);
    return logSoftmaxBackward(z, gradOutput.detach(), this.options);
  }
  /** As many as came in. */
  override outputFeatures(inputFeatures: number | undefined): number | undefined {
    return inputFeatures;
  }
}
