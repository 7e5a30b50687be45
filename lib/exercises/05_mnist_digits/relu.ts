/** Exercise 3: back through a ReLU; then back to the first layer with all that was written so far. */

import { check } from "../../notebook/check.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import type { LayerGradients } from "./layer_gradients.ts";
import type { OutputGradient } from "./output_gradient.ts";
import { tinyPass } from "./tiny.ts";

type ReluBackward = (z: Tensor, dOutput: Tensor) => Tensor;

/** Against finite differences, and at 0. */
export const checkRelu = exercise("05", "back through a ReLU", async (reluBackward: ReluBackward) => {
  const { z1, a1, fromHidden, fromRelu } = tinyPass(), da1 = fromHidden(a1);
  await check("dz1", reluBackward(z1, da1), fromRelu(z1), {
    kind: "Tensor",
    slips: [
      { value: da1, says: "nothing is held back where z was negative" },
      { value: da1.mul(da1.greater(0)), says: "the mask looks at the gradient, not at z" },
      { value: da1.mul(z1.relu()), says: "times the ReLU, not its derivative (1 or 0)" },
      { value: z1.relu(), says: "that is the ReLU forwards: where is what came back?" },
      { value: z1.greater(0), says: "only the derivative: times what came back, dOutput" },
    ],
  });
  const atKink = reluBackward(tensor([[-1, 2, 0, 0.001]]), tensor([[5, -6, 7, 8]]));
  await check("with a z of 0", atKink, [[0, -6, 0, 8]], {
    kind: "Tensor",
    slips: [
      { value: [[0, -6, 7, 8]], says: "at 0 we take the slope 0: z > 0, not z ≥ 0" },
      { value: [[0, -6, 3.5, 8]], says: "at 0 we take the slope 0, not ½" },
    ],
  });
});

interface Written {
  readonly outputGradient: OutputGradient;
  readonly layerGradients: LayerGradients;
  readonly reluBackward: ReluBackward;
}

/** From the loss to the first weights, by the learner's three functions. */
export const checkFirstLayer = exercise(
  "05",
  "back to the first layer",
  async ({ outputGradient, layerGradients, reluBackward }: Written) => {
    const { X, y, W1, b1, W2, z1, a1, z2, fromInput } = tinyPass();
    const dz1 = reluBackward(z1, layerGradients(a1, W2, outputGradient(z2, y)).dInput);
    const { dW, db } = layerGradients(X, W1, dz1);
    await check("dW1", dW, fromInput(W1));
    await check("db1", db, fromInput(b1));
  },
);
