/** What the animals of the zoo are made of: networks, data, and a loop of one's own that writes a history. */
import {
  Adam,
  type CauseName,
  crossEntropyLoss,
  type DoctorOptions,
  type DType,
  type Examples,
  examplesOf,
  fit,
  type FitOptions,
  gradNorm,
  History,
  Linear,
  type LinearOptions,
  loadMnist,
  type Module,
  ReLU,
  Rng,
  Sequential,
  SGD,
  Sigmoid,
  takeRows,
  Tanh,
  type Targets,
  Tensor,
  tensor,
  type TrainableModel,
} from "backprop";

/** A run to look at. */
export interface Run {
  history: History;
  model: TrainableModel;
  options: DoctorOptions;
}

/** A run that is wrong in one way (or in none), for any seed. The seed also varies sizes. */
export interface Animal {
  name: string;
  planted: CauseName | "healthy";
  run: (seed: number) => Promise<Run>;
}

const KINDS = { relu: ReLU, tanh: Tanh, sigmoid: Sigmoid };

/** A stack of dense layers with one kind of activation between them. */
export function stack(
  sizes: readonly number[],
  kind: keyof typeof KINDS,
  options: LinearOptions,
  ...end: Module[]
): Sequential {
  const layers = sizes.slice(1).flatMap((size, i) => [
    ...(i > 0 ? [new KINDS[kind]()] : []),
    new Linear(sizes[i], size, options),
  ]);
  return new Sequential(...layers, ...end);
}

/** `fit`, and everything it was told. */
export async function fitted<T extends Targets>(
  model: TrainableModel,
  data: Examples<T>,
  options: FitOptions<T>,
): Promise<Run> {
  const history = await fit(model, data as Examples, { quiet: true, ...options } as FitOptions);
  return { history, model, options: { data: data as Examples, ...options } as DoctorOptions };
}

/** A loop as a learner writes it, with the line that updates or the line that forgets left to the caller. */
export function ownLoop(
  model: TrainableModel,
  data: Examples,
  { loss = crossEntropyLoss, update, forget, steps, batchSize, rng }: {
    loss?: (prediction: Tensor, target: Targets) => Tensor;
    update: (parameters: readonly Tensor[]) => void;
    forget: (parameters: readonly Tensor[]) => void;
    steps: number;
    batchSize: number;
    rng: Rng;
  },
): Run {
  const history = new History();
  const count = data.inputs.shape[0];
  const perEpoch = Math.floor(count / batchSize);
  let order = rng.permutation(count);
  for (let step = 1; step <= steps; step++) {
    const at = (step - 1) % perEpoch;
    if (at === 0) order = rng.permutation(count);
    const { inputs, targets } = takeRows(data, order.slice(at * batchSize, (at + 1) * batchSize)) as Examples;
    forget(model.parameters());
    const l = loss(model.forward(inputs), targets);
    l.backward();
    const gradientNorm = gradNorm(model.parameters());
    update(model.parameters());
    history.steps.push({
      epoch: step / perEpoch,
      step,
      trainLoss: l.item(),
      learningRate: 0.1,
      gradientNorm,
      seconds: 0,
    });
  }
  return { history, model, options: { data, loss: loss === crossEntropyLoss ? undefined : loss } };
}

/** The usual way to forget. */
export function zeroGrad(parameters: readonly Tensor[]): void {
  for (const w of parameters) w.grad = undefined;
}

/** Plain gradient descent by hand; a negative rate climbs. */
export function descend(learningRate: number): (parameters: readonly Tensor[]) => void {
  return (parameters) => {
    for (const { data, grad } of parameters) {
      data.forEach((w, i) => data[i] = w - learningRate * grad!.data[i]);
    }
  };
}

/** The same examples in another order. */
export function reordered<T extends Targets>(data: Examples<T>, rows: ArrayLike<number>): Examples<T> {
  return takeRows(data as Examples, rows) as Examples<T>;
}

/** Rows sorted by class. */
export function sortedByClass({ targets }: Examples<Uint8Array>): number[] {
  return Array.from(targets.keys()).sort((a, b) => targets[a] - targets[b] || a - b);
}

/** Inputs with each column multiplied by a factor of its own and moved. */
export function rescaled<T extends Targets>(
  { inputs, targets }: Examples<T>,
  factors: readonly number[],
  shifts: readonly number[] = factors.map(() => 0),
): Examples<T> {
  const width = factors.length;
  const data = inputs.data.map((x, i) => x * factors[i % width] + shifts[i % width]);
  return { inputs: new Tensor(data, inputs.shape), targets };
}

export const adam = (model: Sequential, learningRate = 0.01): Adam =>
  new Adam(model.parameters(), { learningRate });
export const sgd = (model: Sequential, learningRate = 0.1): SGD =>
  new SGD(model.parameters(), { learningRate });

let read: ReturnType<typeof loadMnist> | undefined;

/** Some handwritten digits, at random. The files are read once. */
export async function digits(
  count: number,
  rng: Rng,
  dtype: DType = "float64",
): Promise<Examples<Uint8Array>> {
  const { train } = await (read ??= loadMnist({ quiet: true }));
  const { inputs, targets } = examplesOf(takeRows(train, rng.permutation(train.size).slice(0, count)));
  return {
    inputs: dtype === "float64" ? inputs : tensor(inputs.data, { dtype }).reshape(inputs.shape),
    targets,
  };
}
