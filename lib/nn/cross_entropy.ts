/** The loss of a choice among C classes, from logits. */

import { kernels } from "../kernels/current.ts";
import { checkTensor } from "../tensor/checks.ts";
import { DTypeError, emptyFloats } from "../tensor/dtype.ts";
import { checkSeveralClasses } from "../tensor/labels.ts";
import { record } from "../tensor/record.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { classTargets } from "./class_targets.ts";
import { checkLossOptions, checkNotEmpty, type LossOptions, reduceLoss } from "./loss_options.ts";
import type { Logits } from "./softmax.ts";

/** What {@link crossEntropyLoss} can be told. */
export interface CrossEntropyOptions extends LossOptions {
  /**
   * ε, 0 … 1: this share of the target is spread evenly over all C classes, so that no logit has to grow without
   * end. Default 0.
   */
  readonly labelSmoothing?: number;
  /** How much each class counts, `[C]`, ≥ 0; for classes that are rare. All 1 by default. */
  readonly classWeights?: ArrayLike<number>;
}

/**
 * Mean cross-entropy of softmax(`logits`) against the right classes, in nats.
 *
 * L = −(1/N) Σₙ ln softmax(zₙ)[yₙ];  ∂L/∂z = (softmax(z) − onehot(y)) / N
 * Log-sum-exp, so large logits do not overflow.
 *
 * In general, with target probabilities q, smoothed to (1 − ε)q + ε/C, and class weights w:
 * ℓₙ = −Σ_c w_c·qₙ_c·ln softmax(zₙ)_c. The mean divides Σℓₙ, as PyTorch does, by Σₙ w[yₙ] for class indices,
 * and by N for probabilities.
 *
 * @param logits Unnormalized scores, `[N, C]`; do not apply softmax first (the type checker rejects what
 * `softmax` returned)
 * @param target Class indices 0…C−1, `[N]`; or a tensor of probabilities (one-hot or soft) `[N, C]`, rows summing to 1
 * @param options `reduction` (`"none"` gives ℓ, `[N]`), `labelSmoothing`, `classWeights`
 * @returns Scalar `[]`, ≥ 0
 * @throws {ShapeError} If logits are not `[N, C]` with N ≥ 1 and C ≥ 2, or the target fits neither form
 * @throws {RangeError} If a label is outside 0…C−1, a row of probabilities is none, or an option is out of range
 * @throws {DTypeError} If probabilities have another dtype than the logits
 * @throws {TypeError} If the target is of another kind, or requires a gradient
 * @see Bishop, PRML, §4.3.4; Szegedy et al. (2016), "Rethinking the Inception Architecture", §7 (smoothing)
 * @example
 * ```ts
 * import { crossEntropyLoss, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const logits = tensor([[2, 1, 0.1]]); // [N=1, C=3]
 * assertEquals(crossEntropyLoss(logits, [0]).item().toFixed(4), "0.4170"); // nats
 * assertEquals(crossEntropyLoss(logits, tensor([[0.5, 0.5, 0]])).item().toFixed(4), "0.9170");
 * ```
 */
export function crossEntropyLoss(
  logits: Logits,
  target: ArrayLike<number> | Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  const { wanted, divisor, reduction } = prepare("crossEntropyLoss", logits, target, options);
  const { losses, slopes } = ofRows(logits, wanted);
  const total = reduceLoss(losses, reduction, divisor); // in float64
  const loss = new Tensor(emptyFloats(logits.dtype, total.size), total.shape);
  loss.data.set(total.data);
  const pullback = (g: Tensor) => [slopes.div(divisor).mul(reduction === "none" ? g.unsqueeze(1) : g)];
  return record(loss, [logits], pullback, "crossEntropyLoss");
}

/**
 * ∂L/∂z of {@link crossEntropyLoss}: (softmax(z) − onehot(y)) / N. Predicted minus wanted, averaged.
 *
 * In general row n of "wanted" is t = w⊙q, and that of the gradient softmax(z)·Σ_c t_c − t.
 *
 * @param logits Unnormalized scores, `[N, C]`
 * @param target Class indices `[N]`, or a tensor of probabilities `[N, C]`
 * @param options As for the loss; with `"sum"` and `"none"` nothing is divided
 * @returns `[N, C]`; every row sums to 0
 * @throws As {@link crossEntropyLoss}
 * @example
 * ```ts
 * import { crossEntropyGradient, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(crossEntropyGradient(tensor([[0, 0]]), [1]).toArray(), [[0.5, -0.5]]);
 * ```
 */
export function crossEntropyGradient(
  logits: Logits,
  target: ArrayLike<number> | Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  const { wanted, divisor } = prepare("crossEntropyGradient", logits, target, options);
  return ofRows(logits, wanted).slopes.div(divisor);
}

/** ℓₙ = −Σ_c tₙ_c·ln softmax(zₙ)_c of each row, in float64, and ∂ℓₙ/∂zₙ = softmax(zₙ)·Σ_c tₙ_c − tₙ. */
function ofRows({ data, shape, dtype }: Tensor, wanted: Tensor): { losses: Tensor; slopes: Tensor } {
  const losses = new Float64Array(shape[0]), slopes = emptyFloats(dtype, data.length);
  kernels.crossEntropy(data, wanted.data, losses, slopes);
  return { losses: new Tensor(losses, [shape[0]]), slopes: new Tensor(slopes, shape) };
}

/** Checks everything, and brings all forms of a target into one. */
function prepare(
  name: string,
  logits: Tensor,
  target: ArrayLike<number> | Tensor,
  options: CrossEntropyOptions,
) {
  checkLossOptions(name, options, ["labelSmoothing", "classWeights"]);
  const { reduction = "mean", labelSmoothing = 0, classWeights } = options;
  checkTensor(name, "prediction", logits);
  if (logits.shape.length !== 2) {
    throw new ShapeError(`${name}: expected logits [N, C], got shape ${formatShape(logits.shape)}.`);
  }
  checkNotEmpty(name, logits);
  if (target instanceof Tensor && target.shape.length === 2 && target.dtype !== logits.dtype) {
    throw new DTypeError(`${name}: logits are ${logits.dtype}, target ${target.dtype}. Make both the same.`);
  }
  const { wanted, weight } = classTargets(name, logits, target, labelSmoothing, classWeights);
  checkSeveralClasses(name, logits);
  if (reduction !== "mean") return { wanted, divisor: 1, reduction };
  if (weight === 0) {
    throw new RangeError(`${name}: every class in this batch has weight 0, so there is nothing to average.`);
  }
  return { wanted, divisor: weight, reduction };
}
