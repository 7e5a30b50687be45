/** Exercise 4: batch normalization, in training and in use. */

import { BatchNorm1d } from "../../nn/batch_norm.ts";
import { check } from "../../notebook/check.ts";
import { tensor } from "../../tensor/create.ts";
import { Rng } from "../../tensor/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { slips } from "./slips.ts";

type MakeNorm = new () => {
  runningMean: Tensor;
  runningVariance: Tensor;
  forward(x: Tensor, training: boolean): Tensor;
};

/** Two batches of three units with different spreads, of six and of four rows. */
const batches = () =>
  [6, 4].map((rows, s) => new Rng(s + 1).randn([rows, 3]).mul(tensor([1, 5, 0.2])).add(4));

/** Two steps of training: the output of the first, the running averages after both. */
export const checkBatchNorm = exercise("04", "batch normalization", async (Norm: MakeNorm) => {
  const [first, second] = batches(), own = new Norm(), library = new BatchNorm1d(3);
  const centred = first.sub(first.mean({ axis: 0 })), whole = first.sub(first.mean());
  const unbiased = centred.square().sum({ axis: 0 }).div(5).add(1e-5);
  await check("in training", own.forward(first, true), library.forward(first), {
    slips: slips({
      "it still uses the running averages": first.div(Math.sqrt(1 + 1e-5)),
      "one mean over all columns: each unit has its own": whole.div(
        Math.sqrt(whole.square().mean().item() + 1e-5),
      ),
      "centred, but not divided by the deviation": centred,
      "normalize with 1/N; N − 1 is for the running average": centred.div(unbiased.sqrt()),
    }),
    kind: "Tensor",
  });
  own.forward(second, true);
  library.forward(second);

  const hint = "0.9 of the old, 0.1 of the new, in every training step; N/(N − 1) for σ²";
  const [mean1, mean2] = [first, second].map((x) => x.mean({ axis: 0 }));
  await check("running mean", own.runningMean, library.runningMean, {
    hint,
    slips: slips({
      "it has not moved": [0, 0, 0],
      "that is the mean of the last batch alone": mean2,
      "0.9 of the old and 0.1 of the new, not the other way": mean1.mul(0.09).add(mean2.mul(0.9)),
    }),
  });
  const [variance1, variance2] = [first, second].map((x) => x.variance({ axis: 0, correction: 0 }));
  await check("running variance", own.runningVariance, library.runningVariance, {
    hint,
    slips: slips({
      "it has not moved": [1, 1, 1],
      "N/(N − 1) is missing: TensorFlow's form; this is PyTorch's": variance1.mul(0.1).add(0.9).mul(0.9)
        .add(variance2.mul(0.1)),
    }),
  });
});

/** In use, with what training has gathered. */
export const checkBatchNormInUse = exercise("04", "batch normalization in use", async (Norm: MakeNorm) => {
  const own = new Norm(), library = new BatchNorm1d(3), all = batches();
  for (const batch of all) {
    own.forward(batch, true);
    library.forward(batch);
  }
  library.eval();
  await check("in use", own.forward(all[0], false), library.forward(all[0]));
  await check("use moves nothing", own.runningMean, library.runningMean);
});
