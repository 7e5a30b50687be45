/** Exercise 4: the backward pass of a network of any depth. */

import { numericalGradient } from "../../gradients/numerical_gradient.ts";
import { crossEntropyLoss } from "../../nn/cross_entropy.ts";
import type { Network, NetworkOptions } from "../../nn/network.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { Rng } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { tinyPass } from "./tiny.ts";

type Gradients = { dW: Tensor; db: Tensor };
type BackwardNetwork = new (sizes: number[], options: NetworkOptions) => Network & {
  backward(logits: Tensor, labels: ArrayLike<number>): Gradients[];
};

/** The gradients of a network with four layers. */
function deepPass(Net: BackwardNetwork) {
  const { X, y } = tinyPass(), network = new Net([4, 6, 5, 3, 2], { rng: new Rng(3), hidden: "tanh" });
  const gradients = network.backward(network.forward(X), y);
  return { X, y, network, gradients };
}

/** A pair { dW, db } for each layer. */
export const checkPairs = exercise(
  "05",
  "backward(): a pair for each layer",
  async (Net: BackwardNetwork) => {
    const { gradients } = deepPass(Net);
    await check("pairs of gradients", gradients.length, 4, { hint: "one for each layer" });
    const areTensors = gradients.every(({ dW, db }) => [dW, db].every((d) => d instanceof Tensor));
    await checkThat("each is { dW, db }, two Tensors", areTensors, "as layerGradients gave them");
  },
);

/** The first layer's first. */
export const checkOrder = exercise("05", "backward(): the order of layers", (Net: BackwardNetwork) => {
  const shapes = deepPass(Net).gradients.map(({ dW }) => `[${dW.shape}]`).join(" ");
  const hint = shapes === "[3,2] [5,3] [6,5] [4,6]"
    ? "unshift puts an entry at the front of a list, push at its end"
    : "dW has the shape of W: it is made from the layer's input, not from z";
  return check("first layer first", shapes, "[4,6] [6,5] [5,3] [3,2]", { hint });
});

/** Every gradient against finite differences, from the last layer back. */
export const checkBackward = exercise("05", "backward(): the gradients", async (Net: BackwardNetwork) => {
  const { X, y, network, gradients } = deepPass(Net);
  const measured = (x: Tensor) => numericalGradient(() => crossEntropyLoss(network.forward(X), y).item(), x);
  const between = "look at what lies before it: dInput, and the activation's derivative at z";
  for (const l of [3, 2, 1, 0]) {
    const { weights, biases } = network.layers[l];
    const help = { batchSize: 5, hint: l === 3 ? "start with outputGradient" : between };
    await check(`layer ${l + 1}: dW`, gradients[l].dW, measured(weights), help);
    await check(`layer ${l + 1}: db`, gradients[l].db, measured(biases), help);
  }
});
