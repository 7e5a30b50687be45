import { checkNames } from "../checks/options.ts";
import { batches } from "../data/batches.ts";
import { maxOf, minOf } from "../kernels/extremes.ts";
import type { Examples, Targets } from "../data/dataset.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { linspace } from "../tensor/patterns.ts";
import { noGrad } from "../tensor/record.ts";
import type { NestedNumbers, Tensor } from "../tensor/tensor.ts";
import { defaultMeasures } from "./evaluate.ts";
import type { Loss, TrainingOptions } from "./fit_options.ts";
import { namesOf, setTraining, type TrainableModel } from "./model.ts";
import { prepareTraining } from "./trainable.ts";

/** Options of {@link recordTraining}: those of `fit` that say how a step is made, and how many. */
export interface RecordTrainingOptions<T extends Targets = Targets>
  extends Pick<TrainingOptions<T>, "batchSize" | "loss" | "rng" | "dropLast"> {
  /** Made for the parameters of the model. */
  readonly optimizer: Optimizer;
  /** Times the loop's body runs: steps, where `fit` counts epochs. */
  readonly iterations: number;
}

/** One parameter in one iteration. */
export interface RecordedParameter {
  /** As the model names it: `"weight"`, `"0.bias"`. */
  readonly name: string;
  /** Before the update. */
  readonly before: NestedNumbers;
  /** ∂L/∂p after `backward()`. */
  readonly gradient: NestedNumbers;
  /** After the update. */
  readonly after: NestedNumbers;
}

/** One turn of the loop: everything that went in and came out. */
export interface RecordedIteration {
  /** From 1. */
  readonly epoch: number;
  /** Row numbers of the batch in the data. */
  readonly rows: readonly number[];
  /** x, the rows of the batch. */
  readonly inputs: NestedNumbers;
  /** y, what should come out. */
  readonly targets: NestedNumbers;
  /** ŷ, what came out. */
  readonly predictions: NestedNumbers;
  /** L, of this batch before the update. */
  readonly loss: number;
  /** The loss of the same batch with the new weights. */
  readonly lossAfter: number;
  /** Each parameter, in the order of the model. */
  readonly parameters: readonly RecordedParameter[];
}

/** A recorded run of the training loop; plain data. Made by {@link recordTraining}. */
export interface TrainingRecord {
  /** `"Linear(1 → 1)"` */
  readonly model: string;
  /** `"SGD"` */
  readonly optimizer: string;
  /** η, at the end of the run. */
  readonly learningRate: number;
  /** Whether one step is p − η·∂L/∂p: SGD without momentum or weight decay. */
  readonly plain: boolean;
  /** `"mseLoss"` */
  readonly loss: string;
  /** Examples in a batch. */
  readonly batchSize: number;
  /** Examples in all. */
  readonly exampleCount: number;
  /** Every turn of the loop. */
  readonly iterations: readonly RecordedIteration[];
  /** Where one number goes in and one comes out: all examples, and what the model says before and after each iteration. */
  readonly curve?: {
    readonly inputs: readonly number[];
    readonly targets: readonly number[];
    readonly x: readonly number[];
    /** iterations + 1 lists, as long as x. */
    readonly predictions: readonly (readonly number[])[];
  };
}

/**
 * Runs the training loop a few times and writes down every number: the batch, the predictions, the loss, the gradients,
 * the parameters before and after. `loopStepper` shows the record step by step.
 *
 * The model is trained by it, as by any loop.
 *
 * @param model A layer or network with few parameters
 * @param train `inputs` `[N, D]` and `targets`
 * @param options `optimizer`, `batchSize`, `iterations`, and perhaps `loss` (default as in `fit`), `rng` and `dropLast`
 * @returns Plain data, which can be saved as JSON
 * @throws {RangeError} If `iterations` is no whole number from 1
 * @throws {TypeError} If an option is unknown or of the wrong kind, or the optimizer trains another model
 * @example
 * ```ts
 * import { Linear, lossSurfaceLine, mseLoss, recordTraining, Rng, SGD } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const model = new Linear(1, 1, { rng });
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * const record = recordTraining(model, lossSurfaceLine(), { optimizer, loss: mseLoss, batchSize: 4, iterations: 6, rng });
 * assertEquals(record.iterations.map(({ epoch }) => epoch), [1, 1, 1, 1, 1, 2]); // 20 examples are 5 batches
 * ```
 */
