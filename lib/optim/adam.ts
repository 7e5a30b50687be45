/** Adam and AdamW: momentum, divided by the recent size of the gradient, both corrected for their start at 0. */

import { checkFlag, withDefaults } from "../checks/options.ts";
import { checkDecay, checkNotNegative } from "../checks/ranges.ts";
import { text } from "../checks/values.ts";
import { pow } from "../kernels/elementary.ts";
import type { Floats } from "../kernels/kernels.ts";
import { bufferOf, type FusedStep, Optimizer, type Trainable } from "./optimizer.ts";
import type { BufferNames, ParameterState } from "./state.ts";

/** The hyperparameters of {@link Adam} and {@link AdamW}. */
export interface AdamOptions {
  /** η ≥ 0: about the length of a step, whatever the scale of the gradient. Default 0.001. */
  learningRate?: number;
  /** β₁ and β₂, from 0 to below 1: how much of each average a step keeps. Default [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** ε ≥ 0, added to the root so that nothing is divided by 0. Default 1e-8. */
  epsilon?: number;
  /** λ ≥ 0. Default 0 in Adam, 0.01 in AdamW, which also uses it differently. */
  weightDecay?: number;
  /** Divide by the largest v so far in place of the last one. Default false. */
  amsgrad?: boolean;
  /** Divide out the start at 0. Default true; false is for demonstrating what goes wrong. */
  biasCorrection?: boolean;
}

const DEFAULTS: Required<AdamOptions> = {
  learningRate: 0.001,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  biasCorrection: true,
};

/**
 * Adam. In step t = 1, 2, …:
 *
 * - m ← β₁m + (1 − β₁)g, a moving average of the gradient (first moment)
 * - v ← β₂v + (1 − β₂)g², a moving average of its square: an *uncentred second moment*, not a variance
 * - m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ): both averages start at 0 and would be too small at first
 * - w ← w − ηm̂/(√v̂ + ε)
 *
 * `biasCorrection: false` leaves out the third line. With the default betas the first step then is
 * (1 − β₁)/√(1 − β₂) = 0.1/√0.001 = √10 = 3.16 times too long. ε is a matter apart: without it (`epsilon: 0`), a
 * weight whose gradient was always 0, as at the blank border pixels of a digit, gets 0/0 = NaN, corrected or not.
 *
 * `weightDecay` λ adds λw to g, so the decay is divided by √v̂ too: weights with large gradients decay less. The paper
 * has no weight decay; libraries added it. A penalty λΣw² in the loss has the gradient 2λw. See {@link AdamW}.
 *
 * `amsgrad` divides by the root of the largest v so far, so that a step never grows because v fell. As in PyTorch,
 * that v is corrected afterwards like v̂; its paper corrects nothing.
 *
 * @see Kingma, Ba (2015), "Adam: A method for stochastic optimization", algorithm 1
 * @see Reddi, Kale, Kumar (2018), "On the convergence of Adam and beyond", algorithm 2, for amsgrad
 * @see torch.optim.Adam
 * @example
 * ```ts
 * import { Adam, parameter, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([1, 1]);
 * const optimizer = new Adam([w], { learningRate: 0.1 });
 * w.mul(tensor([5, 0.001])).sum().backward();
 * optimizer.step(); // the first step is η long, whether the gradient is 5 or 0.001
 * assertEquals([...w.data].map((x) => x.toFixed(5)), ["0.90000", "0.90000"]);
 * ```
 */
export class Adam extends Optimizer<Required<AdamOptions>> {
  /**
   * Takes the parameters; nothing changes before the first `step()`.
   *
   * @param parameters What to train: `model.parameters()`, or groups with options of their own
   * @throws {TypeError} If a parameter or an option is of the wrong kind
   * @throws {RangeError} If there are no parameters or one twice, or if an option is out of its range
   */
  constructor(parameters: Trainable<Required<AdamOptions>>, options: AdamOptions = {}) {
    super(parameters, withDefaults("Adam", DEFAULTS, options));
  }

  /** Whether weight decay is a step of its own (AdamW) and not part of the gradient. */
  protected decoupled(): boolean {
    return false;
  }

