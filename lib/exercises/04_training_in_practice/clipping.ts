/** Exercise 5: gradients that are clipped by their common length. */

import { check, checkThat } from "../../notebook/check.ts";
import { clipGradNorm } from "../../optim/clip.ts";
import { parameter, tensor } from "../../tensor/create.ts";
import { Rng } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { exercise } from "../exercise.ts";
import { slips } from "./slips.ts";

type Clip = (gradients: Tensor[], limit: number) => Tensor[];

/** All numbers, one after the other. */
export const flat = (gradients: Tensor[]): number[] => gradients.flatMap(({ data }) => [...data]);
/** Together 50 long. */
const long = () => [tensor([[30, 0], [0, 0]]), tensor([0, -40])];

/** Two gradients that are too long. */
export const checkClipping = exercise("04", "clipped gradients", async (clip: Clip) => {
  const given = long(), clipped = clip(given, 5);
  const isInShape = clipped.every((g, i) => g instanceof Tensor && g.shape.join() === given[i].shape.join());
  await checkThat(
    "one Tensor for each, in its shape",
    isInShape && clipped.length === 2,
    "gradients.map((g) => …)",
  );
  await check("30 and −40", flat(clipped), [3, 0, 0, 0, 0, -4], {
    slips: slips({
      "nothing was shortened": flat(given),
      "each by itself: that changes the direction": [5, 0, 0, 0, 0, -5],
      "the root of the sum of squares, not the sum": [30 / 14, 0, 0, 0, 0, -40 / 14],
      "shortened to 1, not to the limit": [0.6, 0, 0, 0, 0, -0.8],
      "divided by the square of the length": [0.06, 0, 0, 0, 0, -0.08],
    }),
  });
});

/** Short ones, none at all, and another limit. */
export const checkShortGradients = exercise("04", "gradients that are short enough", async (clip: Clip) => {
  const stay = flat(clip([tensor([0.3]), tensor([0.4])], 5));
  await check("a short one stays", stay, [0.3, 0.4], {
    slips: slips({ "short ones must stay: the factor is at most 1": [3, 4] }),
  });
  await check("no gradient at all", flat(clip([tensor([0, 0])], 5)), [0, 0]);
  const toTwo = flat(clip(long(), 2));
  await check("to another limit", toTwo, [1.2, 0, 0, 0, 0, -1.6], { hint: "use limit" });
});

/** As `clipGradNorm` does it. */
export const checkClippingByLibrary = exercise("04", "clipping as the library does it", (clip: Clip) => {
  const leaves = [0, 1, 2].map((i) => parameter(new Rng(i).randn([4, 3])));
  for (const leaf of leaves) leaf.grad = leaf.detach().mul(9);
  const shortened = flat(clip(leaves.map(({ grad }) => grad!), 5));
  clipGradNorm(leaves, 5);
  return check("as the library does it", shortened, flat(leaves.map(({ grad }) => grad!)));
});