export function recordTraining<T extends Targets>(
  model: TrainableModel,
  train: Examples<T>,
  options: RecordTrainingOptions<T>,
): TrainingRecord {
  checkNames("recordTraining", ["optimizer", "batchSize", "iterations", "loss", "rng", "dropLast"], options);
  const { optimizer, batchSize, iterations: count } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`recordTraining: expected iterations to be a whole number from 1, got ${count}.`);
  }
  const { loss } = prepareTraining(
    "recordTraining",
    model,
    train as Examples,
    options as unknown as TrainingOptions,
  );
  const iterations: RecordedIteration[] = [];
  const curve = curveOf(model, train);
  for (let epoch = 1; iterations.length < count; epoch++) {
    const { batch, rows } = epochOf(train, options);
    for (let k = 0; k < batch.length && iterations.length < count; k++) {
      iterations.push({ epoch, rows: rows[k], ...oneIteration(model, batch[k], loss as Loss<T>, optimizer) });
      curve?.predictions.push(curve.predict());
    }
  }
  const { learningRate } = optimizer;
  return {
    model: String(model),
    optimizer: optimizer.name,
    learningRate,
    plain: isPlain(iterations, learningRate),
    loss: (options.loss ?? defaultMeasures(train.targets).loss).name,
    batchSize,
    exampleCount: train.inputs.shape[0],
    iterations,
    ...(curve && {
      curve: { inputs: curve.inputs, targets: curve.targets, x: curve.x, predictions: curve.predictions },
    }),
  };
}

/** The batches of one epoch, and which rows they hold. */
function epochOf<T extends Targets>(
  train: Examples<T>,
  { batchSize, rng, dropLast }: RecordTrainingOptions<T>,
) {
  let order: ArrayLike<number> | undefined;
  // Listens to the shuffling, so that the rows are known without shuffling twice.
  const heard = rng && { permutation: (n: number) => order = rng.permutation(n) };
  const batch = [...batches(train as Examples<Targets>, { batchSize, dropLast, rng: heard })] as Examples<
    T
  >[];
  const all = Array.from(order ?? { length: train.inputs.shape[0] }, (row, i) => row as number ?? i);
  return { batch, rows: batch.map((_, k) => all.slice(k * batchSize, (k + 1) * batchSize)) };
}

/** The loop's body, with a look at everything. */
function oneIteration<T extends Targets>(
  model: TrainableModel,
  { inputs, targets }: Examples<T>,
  lossOf: Loss<T>,
  optimizer: Optimizer,
): Omit<RecordedIteration, "epoch" | "rows"> {
  const named = namesOf(model);
  const before = named.map(([, parameter]) => parameter.toArray());
  setTraining(model, true);
  const prediction = model.forward(inputs);
  const loss = lossOf(prediction, targets);
  optimizer.zeroGrad();
  loss.backward();
  const gradients = named.map(([, parameter]) => parameter.grad?.toArray() ?? 0);
  optimizer.step();
  setTraining(model, false);
  const lossAfter = noGrad(() => lossOf(model.forward(inputs), targets).item());
  return {
    inputs: inputs.toArray(),
    targets: targets instanceof Uint8Array ? [...targets] : (targets as Tensor).toArray(),
    predictions: prediction.toArray(),
    loss: loss.item(),
    lossAfter,
    parameters: named.map(([name, parameter], i) => ({
      name,
      before: before[i],
      gradient: gradients[i],
      after: parameter.toArray(),
    })),
  };
}

/** Points on the curve of what the model says: enough for a smooth line. */
const CURVE_POINTS = 41;

function curveOf<T extends Targets>(model: TrainableModel, { inputs, targets }: Examples<T>) {
  if (targets instanceof Uint8Array || inputs.shape.slice(1).join() !== "1") return undefined;
  if ((targets as Tensor).size !== inputs.size) return undefined;
  const values = Array.from(inputs.data);
  const [low, high] = [minOf(values), maxOf(values)];
  const reach = (high - low) * 0.1;
  const x = linspace(low - reach, high + reach, CURVE_POINTS, { dtype: inputs.dtype }).reshape([
    CURVE_POINTS,
    1,
  ]);
  const predict = () => {
    setTraining(model, false);
    return Array.from(noGrad(() => model.forward(x)).data, short);
  };
  return {
    inputs: values,
    targets: Array.from((targets as Tensor).data),
    x: Array.from(x.data, short),
    predict,
    predictions: [predict()],
  };
}

/** For a picture: five digits. */
function short(value: number): number {
  return Number(value.toPrecision(5));
}

/** Whether every step was p − η·∂L/∂p, as far as one can see. */
function isPlain(iterations: readonly RecordedIteration[], learningRate: number): boolean {
  const flat = (values: NestedNumbers): number[] =>
    typeof values === "number" ? [values] : values.flatMap((inner) => flat(inner));
  return iterations.every(({ parameters }) =>
    parameters.every(({ before, gradient, after }) => {
      const [p, g, q] = [before, gradient, after].map(flat);
      return p.every((value, i) =>
        Math.abs(value - learningRate * (g[i] ?? 0) - q[i]) <= 1e-6 * (1 + Math.abs(q[i]))
      );
    })
  );
}
