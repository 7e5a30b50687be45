/** Exercise 5: a step downhill by every parameter. */

import { crossEntropyLoss } from "../../nn/cross_entropy.ts";
import type { Network, NetworkOptions } from "../../nn/network.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { tinyPass } from "./tiny.ts";

type Gradients = { dW: Tensor; db: Tensor };
type SteppingNetwork = new (sizes: number[], options: NetworkOptions) => Network & {
  step(gradients: Gradients[], learningRate: number): void;
};

/** The tiny network once more, and its gradients. */
function prepared(Net: SteppingNetwork) {
  const pass = tinyPass(), { W1, b1, W2, b2, fromInput } = pass;
  const down = [{ dW: fromInput(W1), db: fromInput(b1) }, { dW: fromInput(W2), db: fromInput(b2) }];
  return { ...pass, down, stepper: new Net([4, 3, 2], { rng: new Rng(1) }) };
}

/** Every parameter after one step, and the loss. */
export const checkStep = exercise("05", "step()", async (Net: SteppingNetwork) => {
  const { X, y, W1, b1, W2, b2, loss, down, stepper } = prepared(Net);
  stepper.step(down, 0.07);
  const [first, last] = stepper.layers;
  const parameters: [string, Tensor, Tensor, Tensor][] = [
    ["W1", first.weights, W1, down[0].dW],
    ["b1", first.biases, b1, down[0].db],
    ["W2", last.weights, W2, down[1].dW],
    ["b2", last.biases, b2, down[1].db],
  ];
  for (const [name, now, before, gradient] of parameters) {
    await check(`${name} after one step`, now, before.sub(gradient.mul(0.07)), {
      slips: [
        { value: before, says: "it has not moved: assign the result" },
        { value: before.add(gradient.mul(0.07)), says: "this climbs: the gradient points uphill" },
        { value: before.sub(gradient), says: "the learning rate is missing" },
      ],
    });
  }
  const after = crossEntropyLoss(stepper.forward(X), y).item();
  await checkThat("the loss went down", after < loss);
});

/** A second step with another learning rate. */
export const checkStepRate = exercise("05", "step(), with another learning rate", (Net: SteppingNetwork) => {
  const { W1, down, stepper } = prepared(Net);
  for (const rate of [0.07, 0.3]) stepper.step(down, rate);
  const { weights } = stepper.layers[0];
  return check("W1, with another rate", weights, W1.sub(down[0].dW.mul(0.07 + 0.3)), {
    hint: "learningRate",
  });
});
