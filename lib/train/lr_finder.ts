/** The learning-rate range test. */

import { checkNames } from "../checks/options.ts";
import { checkCount, checkPositive } from "../checks/ranges.ts";
import { batches } from "../data/batches.ts";
import type { Dataset, Targets, TargetsOf } from "../data/dataset.ts";
import { exp, log } from "../kernels/elementary.ts";
import { clipGradNorm } from "../optim/clip.ts";
import { Rng } from "../tensor/random.ts";
import type { Stepper, TrainingOptions } from "./fit_options.ts";
import { setTraining, type TrainableModel } from "./model.ts";
import { keep, type Stateful } from "./snapshot.ts";
import { prepareTraining, TRAINING, type Training } from "./trainable.ts";

/** One step of the test. */
export interface LearningRateRow {
  /** η of this step. */
  readonly learningRate: number;
  /** Mean loss of the batch, before the update. */
  readonly loss: number;
  /** Running mean of the losses, in which late ones count more. */
  readonly smoothedLoss: number;
}

/** What the test found. */
export interface LearningRateSearch {
  /** One row a step, with a finite loss. */
  readonly rows: readonly LearningRateRow[];
  /** A tenth of the learning rate at which the smoothed loss was lowest; `undefined` if it never fell by 5%. */
  readonly suggestion: number | undefined;
  /** Whether all learning rates were tried, the loss blew up first, or the signal ended it. */
  readonly reason: "finished" | "diverged" | "aborted";
}

/** Options of {@link findLearningRate}: those of a step of `fit`, and which rates to try. */
export interface LearningRateSearchOptions<T extends Targets = Targets> extends TrainingOptions<T> {
  /** What will train the model. Where its groups have different rates, those keep their ratios. */
  readonly optimizer: Stepper & Stateful;
  /** The lowest learning rate (default 1e-6). */
  readonly from?: number;
  /** The highest (default 10). */
  readonly to?: number;
  /** How many to try (default 100). */
  readonly steps?: number;
}

/** How much of the running mean a step keeps. */
const SMOOTHING = 0.9;
/** The test ends when the smoothed loss is this many times its lowest. */
const BLOWN_UP = 4;

/**
 * Finds a learning rate: trains for a few steps, each with a larger one, and looks where the loss falls.
 *
 * ηₖ = from·(to/from)^(k/(steps − 1)). Too small a rate changes nothing, too large a one makes the loss explode, which
 * ends the test. The suggestion, a tenth of the rate at the lowest point of the smoothed loss, is a rule of thumb:
 * look at the curve.
 *
 * A step is made as in `fit`, which has the same options for it. Afterwards the model, its gradients and mode, the
 * optimizer and the generators are exactly as they were, also if something threw; but a generator that only `augment`
 * knows has moved on.
 *
 * @returns The curve and a suggestion
 * @throws {RangeError} If a number among the options is out of range
 * @throws {TypeError} If an option is unknown or of the wrong kind, the optimizer trains another model, or its state cannot
 * be saved
 * @throws {ShapeError} If data and model do not fit
 * @see Smith (2017), "Cyclical learning rates for training neural networks", §3.3
 * @example
 * ```ts
 * import { findLearningRate, Linear, moons, Rng, Sequential, SGD, Tanh } from "backprop";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const model = new Sequential(new Linear(2, 16, { rng }), new Tanh(), new Linear(16, 2, { rng }));
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * const before = model.stateDict();
 * const { suggestion } = await findLearningRate(model, moons(), { optimizer, batchSize: 32, rng });
 * assert(suggestion! > 0.01 && suggestion! < 1);
 * assertEquals(model.stateDict(), before);
 * ```
 */
export async function findLearningRate<D extends Dataset>(
  model: TrainableModel,
  data: D,
  options: LearningRateSearchOptions<TargetsOf<D>>,
): Promise<LearningRateSearch> {
  const name = "findLearningRate";
  checkNames(name, [...TRAINING, "from", "to", "steps"], options);
  const { from = 1e-6, to = 10, steps = 100 } = options;
  checkPositive(name, "from", from);
  checkPositive(name, "to", to);
  checkCount(name, "steps", steps, 2);
  if (to <= from) throw new RangeError(`${name}: expected to above from, got from ${from} to ${to}.`);
  const training = prepareTraining(name, model, data, options as unknown as TrainingOptions);
  const { optimizer, rng } = options;
  if (typeof optimizer.stateDict !== "function" || typeof optimizer.loadStateDict !== "function") {
    throw new TypeError(
      `${name}: expected an optimizer with stateDict and loadStateDict, to put it back afterwards.`,
    );
  }
  const putBack = keep(model, { optimizer, rng: rng instanceof Rng ? rng : undefined });
  try {
    return await search(training, { from, to, steps });
  } finally {
    putBack();
  }
}

async function search(
  training: Training,
  { from, to, steps }: { from: number; to: number; steps: number },
): Promise<LearningRateSearch> {
  const { model, optimizer, stop, penalty } = training;
  const factor = exp(log(to / from) / (steps - 1));
  const rows: LearningRateRow[] = [];
  setTraining(model, true);
  let learningRate = from, mean = 0, weight = 0, lowest = Infinity;
  for (const { inputs, targets } of forever(training)) {
    if (stop.signal?.aborted) {
      stop.obeyed();
      return result(rows, "aborted");
    }
    training.setRate(learningRate);
    optimizer.zeroGrad();
    const loss = training.loss(model.forward(training.augment(inputs)), targets);
    // The mean begins with nothing; dividing by the weights given out so far makes up for it.
    mean = SMOOTHING * mean + (1 - SMOOTHING) * loss.item();
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    const smoothedLoss = mean / weight;
    if (!Number.isFinite(smoothedLoss)) return result(rows, "diverged");
    rows.push({ learningRate, loss: loss.item(), smoothedLoss });
    lowest = Math.min(lowest, smoothedLoss);
    if (smoothedLoss > BLOWN_UP * lowest) return result(rows, "diverged");
    if (rows.length === steps) return result(rows, "finished");
    (penalty ? loss.add(penalty()) : loss).backward();
    if (training.clipNorm < Infinity) clipGradNorm(model.parameters(), training.clipNorm);
    optimizer.step();
    learningRate *= factor;
    await training.pauses.breathe();
  }
  return result(rows, "finished");
}

/** Epoch after epoch, without end. */
function* forever({ data, batching }: Training) {
  while (true) yield* batches(data, batching);
}

function result(rows: readonly LearningRateRow[], reason: LearningRateSearch["reason"]): LearningRateSearch {
  if (rows.length === 0) return { rows, suggestion: undefined, reason };
  const lowest = rows.reduce((best, row) => row.smoothedLoss < best.smoothedLoss ? row : best);
  const fell = lowest.smoothedLoss < 0.95 * rows[0].smoothedLoss;
  return { rows, suggestion: fell ? lowest.learningRate / 10 : undefined, reason };
}