  /** Checks the ranges that the options state. */
  protected override validate(options: Required<AdamOptions>): void {
    const { betas, epsilon, weightDecay, amsgrad, biasCorrection } = options;
    if (!Array.isArray(betas) || betas.length !== 2) {
      throw new TypeError(`${this.name}: betas must be two numbers [β₁, β₂], got ${text(betas)}.`);
    }
    checkDecay(this.name, "betas[0]", betas[0]);
    checkDecay(this.name, "betas[1]", betas[1]);
    checkNotNegative(this.name, "epsilon", epsilon);
    checkNotNegative(this.name, "weightDecay", weightDecay);
    checkFlag(this.name, "amsgrad", amsgrad);
    checkFlag(this.name, "biasCorrection", biasCorrection);
  }

  /** What it remembers of each parameter. */
  protected override bufferNames(): BufferNames {
    return { required: ["firstMoment", "secondMoment"], optional: ["largestSecondMoment"] };
  }

  /** The formulas above, entry by entry. */
  protected override update(
    w: Floats,
    g: Floats,
    options: Required<AdamOptions>,
    state: ParameterState,
  ): void {
    const { betas: [beta1, beta2], epsilon, amsgrad } = options;
    const { stepSize, correction, penalty, keep } = this.factors(options, state.steps);
    const m = bufferOf(state, "firstMoment", w), v = bufferOf(state, "secondMoment", w);
    const largest = amsgrad ? bufferOf(state, "largestSecondMoment", w) : undefined;
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i] + penalty * w[i];
      m[i] = beta1 * m[i] + (1 - beta1) * gradient;
      v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
      let square = v[i];
      if (largest !== undefined) square = largest[i] = Math.max(largest[i], square);
      w[i] = keep * w[i] - stepSize * m[i] / (Math.sqrt(square) / correction + epsilon);
    }
  }

  /**
   * Formula, buffers and numbers of {@link update}, for kernels.
   *
   * @internal
   */
  protected override fusedStep(options: Required<AdamOptions>, state: ParameterState): FusedStep {
    const { betas: [beta1, beta2], epsilon, amsgrad } = options;
    const { stepSize, correction, penalty, keep } = this.factors(options, state.steps);
    return {
      formula: "adam",
      buffers: ["firstMoment", "secondMoment", amsgrad ? "largestSecondMoment" : undefined],
      numbers: [beta1, beta2, stepSize, correction, epsilon, penalty, keep],
    };
  }

  /** Step size and correction of √v for the start at 0; the part of w that joins the gradient, and that which stays. */
  private factors(
    options: Required<AdamOptions>,
    steps: number,
  ): Record<"stepSize" | "correction" | "penalty" | "keep", number> {
    const { learningRate, betas: [beta1, beta2], weightDecay, biasCorrection } = options;
    return {
      stepSize: learningRate / (biasCorrection ? 1 - pow(beta1, steps) : 1),
      correction: biasCorrection ? Math.sqrt(1 - pow(beta2, steps)) : 1,
      penalty: this.decoupled() ? 0 : weightDecay,
      keep: this.decoupled() ? 1 - learningRate * weightDecay : 1,
    };
  }
}

/**
 * Adam with decoupled weight decay: first w ← (1 − ηλ)w, then {@link Adam}'s update with the bare gradient.
 *
 * Every weight decays by the same factor, while L2 within Adam is divided by √v̂. With plain gradient descent both are
 * the same; with Adam only this one shrinks all weights alike. The paper's decay is λ times the schedule's factor
 * alone; here, as in PyTorch, it is ηλ, so changing η changes the decay.
 *
 * @see Loshchilov, Hutter (2019), "Decoupled weight decay regularization", algorithm 2
 * @see torch.optim.AdamW
 * @example
 * ```ts
 * import { AdamW, parameter } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([10]);
 * const optimizer = new AdamW([w], { learningRate: 0.1, weightDecay: 0.5 });
 * w.mul(0).sum().backward(); // no gradient, only decay
 * optimizer.step();
 * assertEquals(w.item(), 9.5); // (1 − 0.1·0.5)·10
 * ```
 */
export class AdamW extends Adam {
  /**
   * Takes the parameters; nothing changes before the first `step()`.
   *
   * @param parameters What to train: `model.parameters()`, or groups with options of their own
   * @throws {TypeError} If a parameter or an option is of the wrong kind
   * @throws {RangeError} If there are no parameters or one twice, or if an option is out of its range
   */
  constructor(parameters: Trainable<Required<AdamOptions>>, options: AdamOptions = {}) {
    super(parameters, withDefaults("AdamW", { ...DEFAULTS, weightDecay: 0.01 }, options));
  }

  /** Weight decay is a step of its own. */
  protected override decoupled(): boolean {
    return true;
  }
}
