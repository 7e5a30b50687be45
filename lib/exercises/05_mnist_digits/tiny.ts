/** A network small enough for finite differences, and a pass of five examples through it: as in the notebook. */

import { crossEntropyLoss } from "../../nn/cross_entropy.ts";
import { Network } from "../../nn/network.ts";
import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Every number of the pass, made anew at each call, and the slope of the loss by any of them. */
export function tinyPass() {
  const network = new Network([4, 3, 2], { rng: new Rng(1) });
  const [{ weights: W1, biases: b1 }, { weights: W2, biases: b2 }] = network.layers;
  const X = new Rng(2).randn([5, 4]).mul(0.5), y = [0, 1, 1, 0, 1];
  const z1 = X.matmul(W1).add(b1), a1 = z1.relu(), z2 = a1.matmul(W2).add(b2);
  const slope = (logits: () => Tensor, x: Tensor) =>
    numericalGradient(() => crossEntropyLoss(logits(), y).item(), x);
  return {
    ...{ X, y, W1, b1, W2, b2, z1, a1, z2 },
    loss: crossEntropyLoss(z2, y).item(),
    /** From the logits, from the hidden units, from before their ReLU, and from the input on. */
    fromLogits: (x: Tensor) => slope(() => z2, x),
    fromHidden: (x: Tensor) => slope(() => a1.matmul(W2).add(b2), x),
    fromRelu: (x: Tensor) => slope(() => z1.relu().matmul(W2).add(b2), x),
    fromInput: (x: Tensor) => slope(() => network.forward(X), x),
  };
}
