/** Batch normalization. */

import { checkNames } from "../checks/options.ts";
import { checkPositiveInteger } from "../checks/ranges.ts";
import { noteChange } from "../tensor/changes.ts";
import { full, ones, parameter, zeros } from "../tensor/create.ts";
import { defaultDType, type DType } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Layer } from "./layer.ts";

/** How a {@link BatchNorm1d} layer is made. */
export interface BatchNormOptions {
  /** m, 0 … 1: running ← (1 − m)·running + m·batch, as in PyTorch. (Keras means the other share.) Default 0.1. */
  readonly momentum?: number;
  /** ε > 0, added to a variance before the root. Default 1e-5. */
  readonly epsilon?: number;
  /** Default as in `setDefaultDType`: `"float64"`. */
  readonly dtype?: DType;
}

/**
 * Batch normalization of features: every column gets mean 0 and variance 1, then a scale and a shift that are trained.
 *
 * x̂ = (x − μ)/√(σ² + ε),  y = γ ⊙ x̂ + β
 *
 * In training μ and σ² are the mean and the (biased, 1/N) variance of the batch; running averages of μ and of the
 * unbiased variance, N/(N − 1)·σ², are kept. In prediction those take the place of μ and σ², so that an example's output
 * does not depend on its company.
 *
 * ∂L/∂γ = Σₙ g ⊙ x̂,  ∂L/∂β = Σₙ g,  ∂L/∂x = γ/√(σ² + ε) ⊙ (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)) with g = ∂L/∂y, since μ and σ²
 * depend on x too; in prediction they do not, and ∂L/∂x = γ/√(σ² + ε) ⊙ g.
 *
 * @see Ioffe, Szegedy (2015), "Batch Normalization", §3
 * @example
 * ```ts
 * import { BatchNorm1d, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const norm = new BatchNorm1d(1, { epsilon: 1e-12 });
 * const y = norm.forward(tensor([[1], [3]]));
 * assertEquals(y.data.map(Math.round), Float64Array.of(-1, 1));
 * assertEquals(norm.runningMean.toArray(), [0.2]); // 0.9·0 + 0.1·2
 * ```
 */
export class BatchNorm1d extends Layer<{ normalized: Tensor; deviation: Tensor; ofBatch: boolean }> {
  /** γ, `[features]`, 1 at the start. */
  readonly weight: Tensor;
  /** β, `[features]`, 0 at the start. */
  readonly bias: Tensor;
  /** Running average of the batch means, `[features]`, 0 at the start. */
  readonly runningMean: Tensor;
  /** Running average of the unbiased batch variances, `[features]`, 1 at the start. */
  readonly runningVariance: Tensor;
  /** m. */
  readonly momentum: number;
  /** ε. */
  readonly epsilon: number;

  /**
   * A layer with mean 0 and variance 1 in its memory.
   *
   * @param features Number of columns
   * @throws {RangeError} If it is not a positive integer, or an option is out of range
   */
  constructor(readonly features: number, options: BatchNormOptions = {}) {
    super();
    const { momentum = 0.1, epsilon = 1e-5, dtype = defaultDType() } = options;
    checkNames("BatchNorm1d", ["momentum", "epsilon", "dtype"], options);
    checkPositiveInteger("BatchNorm1d", "features", features);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new RangeError(`BatchNorm1d: momentum must be from 0 to 1, got ${momentum}.`);
    }
    if (!(epsilon > 0 && epsilon < Infinity)) {
      throw new RangeError(`BatchNorm1d: epsilon must be a positive number, got ${epsilon}.`);
    }
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.weight = parameter(ones([features], { dtype }));
    this.bias = parameter(zeros([features], { dtype }));
    this.runningMean = zeros([features], { dtype });
    this.runningVariance = full([features], 1, { dtype });
  }

  /**
   * y = γ ⊙ x̂ + β.
   *
   * @param x `[N, features]`, with N ≥ 2 in training
   * @returns y, `[N, features]`
   * @throws {ShapeError} If x has another shape, or a single row in training
   */
  forward(x: Tensor): Tensor {
    this.checkInput(x, this.features);
    const { mean, variance } = this.training ? this.ofBatch(x) : {
      mean: this.runningMean,
      variance: this.runningVariance,
    };
    const deviation = variance.add(this.epsilon).sqrt();
    const normalized = x.sub(mean).div(deviation);
    return this.keep(normalized.mul(this.weight).add(this.bias), {
      normalized: normalized.detach(),
      deviation: deviation.detach(),
      ofBatch: this.training,
    });
  }

  /**
   * The three gradients of the formulas above.
   *
   * @param gradOutput g = ∂L/∂y, `[N, features]`
   * @returns ∂L/∂x, `[N, features]`
   */
  backward(gradOutput: Tensor): Tensor {
    const { normalized, deviation, ofBatch } = this.recall(gradOutput);
    const g = gradOutput.detach();
    this.accumulate(this.weight, g.mul(normalized).sum({ axis: 0 }));
    this.accumulate(this.bias, g.sum({ axis: 0 }));
    const scale = this.weight.detach().div(deviation);
    if (!ofBatch) return g.mul(scale);
    const throughMean = g.mean({ axis: 0 });
    const throughVariance = normalized.mul(g.mul(normalized).mean({ axis: 0 }));
    return g.sub(throughMean).sub(throughVariance).mul(scale);
  }

  /** Mean and biased variance of a batch, after updating the running ones. */
  private ofBatch(x: Tensor): { mean: Tensor; variance: Tensor } {
    const count = x.shape[0];
    if (count < 2) {
      throw new ShapeError(
        `${this}: in training the batch must have at least 2 rows, since one alone is its own mean and would always ` +
          `become 0; got shape [${
            x.shape.join(", ")
          }]. Take a larger batch (or drop the last one, { dropLast: true }), or ` +
          `call eval().`,
      );
    }
    const mean = x.mean({ axis: 0 });
    const variance = x.sub(mean).square().mean({ axis: 0 });
    moveTowards(this.runningMean, mean.data, this.momentum);
    moveTowards(this.runningVariance, variance.detach().mul(count / (count - 1)).data, this.momentum);
    return { mean, variance };
  }

  /** γ and β. */
  protected override ownParameters(): Record<string, Tensor> {
    return { weight: this.weight, bias: this.bias };
  }
  /** The running statistics. */
  protected override ownBuffers(): Record<string, Tensor> {
    return { runningMean: this.runningMean, runningVariance: this.runningVariance };
  }
  /** Always `features`. */
  override outputFeatures(): number {
    return this.features;
  }
  /** `BatchNorm1d(128)`. */
  override toString(): string {
    return `BatchNorm1d(${this.features})`;
  }
}

/** running ← (1 − m)·running + m·now, in place: buffers, like parameters, stay the same objects. */
function moveTowards(running: Tensor, now: ArrayLike<number>, momentum: number): void {
  for (let i = 0; i < running.size; i++) {
    running.data[i] = (1 - momentum) * running.data[i] + momentum * now[i];
  }
  noteChange("BatchNorm1d in training", [running.data]);
}
