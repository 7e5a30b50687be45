/** RMSprop: steps divided by the recent size of the gradient. */

import { checkFlag, withDefaults } from "../checks/options.ts";
import { checkDecay, checkNotNegative } from "../checks/ranges.ts";
import type { Floats } from "../kernels/kernels.ts";
import { bufferOf, type FusedStep, Optimizer, type Trainable } from "./optimizer.ts";
import type { BufferNames, ParameterState } from "./state.ts";

/** The hyperparameters of {@link RMSprop}. */
export interface RMSpropOptions {
  /** η ≥ 0. Default 0.01. */
  learningRate?: number;
  /** α, from 0 to below 1: how much of the mean square a step keeps. Default 0.99. */
  alpha?: number;
  /** ε ≥ 0, added to the root so that nothing is divided by 0. Default 1e-8. */
  epsilon?: number;
  /** λ ≥ 0: adds λw to the gradient. Default 0. */
  weightDecay?: number;
  /** β, from 0 to below 1: momentum on the divided gradient. Default 0. */
  momentum?: number;
  /** Divide by the standard deviation in place of the root mean square. Default false. */
  centered?: boolean;
}

const DEFAULTS: Required<RMSpropOptions> = {
  learningRate: 0.01,
  alpha: 0.99,
  epsilon: 1e-8,
  weightDecay: 0,
  momentum: 0,
  centered: false,
};

/**
 * RMSprop: every weight has a step of its own, divided by the root mean square of its recent gradients.
 *
 * - s ← αs + (1 − α)g², a moving average of the *squares*: an uncentred second moment, not a variance
 * - w ← w − ηg/(√s + ε)
 *
 * `centered` keeps the moving average ḡ ← αḡ + (1 − α)g too and divides by √(s − ḡ²) + ε, which does estimate the
 * standard deviation. Rounding can make s − ḡ² a little negative when the gradient hardly varies; PyTorch then gets
 * NaN, here it counts as 0, and ε alone divides: choose it much larger than 1e-8 with `centered`.
 *
 * `momentum` β: v ← βv + g/(√s + ε), w ← w − ηv. The velocity is a sum with gain 1/(1 − β), as in `SGD`.
 *
 * Weight decay adds λw to g before anything else, so it is divided as well; the penalty λΣw² has the gradient 2λw.
 *
 * The lecture that proposed it has α = 0.9 and no ε; the defaults and the place of ε, outside of the root, are
 * PyTorch's. s starts at 0 and nothing corrects for that: the first step is η/√(1 − α) long, 10η at α = 0.99.
 *
 * @see Hinton (2012), Neural Networks for Machine Learning, lecture 6e
 * @see Graves (2013), "Generating sequences with recurrent neural networks", eq. 38–41, for the centred form
 * @see torch.optim.RMSprop
 * @example
 * ```ts
 * import { parameter, RMSprop } from "backprop";
 * import { assertAlmostEquals } from "@std/assert";
 * const w = parameter([1, 1]);
 * const optimizer = new RMSprop([w], { learningRate: 0.01, alpha: 0.75, epsilon: 0 });
 * w.sum().backward(); // ∂L/∂w = 1
 * optimizer.step();
 * assertAlmostEquals(w.data[0], 0.98); // 1 − 0.01·1/√0.25
 * ```
 */
export class RMSprop extends Optimizer<Required<RMSpropOptions>> {
  /**
   * Takes the parameters; nothing changes before the first `step()`.
   *
   * @param parameters What to train: `model.parameters()`, or groups with options of their own
   * @throws {TypeError} If a parameter or an option is of the wrong kind
   * @throws {RangeError} If there are no parameters or one twice, or if an option is out of its range
   */
  constructor(parameters: Trainable<Required<RMSpropOptions>>, options: RMSpropOptions = {}) {
    super(parameters, withDefaults("RMSprop", DEFAULTS, options));
  }

  /** Checks the ranges that the options state. */
  protected override validate(options: Required<RMSpropOptions>): void {
    checkDecay(this.name, "alpha", options.alpha);
    checkNotNegative(this.name, "epsilon", options.epsilon);
    checkNotNegative(this.name, "weightDecay", options.weightDecay);
    checkDecay(this.name, "momentum", options.momentum);
    checkFlag(this.name, "centered", options.centered);
  }

  /** What it remembers of each parameter. */
  protected override bufferNames(): BufferNames {
    return { required: ["meanSquare"], optional: ["mean", "velocity"] };
  }

  /** The formulas above, entry by entry. */
  protected override update(
    w: Floats,
    g: Floats,
    options: Required<RMSpropOptions>,
    state: ParameterState,
  ): void {
    const { learningRate, alpha, epsilon, weightDecay, momentum, centered } = options;
    const s = bufferOf(state, "meanSquare", w);
    const mean = centered ? bufferOf(state, "mean", w) : undefined;
    const v = momentum > 0 ? bufferOf(state, "velocity", w) : undefined;
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] + weightDecay * w[i];
      s[i] = alpha * s[i] + (1 - alpha) * gradient * gradient;
      let square = s[i];
      if (mean !== undefined) {
        mean[i] = alpha * mean[i] + (1 - alpha) * gradient;
        square = Math.max(0, square - mean[i] * mean[i]);
      }
      let direction = gradient / (Math.sqrt(square) + epsilon);
      if (v !== undefined) direction = v[i] = momentum * v[i] + direction;
      w[i] -= learningRate * direction;
    }
  }

  /**
   * Formula, buffers and numbers of {@link update}, for kernels.
   *
   * @internal
   */
  protected override fusedStep(options: Required<RMSpropOptions>): FusedStep {
    const { learningRate, alpha, epsilon, weightDecay, momentum, centered } = options;
    return {
      formula: "rmsprop",
      buffers: ["meanSquare", centered ? "mean" : undefined, momentum > 0 ? "velocity" : undefined],
      numbers: [learningRate, alpha, epsilon, weightDecay, momentum],
    };
  }
}
