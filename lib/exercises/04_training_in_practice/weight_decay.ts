/** Exercise 2: weight decay within Adam, and AdamW. */

import { check, checkThat } from "../../notebook/check.ts";
import { Adam, AdamW } from "../../optim/adam.ts";
import { parameter, tensor } from "../../tensor/create.ts";
import { Rng } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { slips } from "./slips.ts";

/** What Adam remembers, as the notebook has it: m̂/(√v̂ + ε) after one more gradient. */
interface Memory {
  t: number;
  m: Tensor;
  v: Tensor;
  direction(g: Tensor): Tensor;
}
type MakeMemory = new () => Memory;
type Step = (w: Tensor, g: Tensor, memory: Memory, eta: number, lambda: number) => Tensor;

const START = tensor([2, -1, 0.5]);
const GRADIENTS = new Rng(8).randn([5, 3]);
const gradientOf = (t: number) => GRADIENTS.slice(t, t + 1).reshape([3]);

function fiveSteps(step: Step, Memory: MakeMemory): Tensor {
  let w = START;
  const memory = new Memory();
  for (let t = 0; t < 5; t++) w = step(w, gradientOf(t), memory, 0.05, 0.3);
  return w;
}

function byLibrary(Optimizer: typeof Adam | typeof AdamW): Tensor {
  const w = parameter(START), optimizer = new Optimizer([w], { learningRate: 0.05, weightDecay: 0.3 });
  for (let t = 0; t < 5; t++) {
    w.grad = gradientOf(t);
    optimizer.step();
  }
  return w.detach();
}

const none: Step = (w, g, memory, eta) => w.sub(memory.direction(g).mul(eta));
const times = (factor: (eta: number) => number): Step => (w, g, memory, eta, lambda) =>
  none(w, g.add(w.mul(factor(eta) * lambda)), memory, eta, lambda);
const byLambda: Step = (w, g, memory, eta, lambda) => none(w, g, memory, eta, lambda).sub(w.mul(lambda));
const afterwards: Step = (w, g, memory, eta, lambda) => none(w, g, memory, eta, lambda).mul(1 - eta * lambda);
const isTensor = (step: Step, Memory: MakeMemory) =>
  step(START, gradientOf(0), new Memory(), 0.05, 0.3) instanceof Tensor;

/** Five steps with the decay in the gradient. */
export const checkAdamWithL2 = exercise("04", "Adam with L2", async (step: Step, Memory: MakeMemory) => {
  await checkThat("the next weights are a Tensor", isTensor(step, Memory), "as w is");
  await check("five steps with L2", fiveSteps(step, Memory), byLibrary(Adam), {
    slips: slips({
      "there is no decay in it": fiveSteps(none, Memory),
      "2λw is the derivative of λΣw²; here it is λw": fiveSteps(times(() => 2), Memory),
      "η comes later, with the direction; here it is λw": fiveSteps(times((eta) => eta), Memory),
      "that is AdamW": byLibrary(AdamW),
    }),
  });
});

/** Five steps with the decay beside it. */
export const checkAdamW = exercise("04", "AdamW", async (step: Step, Memory: MakeMemory) => {
  await checkThat("they are a Tensor here, too", isTensor(step, Memory), "as w is");
  await check("five steps of AdamW", fiveSteps(step, Memory), byLibrary(AdamW), {
    slips: slips({
      "there is no decay in it": fiveSteps(none, Memory),
      "that is the paper's form, λw; PyTorch and we decay by ηλw": fiveSteps(byLambda, Memory),
      "shrink the weights before the step, not after it": fiveSteps(afterwards, Memory),
      "that is L2 within Adam: the memory sees the decay": byLibrary(Adam),
    }),
  });
});
