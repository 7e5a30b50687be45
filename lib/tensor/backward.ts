/** Backpropagation from a tensor. */

import { backpropagate, type GraphNode } from "../autograd/graph.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { formatShape, sameShape, ShapeError } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { binary } from "./unrecorded.ts";

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
  const gradients = backpropagate<Tensor>(root, root.pullback ? seed.detach() : copyOf(seed), sum);
  gradients.forEach((gradient, node) => node.grad = gradient);
  gradients.forEach((_, node) => separateLeaves(node));
}

/**
 * Gives the leaves among the parents of `node` gradients with numbers of their own, since they keep them and somebody may
 * change them in place: a pullback may pass on the very gradient that it received, or one for two parents.
 */
function separateLeaves({ grad, parents }: GraphNode<Tensor>): void {
  for (const leaf of parents) {
    const data = leaf.pullback ? undefined : leaf.grad?.data;
    if (data === undefined) continue;
    const shared = data === grad?.data ||
      parents.some((other) => other !== leaf && other.grad?.data === data);
    if (shared) leaf.grad = copyOf(leaf.grad!);
  }
}

function sum(a: Tensor, b: Tensor): Tensor {
  return binary("add", a, b);
}

function copyOf({ data, shape }: Tensor): Tensor {
  return new Tensor(data.slice(), shape);
}
