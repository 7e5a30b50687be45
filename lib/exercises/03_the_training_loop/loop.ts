/** Exercise 5: the complete loop: shuffle, cut into batches, validate, stop in time, give back the best weights. */

import type { Examples as DataOf } from "../../data/dataset.ts";
import { minOf } from "../../kernels/extremes.ts";
import { mseLoss } from "../../nn/regression_losses.ts";
import type { Sequential } from "../../nn/sequential.ts";
import { check, checkThat } from "../../notebook/check.ts";
import { SGD } from "../../optim/sgd.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { evaluate } from "../../train/evaluate.ts";
import { fit } from "../../train/fit.ts";
import { exercise } from "../exercise.ts";

type Examples = DataOf<Tensor>;
/** The data and the network of the notebook: the same initial weights in every call. */
interface Setting {
  readonly train: Examples;
  readonly validation: Examples;
  readonly makeNetwork: () => Sequential;
}
type Recipe = ReturnType<typeof recipe>;
type TrainLoop = (
  model: Sequential,
  settings: Recipe & { train: Examples; maxEpochs: number; patience: number },
) => number[];

const recipe = (model: Sequential, validation: Examples) => ({
  optimizer: new SGD(model.parameters(), { learningRate: 0.02 }),
  batchSize: 30,
  rng: new Rng(42),
  validation,
});
const lossOn = (data: Examples, model: Sequential) => evaluate(model, data, { loss: mseLoss }).loss;

/** Two trained networks, and their validation losses after each epoch. */
interface Both {
  readonly mine: Sequential;
  readonly losses: number[];
  readonly theirs: Sequential;
  readonly theirLosses: number[];
}

/** The learner's loop and the library's, trained once for all checks of one and the same function. */
async function bothOf(trainLoop: TrainLoop, setting: Setting): Promise<Both> {
  const known = runs.get(trainLoop);
  if (known) return known;
  const { train, validation, makeNetwork } = setting;
  const mine = makeNetwork();
  const losses = trainLoop(mine, { ...recipe(mine, validation), train, maxEpochs: 100, patience: 10 });
  const theirs = makeNetwork();
  const record = await fit(theirs, train, {
    ...recipe(theirs, validation),
    epochs: 100,
    earlyStopping: { patience: 10 },
    quiet: true,
    loss: mseLoss,
  });
  const both = { mine, losses, theirs, theirLosses: record.epochs.map((row) => row.validationLoss!) };
  runs.set(trainLoop, both);
  return both;
}
const runs = new WeakMap<TrainLoop, Both>();

/** The validation losses of the first two epochs. */
export const checkFirstEpochs = exercise(
  "03",
  "the loop: its first epochs",
  async (trainLoop: TrainLoop, setting: Setting) => {
    const { train, validation, makeNetwork } = setting;
    const { losses, theirLosses } = await bothOf(trainLoop, setting);
    const firstEpoch = async (changes: object, forgets = true) => { // its validation loss
      const model = makeNetwork();
      const options = { ...recipe(model, validation), epochs: 1, loss: mseLoss, quiet: true };
      if (!forgets) options.optimizer.zeroGrad = () => {}; // old gradients stay
      return (await fit(model, train, { ...options, ...changes })).epochs[0].validationLoss;
    };
    const slips = [
      { value: await firstEpoch({ rng: undefined }), says: "the batches were not shuffled: pass the rng" },
      { value: await firstEpoch({ validation: train }), says: "that is the loss on the training data" },
      { value: await firstEpoch({ batchSize: 300 }), says: "one step only: loop over the batches" },
      { value: await firstEpoch({}, false), says: "gradients pile up: zeroGrad() before backward()" },
      { value: lossOn(validation, makeNetwork()), says: "the weights have not moved" },
    ];
    await checkThat("losses were noted", losses.length > 1, "push one after each epoch");
    const order = { hint: "zeroGrad, forward, loss, backward, step", slips };
    await check("loss after the first epoch", losses[0], theirLosses[0], order);
    const anew = { hint: "every epoch shuffles anew, with the same rng" };
    await check("loss after the second", losses[1], theirLosses[1], anew);
  },
);

/** When it stops, and every loss until then. */
export const checkLoop = exercise(
  "03",
  "the loop: stopping in time",
  async (trainLoop: TrainLoop, setting: Setting) => {
    const { losses, theirLosses } = await bothOf(trainLoop, setting);
    await check("epochs until it stopped", losses.length, theirLosses.length, {
      hint: "count the epochs since the best one",
      slips: [{ value: theirLosses.length + 1, says: "one epoch late: stop at patience" }],
    });
    await check("every loss, to the last bit", losses, theirLosses, { tolerance: 0 });
  },
);

/** Whether the weights are the best. */
export const checkBest = exercise(
  "03",
  "the loop: the best weights",
  async (trainLoop: TrainLoop, setting: Setting) => {
    const { mine, losses, theirs } = await bothOf(trainLoop, setting);
    await check("loss of your weights", lossOn(setting.validation, mine), minOf(losses), {
      slips: [{ value: losses[losses.length - 1], says: "these are the last, not the best" }],
    });
    const isSame = mine.parameters().every((p, i) => p.equals(theirs.parameters()[i]));
    await checkThat("your network is fit's, to the last bit", isSame);
  },
);

/** Fewer epochs than patience needs. */
export const checkMaxEpochs = exercise(
  "03",
  "the loop: its last epoch",
  (trainLoop: TrainLoop, { train, validation, makeNetwork }: Setting) => {
    const brief = makeNetwork();
    const losses = trainLoop(brief, { ...recipe(brief, validation), train, maxEpochs: 3, patience: 10 });
    return check("losses with maxEpochs 3", losses.length, 3, { hint: "one an epoch" });
  },
);
