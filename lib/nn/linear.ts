/** The dense layer. */

import { checkNames } from "../checks/options.ts";
import { checkPositiveInteger } from "../checks/ranges.ts";
import { kindOf } from "../checks/values.ts";
import { parameter, zeros } from "../tensor/create.ts";
import { defaultDType, type DType } from "../tensor/dtype.ts";
import { Rng } from "../tensor/random.ts";
import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { heNormal, type Init } from "./init.ts";
import { Layer } from "./layer.ts";

/** How a {@link Linear} layer is made. */
export interface LinearOptions {
  /**
   * Source of the initial weights. There is no default: layers that all began with one seed would be copies of one
   * another.
   */
  readonly rng: Rng;
  /** Default {@link heNormal}. */
  readonly init?: Init;
  /** Whether there is a b; it starts at 0. Default true. */
  readonly bias?: boolean;
  /** Default as in `setDefaultDType`: `"float64"`. */
  readonly dtype?: DType;
}

/**
 * The dense (fully connected, affine) layer: every output is a weighted sum of all inputs.
 *
 * z = x·W + b;  with g = ∂L/∂z: ∂L/∂W = xᵀ·g, ∂L/∂b = Σₙ gₙ, ∂L/∂x = g·Wᵀ
 * W is `[inputs, outputs]`, so that rows of x are examples; PyTorch keeps its transpose.
 *
 * @example
 * ```ts
 * import { Linear, Rng, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const layer = new Linear(3, 2, { rng: new Rng(0) });
 * assertEquals(layer.forward(tensor([[1, 2, 3]])).shape, [1, 2]);
 * layer.backward(tensor([[1, 10]]));
 * assertEquals(layer.weight.grad?.toArray(), [[1, 10], [2, 20], [3, 30]]); // xᵀ·g
 * ```
 */
export class Linear extends Layer<{ x: Tensor }> {
  /** W, `[inputs, outputs]`. */
  readonly weight: Tensor;
  /** b, `[outputs]`, if there is one. */
  readonly bias: Tensor | undefined;

  /**
   * A layer with fresh weights.
   *
   * @param inputs Features that come in
   * @param outputs Features that go out
   * @throws {RangeError} If one is not a positive integer
   * @throws {TypeError} If there is no generator, or no such option
   * @throws {ShapeError} If `init` gives another shape than `[inputs, outputs]`
   */
  constructor(readonly inputs: number, readonly outputs: number, options: LinearOptions) {
    super();
    checkPositiveInteger("Linear", "inputs", inputs);
    checkPositiveInteger("Linear", "outputs", outputs);
    if (options) checkNames("Linear", ["rng", "init", "bias", "dtype"], options);
    const { rng, init = heNormal, bias = true, dtype = defaultDType() } = options ?? {};
    if (!(rng instanceof Rng)) {
      throw new TypeError(`Linear: expected a generator for the weights, as in { rng: new Rng(42) }.`);
    }
    if (typeof init !== "function") {
      throw new TypeError(`Linear: expected init to be a function such as heNormal, got ${kindOf(init)}.`);
    }
    const weight = init(inputs, outputs, rng, { dtype });
    if (!sameShape(weight.shape, [inputs, outputs])) {
      throw new ShapeError(
        `Linear: expected init to give weights [${inputs}, ${outputs}], got shape ` +
          `${formatShape(weight.shape)}.`,
      );
    }
    this.weight = parameter(weight);
    this.bias = bias ? parameter(zeros([outputs], { dtype })) : undefined;
  }

  /**
   * z = x·W + b.
   *
   * @param x `[N, inputs]`
   * @returns z, `[N, outputs]`
   * @throws {ShapeError} If x has another shape
   */
  forward(x: Tensor): Tensor {
    this.checkInput(x, this.inputs);
    const product = x.matmul(this.weight);
    return this.keep(this.bias ? product.add(this.bias) : product, { x: x.detach() });
  }

  /**
   * Adds xᵀ·g to W's gradient and Σₙ gₙ to b's.
   *
   * @param gradOutput g = ∂L/∂z, `[N, outputs]`
   * @returns ∂L/∂x = g·Wᵀ, `[N, inputs]`
   */
  backward(gradOutput: Tensor): Tensor {
    const { x } = this.recall(gradOutput);
    const g = gradOutput.detach();
    this.accumulate(this.weight, x.transpose().matmul(g));
    if (this.bias) this.accumulate(this.bias, g.sum({ axis: 0 }));
    return g.matmul(this.weight.detach().transpose());
  }

  /** W and b. */
  protected override ownParameters(): Record<string, Tensor | undefined> {
    return { weight: this.weight, bias: this.bias };
  }
  /** Always `outputs`. */
  override outputFeatures(): number {
    return this.outputs;
  }
  /** `Linear(64 → 10)`. */
  override toString(): string {
    return `Linear(${this.inputs} → ${this.outputs}${this.bias ? "" : ", no bias"})`;
  }
}
