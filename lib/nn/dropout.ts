/** Dropout, in today's form and in the one it was published in. */

import { checkNames } from "../checks/options.ts";
import { checkTensor } from "../tensor/checks.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { Rng } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Layer } from "./layer.ts";

/** When a dropout layer makes up for what it drops: `"inverted"` in training, `"classic"` in prediction. */
export type DropoutForm = "inverted" | "classic";

/** How a {@link Dropout} layer is made. */
export interface DropoutOptions {
  /** Decides which numbers are dropped. There is no default, or all layers would drop the same ones. */
  readonly rng: Rng;
  /** Default `"inverted"`; `"classic"` is there to compare. */
  readonly form?: DropoutForm;
}

/**
 * Dropout: in training, sets each number to 0 with probability p, so that no unit can rely on another one.
 *
 * With mᵢ = 0 with probability p, else 1:
 *
 * | form                      | training          | prediction  |
 * |---------------------------|-------------------|-------------|
 * | `"inverted"` (as PyTorch) | y = x ⊙ m/(1 − p) | y = x       |
 * | `"classic"` (as published)| y = x ⊙ m         | y = (1 − p)x|
 *
 * Either way the expected value is the same in training and in prediction; the backward multiplies by the same factors.
 *
 * @see Hinton et al. (2012), "Improving neural networks by preventing co-adaptation of feature detectors"
 * @see Srivastava et al. (2014), "Dropout", JMLR 15, §10
 * @example
 * ```ts
 * import { Dropout, ones, Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const dropout = new Dropout(0.5, { rng: new Rng(0) });
 * assertEquals(dropout.forward(ones([6])).toArray(), [2, 2, 2, 2, 0, 2]); // the fifth is dropped
 * assertEquals(dropout.backward(ones([6])).toArray(), [2, 2, 2, 2, 0, 2]);
 * assertEquals(dropout.eval().forward(ones([6])).toArray(), [1, 1, 1, 1, 1, 1]);
 * ```
 */
export class Dropout extends Layer<{ factors: Tensor | number }> {
  /** Decides which numbers are dropped; may be replaced, to see the same ones dropped again. */
  rng: Rng;
  /** When it makes up for what it drops. */
  readonly form: DropoutForm;

  /**
   * A layer that drops.
   *
   * @param p Probability with which a number is dropped, 0 ≤ p < 1
   * @throws {RangeError} If p is outside, or there is no such form
   * @throws {TypeError} If there is no generator, or no such option
   */
  constructor(readonly p: number, options: DropoutOptions) {
    super();
    if (options) checkNames("Dropout", ["rng", "form"], options);
    const { rng, form = "inverted" } = options ?? {};
    if (!(p >= 0 && p < 1)) {
      throw new RangeError(
        `Dropout: p must be at least 0 and less than 1, got ${p}; it is the share to drop.`,
      );
    }
    if (!(rng instanceof Rng)) {
      throw new TypeError(`Dropout: expected a generator, as in new Dropout(${p}, { rng: new Rng(42) }).`);
    }
    if (form !== "inverted" && form !== "classic") {
      throw new RangeError(`Dropout: unknown form "${form}"; expected one of inverted, classic.`);
    }
    this.rng = rng;
    this.form = form;
  }

  /** x ⊙ factors, any shape. */
  forward(x: Tensor): Tensor {
    checkTensor(String(this), "input", x);
    const inverted = this.form === "inverted";
    const factors = this.training ? this.mask(x, inverted ? 1 / (1 - this.p) : 1) : inverted ? 1 : 1 - this.p;
    return this.keep(x.mul(factors), { factors });
  }

  /** ∂L/∂x = g ⊙ factors: what was dropped gets no gradient. */
  backward(gradOutput: Tensor): Tensor {
    const { factors } = this.recall(gradOutput);
    return gradOutput.detach().mul(factors);
  }

  /** As many as came in. */
  override outputFeatures(inputFeatures: number | undefined): number | undefined {
    return inputFeatures;
  }
  /** `Dropout(0.5)`. */
  override toString(): string {
    return `Dropout(${this.p}${this.form === "classic" ? ", classic" : ""})`;
  }

  /** 0 with probability p, else `kept`. */
  private mask(x: Tensor, kept: number): Tensor {
    const factors = emptyFloats(x.dtype, x.size);
    for (let i = 0; i < factors.length; i++) factors[i] = this.rng.random() < this.p ? 0 : kept;
    return new Tensor(factors, x.shape);
  }
}
