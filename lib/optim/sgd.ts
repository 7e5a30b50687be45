/** Stochastic gradient descent, with momentum in the three forms that are in use. */

import { checkChoice, checkFlag, withDefaults } from "../checks/options.ts";
import { checkDecay, checkFraction, checkNotNegative } from "../checks/ranges.ts";
import type { Floats } from "../kernels/kernels.ts";
import { bufferOf, type FusedStep, Optimizer, type Trainable } from "./optimizer.ts";
import type { BufferNames, ParameterState } from "./state.ts";

/** Which formula "momentum" stands for; see {@link SGD}. */
export type MomentumForm = "pytorch" | "classical" | "average";

/** The hyperparameters of {@link SGD}. */
export interface SGDOptions {
  /** η ≥ 0. Default 0.001. */
  learningRate?: number;
  /** β, from 0 to below 1: how much of the velocity a step keeps. Default 0, which is plain gradient descent. */
  momentum?: number;
  /** What β does to the gradient. Default `"pytorch"`. */
  momentumForm?: MomentumForm;
  /** From 0 to 1: part of the gradient that does not enter the velocity; for the form `"pytorch"` only. Default 0. */
  dampening?: number;
  /** Step along the velocity that the next gradient will meet. Default false. */
  nesterov?: boolean;
  /** λ ≥ 0: adds λw to the gradient. Default 0. */
  weightDecay?: number;
}

const DEFAULTS: Required<SGDOptions> = {
  learningRate: 0.001,
  momentum: 0,
  momentumForm: "pytorch",
  dampening: 0,
  nesterov: false,
  weightDecay: 0,
};

/**
 * Stochastic gradient descent: w ← w − ηg, where g = ∂L/∂w of one minibatch.
 *
 * With momentum β, a velocity v (0 at first) stands in for g. Three formulas go by that name:
 *
 * | `momentumForm` | velocity | update |
 * |---|---|---|
 * | `"pytorch"` | v ← βv + g | w ← w − ηv |
 * | `"classical"` | v ← βv + ηg | w ← w − v |
 * | `"average"` | v ← βv + (1 − β)g | w ← w − ηv |
 *
 * In the first two, v is a *sum* of past gradients: under a constant gradient g it grows to g/(1 − β), ten times g at
 * β = 0.9, so the steps grow ten times too. Only in the third is it a (moving) average, and the steps stay as long as
 * without momentum; it makes the same path as `"pytorch"` with η/(1 − β) in place of η.
 *
 * The first two make the same path as long as η stays. When a schedule lowers η, `"pytorch"` steps are shorter at
 * once, since η multiplies the whole velocity; `"classical"` carries on with steps that were scaled by the old η and
 * slows down over about 1/(1 − β) steps.
 *
 * Dampening d: v ← βv + (1 − d)g, except that the first velocity is g itself, as in PyTorch.
 *
 * Nesterov steps along βv + g (in `"classical"`: βv + ηg; in `"average"`: βv + (1 − β)g) with the v just updated. The
 * original evaluates the gradient at the point ahead, w − ηβv; this form keeps that point as w, so that it needs the
 * gradient at w only.
 *
 * Weight decay adds λw to g. A penalty λΣw² in the loss has the gradient 2λw, so it equals `weightDecay: 2 * λ`.
 *
 * @see Polyak (1964), "Some methods of speeding up the convergence of iteration methods"
 * @see Sutskever, Martens, Dahl, Hinton (2013), "On the importance of initialization and momentum in deep learning",
 * for the classical form and Nesterov's
 * @see torch.optim.SGD
 * @example
 * ```ts
 * import { parameter, SGD } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([0.5]);
 * const optimizer = new SGD([w], { learningRate: 0.1 });
 * w.mul(0.03).sum().backward(); // ∂L/∂w = 0.03
 * optimizer.step();
 * assertEquals(w.item(), 0.497); // 0.5 − 0.1·0.03
 * ```
 */
export class SGD extends Optimizer<Required<SGDOptions>> {
  /**
   * Takes the parameters; nothing changes before the first `step()`.
   *
   * @param parameters What to train: `model.parameters()`, or groups with options of their own
   * @throws {TypeError} If a parameter or an option is of the wrong kind
   * @throws {RangeError} If there are no parameters or one twice, if an option is out of its range, or if dampening
   * meets Nesterov or another form than `"pytorch"`
   */
  constructor(parameters: Trainable<Required<SGDOptions>>, options: SGDOptions = {}) {
    super(parameters, withDefaults("SGD", DEFAULTS, options));
  }

  /** Checks the ranges that the options state. */
  protected override validate(options: Required<SGDOptions>): void {
    const { momentum, momentumForm, dampening, nesterov, weightDecay } = options;
    checkDecay(this.name, "momentum", momentum);
    checkChoice(this.name, "momentumForm", momentumForm, ["pytorch", "classical", "average"]);
    checkFraction(this.name, "dampening", dampening);
    checkFlag(this.name, "nesterov", nesterov);
    checkNotNegative(this.name, "weightDecay", weightDecay);
    if (dampening !== 0 && (nesterov || momentumForm !== "pytorch")) {
      throw new RangeError(
        `${this.name}: dampening is defined for momentumForm "pytorch" without nesterov only, got ${dampening} ` +
          `with "${momentumForm}"${nesterov ? " and nesterov" : ""}; set it to 0.`,
      );
    }
  }

  /** What it remembers of each parameter. */
  protected override bufferNames(): BufferNames {
    return { required: [], optional: ["velocity"] };
  }

  /** The formulas above, entry by entry. */
  protected override update(
    w: Floats,
    g: Floats,
    options: Required<SGDOptions>,
    state: ParameterState,
  ): void {
    const { learningRate, momentum, nesterov, weightDecay } = options;
    if (momentum === 0) {
      for (let i = 0; i < w.length; i++) w[i] -= learningRate * (g[i] + weightDecay * w[i]);
      return;
    }
    const { rate, gain } = this.factors(options, state);
    const v = bufferOf(state, "velocity", w);
    for (let i = 0; i < w.length; i++) {
      const push = gain * (g[i] + weightDecay * w[i]);
      v[i] = momentum * v[i] + push;
      w[i] -= rate * (nesterov ? momentum * v[i] + push : v[i]);
    }
  }

  /**
   * Formula, buffers and numbers of {@link update}, for kernels.
   *
   * @internal
   */
  protected override fusedStep(options: Required<SGDOptions>, state: ParameterState): FusedStep {
    const { learningRate, momentum, nesterov, weightDecay } = options;
    const { rate, gain } = momentum > 0 ? this.factors(options, state) : { rate: learningRate, gain: 1 };
    const buffers = [momentum > 0 ? "velocity" : undefined];
    return { formula: "sgd", buffers, numbers: [rate, momentum, gain, weightDecay, Number(nesterov)] };
  }

  /** Of the velocity on its way into w, and of the gradient on its way into the velocity; before its first step. */
  private factors(
    { learningRate, momentum, momentumForm, dampening }: Required<SGDOptions>,
    state: ParameterState,
  ): { rate: number; gain: number } {
    if (momentumForm === "classical") return { rate: 1, gain: learningRate };
    if (momentumForm === "average") return { rate: learningRate, gain: 1 - momentum };
    return { rate: learningRate, gain: state.buffers.velocity === undefined ? 1 : 1 - dampening };
  }
}
