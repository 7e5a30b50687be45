/** Exercise 2: the forward pass of a network with one hidden layer. */

import { Network } from "../../nn/network.ts";
import { check } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";

type Forward = (inputs: Tensor, network: Network) => Tensor;

/** Holds the learner's `forward` against a network's own, on four examples. */
export const checkForward = exercise("00", "the forward pass", (forward: Forward) => {
  const network = new Network([2, 3, 1], { rng: new Rng(42) });
  const [first, last] = network.layers;
  first.biases.data.set([0.5, -0.25, 1]); // not 0, so that a bias that was forgotten shows
  last.biases.data.set([-1.5]);
  const inputs = new Rng(13).randn([4, 2]), right = network.forward(inputs);

  const product = inputs.matmul(first.weights);
  const lastLayer = (hidden: Tensor) => hidden.matmul(last.weights).add(last.biases);
  const noRelu = lastLayer(product.add(first.biases));
  return check("logits of 4 examples", forward(inputs, network), right, {
    slips: [
      { value: noRelu, says: "the ReLU between the layers is missing" },
      { value: noRelu.relu(), says: "the ReLU belongs between the layers, not at the end" },
      { value: right.relu(), says: "one ReLU too many, at the end" },
      { value: lastLayer(product.relu()), says: "the first layer's biases are missing" },
      { value: right.sub(last.biases), says: "the second layer's biases are missing" },
      { value: lastLayer(product.relu().add(first.biases)), says: "biases first, then ReLU" },
    ],
  });
});
