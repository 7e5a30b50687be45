/** The training loop. */

import { kindOf } from "../checks/values.ts";
import { batches } from "../data/batches.ts";
import { type Dataset, type Examples, type TargetsOf } from "../data/dataset.ts";
import { clipGradNorm } from "../optim/clip.ts";
import { describeEnding, type Ending } from "./endings.ts";
import { EpochMeans, fieldsOf } from "./epoch_means.ts";
import { score } from "./evaluate.ts";
import type { FitOptions } from "./fit_options.ts";
import type { EpochRow, History } from "./history.ts";
import { measureActivations, watchUpdate } from "./measures.ts";
import { hasOnlyFiniteNumbers, putState, setTraining, stateOf, type TrainableModel } from "./model.ts";
import { diagnose, type Suspects } from "./not_finite.ts";
import { predict } from "./predict.ts";
import { prepare, type Prepared } from "./prepare.ts";

/** Validation examples that pass through the model at a time, so that Stop need not wait for all of them. */
const ROWS_AT_ONCE = 256;

/**
 * Trains a model: the loop that one would write by hand, with a record of what happened.
 *
 * For every batch: predict, measure the loss, go backward, step. After every epoch: a look at the validation data.
 * Nothing else touches the weights. The loop pauses at most every 50 ms to let clicks and progress bars through, and
 * looks at `signal`, and at the notebook's Stop button, before every step.
 *
 * Training may end early: see {@link StopReason}. What was done until then is in the history that is returned, with the
 * reason in `history.stopped`. A number that is NaN or infinite ends it before it reaches the weights, with a diagnosis.
 * Whatever a callback throws is thrown on; pass a `history` of your own to have it then. With `earlyStopping` the best
 * weights are put back in each of these cases, if an epoch was measured. The model is left in prediction mode.
 *
 * With the same seeds, two runs give the same bits, apart from `seconds`. A run that goes on from a checkpoint made in
 * `onEpoch` gives the same bits as one that never stopped; an epoch that was interrupted begins anew.
 *
 * @param model What to train: a `Sequential`, or anything with `forward` and `parameters`
 * @param data What to train on: inputs and targets, or images and labels
 * @param options Optimizer, epochs, batch size; the rest has defaults
 * @returns What happened, step by step and epoch by epoch, and why it ended
 * @throws {RangeError} If a number among the options is out of range
 * @throws {TypeError} If an option is unknown or of the wrong kind, or the optimizer trains another model
 * @throws {ShapeError} If data and model do not fit
 * @see Goodfellow, Bengio, Courville (2016), "Deep learning", §8.1.3 and algorithm 7.1
 * @example
 * ```ts
 * import { Adam, fit, Linear, moons, Rng, Sequential, split, Tanh } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const { train, validation } = split(moons(), { validation: 0.25, rng });
 * const model = new Sequential(new Linear(2, 16, { rng }), new Tanh(), new Linear(16, 2, { rng }));
 * const optimizer = new Adam(model.parameters(), { learningRate: 0.02 });
 * const history = await fit(model, train, { optimizer, epochs: 30, batchSize: 16, rng, validation });
 * assertEquals(history.stopped?.reason, "finished");
 * assertEquals(history.epochs.at(-1)!.validationAccuracy, 1);
 * ```
 */
export async function fit<D extends Dataset>(
  model: TrainableModel,
  data: D,
  options: FitOptions<TargetsOf<D>>,
): Promise<History> {
  const run = prepare(model, data, options as unknown as FitOptions);
  const { history, quiet } = run;
  history.stopped = undefined;
  let ending: Ending = { reason: "error" };
  try {
    ending = await train(run);
  } catch (error) {
    ending = { reason: "error", error };
    throw error;
  } finally {
    if (run.restores && history.best) putState(model, history.best.state);
    setTraining(model, false);
    history.stopped = describeEnding(ending, run);
    if (ending.reason === "aborted") run.stop.obeyed();
    if (!quiet && !["finished", "error"].includes(ending.reason)) console.log(history.stopped.message);
  }
  return history;
}

