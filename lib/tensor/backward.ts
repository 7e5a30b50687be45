/** Backpropagation from a tensor. */

import { backpropagate, type GraphNode } from "../autograd/graph.ts";
import { add } from "./arithmetic.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { formatShape, sameShape, ShapeError } from "./shape.ts";
import { gradientOf, setGradient, Tensor } from "./tensor.ts";

/** Reads and writes gradients without having looked at them. */
const UNSEEN = {
  get: (node: GraphNode<Tensor>) => gradientOf(node as Tensor),
  set: (node: GraphNode<Tensor>, gradient: Tensor | undefined) => setGradient(node as Tensor, gradient),
};

/** Writes ∂L/∂t into `t.grad` of every tensor t with `requiresGrad` below `root`, given ∂L/∂root. */
export function backward(root: Tensor, seed?: Tensor): void {
  if (!root.requiresGrad) {
    throw new TypeError(
      "backward: this tensor requires no gradient: nothing that it was computed from is a parameter(), or it was " +
        "computed inside noGrad() or after detach().",
    );
  }
  if (seed === undefined && root.size !== 1) {
    throw new ShapeError(
      `backward: expected a scalar loss, got shape ${formatShape(root.shape)}. ` +
        "Take .mean() or .sum() first, or pass ∂L/∂(this tensor) as the seed.",
    );
  }
  seed ??= new Tensor(emptyFloats(root.dtype, 1).fill(1), root.shape);
  checkTensor("backward", "seed", seed);
  if (!sameShape(seed.shape, root.shape)) {
    throw new ShapeError(
      `backward: the seed must have shape ${formatShape(root.shape)}, got ${formatShape(seed.shape)}.`,
    );
  }
  if (seed.dtype !== root.dtype) {
    throw new DTypeError(`backward: the seed must be ${root.dtype}, got ${seed.dtype}.`);
  }
  backpropagate<Tensor>(root, seed.detach(), add, unshared, UNSEEN);
}

/** A leaf keeps its gradient, and an optimizer may change it in place: its numbers must be nobody else's. */
function unshared(gradient: Tensor, others: readonly (Tensor | undefined)[]): Tensor {
  const shared = others.some((other) => other !== undefined && other.data === gradient.data);
  return shared ? new Tensor(gradient.data.slice(), gradient.shape) : gradient;
}
