/** Exercise 6: the training loop. */

import type { DigitImages } from "../../data/digit_images.ts";
import type { Network, NetworkOptions } from "../../nn/network.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";

type Gradients = { dW: Tensor; db: Tensor };
type Data = Pick<DigitImages, "images" | "labels">;
type Options = { epochs: number; batchSize: number; learningRate: number; rng: Rng };
type Trainable = Network & {
  train(data: Data, options: Options, watch: (loss: number) => Promise<void>): Promise<void>;
  step(gradients: Gradients[], learningRate: number): void;
};
// deno-lint-ignore no-explicit-any -- the data of the learner's method may be of a narrower type
type TrainableNetwork = new (sizes: number[], options: NetworkOptions) => any;

/** What a training of a hundred images did, seen from outside. */
export interface Diary {
  /** Examples in each batch that went forward, and the sum of its pixels. */
  readonly sizes: number[];
  readonly ink: number[];
  /** Learning rates of the steps. */
  readonly rates: Set<number>;
  readonly losses: number[];
  /** The most calls of `watch` that had begun and not ended. */
  mostAtOnce: number;
}

/**
 * Trains a network of the learner's class on a hundred images.
 *
 * @param hidden Its hidden units
 * @param changed Options other than 20 epochs of batches of 30 at the rate 0.15
 */
export async function trial(
  Net: TrainableNetwork,
  { images, labels }: Data,
  hidden = 16,
  changed: Partial<Options> = {},
): Promise<Diary> {
  const diary: Diary = { sizes: [], ink: [], rates: new Set(), losses: [], mostAtOnce: 0 };
  const network: Trainable = new Net([784, hidden, 5], { rng: new Rng(42), dtype: "float32" });
  const { forward, step } = network;
  network.forward = (inputs) => {
    diary.sizes.push(inputs.shape[0]);
    diary.ink.push(inputs.sum().item());
    return forward.call(network, inputs);
  };
  network.step = (gradients, learningRate) => {
    diary.rates.add(learningRate);
    step.call(network, gradients, learningRate);
  };
  let waiting = 0;
  const watch = async (loss: number) => {
    diary.mostAtOnce = Math.max(diary.mostAtOnce, ++waiting);
    diary.losses.push(loss);
    await Promise.resolve(); // as if there were something to draw
    waiting--;
  };
  const hundred = { images: images.slice(0, 100), labels: labels.slice(0, 100) };
  const options = { epochs: 20, batchSize: 30, learningRate: 0.15, rng: new Rng(42), ...changed };
  await network.train(hundred as Data, options, watch);
  return diary;
}

/** Batches, steps, learning rate and what is watched. */
export const checkTrain = exercise("05", "train(): the loop", async (Net: TrainableNetwork, data: Data) => {
  const { sizes, losses, rates, mostAtOnce } = await trial(Net, data);
  const cut = { hint: "a loop over batches(data, …), with the batchSize of the options" };
  await check("batches of an epoch", sizes.slice(0, 4), [30, 30, 30, 10], cut);
  const everyEpoch = { hint: "watch once after each step, in every one of the epochs" };
  await check("steps in 20 epochs", losses.length, 80, everyEpoch);
  await check("forward passes", sizes.length, 80, { hint: "one for each batch" });
  await check("learning rates", [...rates], [0.15], { hint: "take it from the options" });
  await check("watches at a time", mostAtOnce, 1, { hint: "await watch(…)" });
  await check("watch gets a number", typeof losses[0], "number", { hint: "loss.item()" });
});

/** Another order in every epoch, and a loss that falls. */
export const checkTrainLearns = exercise(
  "05",
  "train(): it learns",
  async (Net: TrainableNetwork, data: Data) => {
    const { ink, losses } = await trial(Net, data);
    const shuffled = "give batches() the rng of the options, anew in every epoch";
    await checkThat("every epoch has another order", new Set(ink).size > 70, shuffled);
    const together = "images, labels and gradients of one and the same batch";
    await checkThat("the loss halves", losses[79] < losses[0] / 2, together);
  },
);
