/** The learning-rate range test. */

import { batches } from "../data/batches.ts";
import { type Dataset, type Examples, examplesOf, type Targets, type TargetsOf } from "../data/dataset.ts";
import { exp, log } from "../kernels/elementary.ts";
import { checkCount, checkPositive } from "../optim/hyperparameters.ts";
import type { Rng } from "../tensor/random.ts";
import { defaultMeasures } from "./evaluate.ts";
import type { Loss, Stepper } from "./fit_options.ts";
import { checkNames } from "../tensor/checks.ts";
import { setTraining, type TrainableModel } from "./model.ts";
import { Pauses } from "./pauses.ts";
import { stopButton } from "./stop_button.ts";
import { keep, type Stateful } from "./snapshot.ts";

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

/** Options of {@link findLearningRate}. */
export interface LearningRateSearchOptions<T extends Targets = Targets> {
  /** What will train the model. */
  readonly optimizer: Stepper & Stateful;
  /** Examples in a batch, as in training: the best learning rate depends on it. */
  readonly batchSize: number;
  /** Default `crossEntropyLoss`. */
  readonly loss?: Loss<T>;
  /** Shuffles; put back where it was. */
  readonly rng?: Rng;
  /** The lowest learning rate (default 1e-6). */
  readonly from?: number;
  /** The highest (default 10). */
  readonly to?: number;
  /** How many to try (default 100). */
  readonly steps?: number;
  /** Ends the test. */
  readonly signal?: AbortSignal;
  /** Clock in milliseconds (default `performance.now`); for tests. */
  readonly now?: () => number;
}

const NAMES = ["optimizer", "batchSize", "loss", "rng", "from", "to", "steps", "signal", "now"];
/** How much of the running mean a step keeps. */
const SMOOTHING = 0.9;
/** The test ends when the smoothed loss is so many times its lowest. */
const BLOWN_UP = 4;

/**
 * Finds a learning rate: trains for a few steps, each with a larger one, and looks where the loss falls.
 *
 * ηₖ = from·(to/from)^(k/(steps − 1)). Too small a rate changes nothing, too large a one makes the loss explode, which
 * ends the test. The suggestion, a tenth of the rate at the lowest point of the smoothed loss, is a rule of thumb:
 * look at the curve.
 *
 * Afterwards the model, its gradients and mode, the optimizer and the generators are exactly as they were, also if
 * something threw.
 *
 * @returns The curve and a suggestion
 * @throws {RangeError} If a number among the options is out of range
 * @throws {TypeError} If an option is unknown, or the optimizer's state cannot be saved
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
  checkNames(name, NAMES, options);
  const { optimizer, batchSize, rng, now = () => performance.now() } = options;
  const { from = 1e-6, to = 10, steps = 100 } = options;
  checkPositive(name, "from", from);
  checkPositive(name, "to", to);
  checkCount(name, "steps", steps, 2);
  checkCount(name, "batchSize", batchSize, 1);
  if (to <= from) throw new RangeError(`${name}: expected to above from, got from ${from} to ${to}.`);
  if (typeof optimizer?.stateDict !== "function" || typeof optimizer.loadStateDict !== "function") {
    throw new TypeError(
      `${name}: expected an optimizer with stateDict and loadStateDict, to put it back afterwards.`,
    );
  }
  const examples = examplesOf(data);
  const lossOf = (options.loss ?? defaultMeasures(examples.targets).loss) as Loss<TargetsOf<D>>;
  const factor = exp(log(to / from) / (steps - 1));
  const pauses = new Pauses(now);
  const stop = stopButton(options.signal);

  const rows: LearningRateRow[] = [];
  const putBack = keep(model, { optimizer, rng });
  try {
    setTraining(model, true);
    let learningRate = from, mean = 0, weight = 0, lowest = Infinity;
    for (const { inputs, targets } of forever(examples, { batchSize, rng })) {
      if (stop.signal?.aborted) {
        stop.obeyed();
        return result(rows, "aborted");
      }
      optimizer.learningRate = learningRate;
      optimizer.zeroGrad();
      const loss = lossOf(model.forward(inputs), targets);
      // The mean begins with nothing; dividing by the weights given out so far makes up for it.
      mean = SMOOTHING * mean + (1 - SMOOTHING) * loss.item();
      weight = SMOOTHING * weight + (1 - SMOOTHING);
      const smoothedLoss = mean / weight;
      if (!Number.isFinite(smoothedLoss)) return result(rows, "diverged");
      rows.push({ learningRate, loss: loss.item(), smoothedLoss });
      lowest = Math.min(lowest, smoothedLoss);
      if (smoothedLoss > BLOWN_UP * lowest) return result(rows, "diverged");
      if (rows.length === steps) return result(rows, "finished");
      loss.backward();
      optimizer.step();
      learningRate *= factor;
      await pauses.breathe();
    }
    return result(rows, "finished");
  } finally {
    putBack();
  }
}

/** Epoch after epoch, without end. */
function* forever<D extends Examples>(data: D, options: { batchSize: number; rng?: Rng }) {
  while (true) yield* batches(data, options);
}

function result(rows: readonly LearningRateRow[], reason: LearningRateSearch["reason"]): LearningRateSearch {
  if (rows.length === 0) return { rows, suggestion: undefined, reason };
  const lowest = rows.reduce((best, row) => row.smoothedLoss < best.smoothedLoss ? row : best);
  const fell = lowest.smoothedLoss < 0.95 * rows[0].smoothedLoss;
  return { rows, suggestion: fell ? lowest.learningRate / 10 : undefined, reason };
}