async function train(run: Prepared): Promise<Ending> {
  const { model, data, optimizer, schedule, history, stop: { signal } } = run;
  if (run.exhausted) return { reason: "early" };
  const firstStep = (history.steps.at(-1)?.step ?? 0) + 1;
  let step = firstStep;
  for (let epoch = history.epochs.length + 1; epoch <= run.totalEpochs; epoch++) {
    const epochMeans = new EpochMeans(run.metrics);
    for (const { inputs: originals, targets } of batches(data, run.batching)) {
      if (signal?.aborted) return { reason: "aborted" };
      const inputs = run.augment(originals);
      const batch = { inputs, targets };
      const updates = step - firstStep;
      if (schedule) run.setRate(rateOf(schedule, step - 1));

      setTraining(model, true);
      optimizer.zeroGrad(); //                                       1. forget the last gradients
      const prediction = model.forward(inputs); //                   2. predict
      const loss = run.loss(prediction, targets); //                 3. measure
      const trainLoss = loss.item();
      if (!Number.isFinite(trainLoss)) return sick(run, step, { batch, updates, loss: trainLoss });
      (run.penalty ? loss.add(run.penalty()) : loss).backward(); //  4. assign blame
      const movement = (step - 1) % run.record.every === 0 ? watchUpdate(model, run.record) : undefined;
      const gradientNorm = clipGradNorm(model.parameters(), run.clipNorm);
      if (!Number.isFinite(gradientNorm)) return sick(run, step, { batch, updates });
      optimizer.step(); //                                           5. adjust

      const { learningRate } = optimizer;
      const measured = { trainLoss, learningRate, gradientNorm, ...movement?.() };
      const row = { epoch: step / run.stepsPerEpoch, step, ...measured, seconds: run.seconds() };
      history.steps.push(row);
      epochMeans.add(row, prediction, targets);
      step++;
      await run.onStep?.(row, run);
      await run.pauses.breathe();
    }
    const ending = await finishEpoch(run, epoch, epochMeans, step - firstStep);
    if (ending) return ending;
  }
  return { reason: "finished" };
}

/** Looks at the validation data, writes the row, and says whether this epoch was the last. */
async function finishEpoch(
  run: Prepared,
  epoch: number,
  epochMeans: EpochMeans,
  updates: number,
): Promise<Ending | undefined> {
  const { model, data, validation, history, stop: { signal } } = run;
  const aborted = async () => {
    await run.pauses.breathe();
    return signal?.aborted ?? false;
  };
  const prediction = validation && await predict(model, validation.inputs, ROWS_AT_ONCE, aborted);
  const measured = prediction && score(prediction, validation.targets, run);
  const { step, learningRate } = history.steps.at(-1)!;
  const validationLoss = measured?.loss ?? 0;
  if (!Number.isFinite(validationLoss) || !hasOnlyFiniteNumbers(model)) {
    setTraining(model, false);
    const measuredOn = validation ?? data;
    return sick(run, step, { data: measuredOn, batch: measuredOn, updates, loss: validationLoss });
  }
  const row: EpochRow = {
    epoch,
    step,
    ...epochMeans.means(),
    ...fieldsOf("validation", measured ?? {}),
    learningRate,
    ...(run.record.activations ? measureActivations(model, data.inputs) : {}),
    seconds: run.seconds(),
  };
  history.epochs.push(row);
  if (validation && !prediction) return { reason: "aborted" }; // while it was being measured
  const verdict = run.watch?.(row);
  if (verdict?.best !== undefined) history.best = { epoch, value: verdict.best, state: stateOf(model) };
  await run.onEpoch?.(row, run);
  if (signal?.aborted) return { reason: "aborted" };
  if (run.until && isTrue(run.until(row))) return { reason: "reached" };
  if (verdict?.stop) return { reason: "early" };
}

function rateOf(schedule: (step: number) => number, step: number): number {
  const rate: unknown = schedule(step);
  if (typeof rate === "number" && rate >= 0 && rate < Infinity) return rate;
  const got = typeof rate === "number" ? rate : kindOf(rate);
  throw new TypeError(
    `fit: expected schedule(${step}) to give a learning rate, a number from 0; got ${got}.`,
  );
}

/** A promise would count as true, and a forgotten return as false. */
function isTrue(answer: unknown): boolean {
  if (typeof answer === "boolean") return answer;
  throw new TypeError(
    `fit: expected until to return true or false, got ${
      kindOf(answer)
    }. It must not be async, and it must return.`,
  );
}

/** Ends the run with a diagnosis. */
function sick(
  run: Prepared,
  step: number,
  seen: Pick<Suspects, "batch" | "updates" | "loss"> & { data?: Examples },
): Ending {
  const { model, data, history, optimizer: { learningRate } } = run;
  return { reason: "not-finite", step, diagnosis: diagnose({ model, data, history, learningRate, ...seen }) };
}
