/** Every form in which the right classes can be given, brought into one: how much of each class is wanted. */

import { checkList } from "../checks/values.ts";
import { emptyFloats } from "../tensor/dtype.ts";
import { readLabels } from "../tensor/labels.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkTarget } from "./loss_options.ts";

/** How far from 1 the sum of a row of probabilities may be: more than rounding in float32, less than a slip. */
const ROUNDING = 1e-5;

/** What the cross-entropy compares log-probabilities with. */
export interface ClassTargets {
  /** w_c·((1 − ε)·qₙ_c + ε/C), `[N, C]`: the factor of −ln pₙ_c in the loss. */
  readonly wanted: Tensor;
  /** What a mean divides by. */
  readonly weight: number;
}

/**
 * @param name Of the loss, for errors
 * @param logits `[N, C]`, not empty
 * @param target Class indices `[N]`, or probabilities `[N, C]`
 * @param smoothing ε
 * @param classWeights w, `[C]`
 */
export function classTargets(
  name: string,
  logits: Tensor,
  target: ArrayLike<number> | Tensor,
  smoothing: number,
  classWeights: ArrayLike<number> | undefined,
): ClassTargets {
  const [count, classes] = logits.shape;
  if (typeof smoothing !== "number" || !(smoothing >= 0 && smoothing <= 1)) {
    throw new RangeError(`${name}: labelSmoothing must be from 0 to 1, got ${smoothing}.`);
  }
  const weights = checkWeights(name, classes, classWeights);
  const soft = target instanceof Tensor && target.shape.length === 2;
  const labels = soft ? undefined : labelsOf(name, logits, target);
  if (soft) checkProbabilities(name, logits, target);

  const wanted = emptyFloats(logits.dtype, count * classes);
  let weight = 0;
  for (let n = 0; n < count; n++) {
    weight += labels ? weights[labels[n]] : 1;
    for (let c = 0; c < classes; c++) {
      const q = labels ? (labels[n] === c ? 1 : 0) : (target as Tensor).data[n * classes + c];
      wanted[n * classes + c] = weights[c] * ((1 - smoothing) * q + smoothing / classes);
    }
  }
  return { wanted: new Tensor(wanted, [count, classes]), weight };
}

function checkWeights(name: string, classes: number, weights: ArrayLike<number> | undefined): number[] {
  if (weights === undefined) return new Array(classes).fill(1);
  checkList(name, "classWeights", weights);
  const list = Array.from(weights);
  if (list.length !== classes) {
    throw new RangeError(
      `${name}: expected ${classes} classWeights, one per class of the logits, got ${list.length}.`,
    );
  }
  if (!list.every((w) => typeof w === "number" && w >= 0 && w < Infinity)) {
    throw new RangeError(`${name}: classWeights must be finite and not negative, got ${list.join(", ")}.`);
  }
  return list;
}

/** Class indices as a list, checked. */
function labelsOf(name: string, logits: Tensor, target: ArrayLike<number> | Tensor): ArrayLike<number> {
  const [count, classes] = logits.shape, given = formatShape(logits.shape);
  if (target instanceof Tensor) {
    checkTarget(name, target);
    if (target.shape.length !== 1) {
      throw new ShapeError(
        `${name}: logits ${given} need a target of class indices [${count}] or of probabilities ${given}, ` +
          `got shape ${formatShape(target.shape)}.`,
      );
    }
  }
  const orElse = `, or a tensor of probabilities ${given}`;
  return readLabels(name, target, { classes, count, beside: `logits ${given}`, orElse });
}

/** Throws unless every row is a probability distribution. */
function checkProbabilities(name: string, logits: Tensor, target: Tensor): void {
  checkTarget(name, target);
  const [count, classes] = logits.shape;
  if (target.shape[0] !== count || target.shape[1] !== classes) {
    throw new ShapeError(
      `${name}: logits ${formatShape(logits.shape)} need probabilities of the same shape, got ` +
        `${formatShape(target.shape)}.`,
    );
  }
  for (let n = 0; n < count; n++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const q = target.data[n * classes + c];
      if (!(q >= 0)) {
        throw new RangeError(`${name}: target ${q} at [${n}, ${c}]; expected a probability, not negative.`);
      }
      sum += q;
    }
    if (!(Math.abs(sum - 1) <= ROUNDING)) {
      throw new RangeError(`${name}: row ${n} of the target sums to ${sum}; probabilities sum to 1.`);
    }
  }
}
