/** What training needs to know of a model, and what it does with one that knows more. */

import { kindOf } from "../checks/values.ts";
import { noteChange } from "../tensor/changes.ts";
import { noGrad } from "../tensor/record.ts";
import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Anything that predicts. If it has modes, as a `Sequential` has, they are switched as needed. */
export interface Predictor {
  /** Outputs for inputs `[N, D]`, one row an example. */
  forward(inputs: Tensor): Tensor;
}

/** The numbers of a model by name. */
export type ModelState = Record<string, Tensor>;

/**
 * Anything that can be trained: it predicts, and names its parameters. A `Sequential` is one; so is any object with
 * these two methods. With more of them, more can be said and saved about it.
 *
 * @example
 * ```ts
 * import { parameter, Tensor, type TrainableModel, zeros } from "backprop";
 *
 * const W = parameter(zeros([2, 3])), b = parameter(zeros([3]));
 * const model: TrainableModel = {
 *   forward: (x: Tensor) => x.matmul(W).add(b),
 *   parameters: () => [W, b],
 * };
 * ```
 */
export interface TrainableModel extends Predictor {
  /** What is trained: tensors with `requiresGrad`. */
  parameters(): readonly Tensor[];
  /** The parameters with their names, for diagnoses. */
  namedParameters?(): Iterable<readonly [string, Tensor]>;
  /** The layers in order, if the model is a chain of them, for diagnoses. */
  readonly layers?: readonly Predictor[];
  /** Whether it is in training mode, where dropout drops. */
  readonly training?: boolean;
  /** Switches to training mode; only with {@link eval}. */
  train?(): unknown;
  /** Switches to prediction mode. */
  eval?(): unknown;
  /** A copy of all its numbers; without it, the parameters are all there is. */
  stateDict?(): ModelState;
  /** Puts them back. */
  loadStateDict?(state: ModelState): void;
}

/** Throws unless there is something that predicts. */
export function checkPredictor(owner: string, model: unknown): asserts model is Predictor {
  if (typeof (model as Predictor | undefined)?.forward === "function") return;
  throw new TypeError(
    `${owner}: expected a model with forward(inputs), such as a Sequential; got ${kindOf(model)}.`,
  );
}

/** Every parameter with a name: the model's own, or `parameter 1`, `parameter 2` … */
export function namesOf(model: TrainableModel): (readonly [string, Tensor])[] {
  if (model.namedParameters) return [...model.namedParameters()];
  return model.parameters().map((tensor, i) => [`parameter ${i + 1}`, tensor]);
}

/** Whether no parameter holds NaN or an infinity. */
export function hasOnlyFiniteNumbers(model: TrainableModel): boolean {
  return model.parameters().every(({ data }) => data.every(Number.isFinite));
}

/** A copy of the model's numbers. */
export function stateOf(model: TrainableModel): ModelState {
  if (model.stateDict && model.loadStateDict) return model.stateDict();
  return Object.fromEntries(
    namesOf(model).map(([name, { data, shape }]) => [name, new Tensor(data.slice(), shape)]),
  );
}

/**
 * Puts copied numbers back, into the same tensors.
 *
 * @throws {ShapeError} If they are of another model
 */
export function putState(model: TrainableModel, state: ModelState): void {
  if (model.stateDict && model.loadStateDict) return model.loadStateDict(state);
  const named = namesOf(model);
  for (const [name, { shape, dtype }] of named) {
    const saved = state[name];
    if (saved === undefined || !sameShape(saved.shape, shape) || saved.dtype !== dtype) {
      const got = saved === undefined ? "nothing" : `${formatShape(saved.shape)} in ${saved.dtype}`;
      throw new ShapeError(
        `The model's ${name} is ${formatShape(shape)} in ${dtype}; the saved one is ${got}.`,
      );
    }
  }
  for (const [name, { data }] of named) data.set(state[name].data);
  noteChange("putting saved weights back", named.map(([, { data }]) => data));
}

/** Switches a model that has modes to training or prediction; one that has none stays as it is. */
export function setTraining(model: object, training: boolean): void {
  if (!hasModes(model)) return;
  if (training) model.train();
  else model.eval();
}

/** Whether a model is in training mode; one without modes always is. */
export function isTraining(model: object): boolean {
  return !hasModes(model) || model.training !== false;
}

/** Runs `f` in prediction mode and without recording, then goes back to the mode before. */
export function predicting<T>(model: Predictor, f: () => T): T {
  const before = isTraining(model);
  setTraining(model, false);
  try {
    return noGrad(f);
  } finally {
    setTraining(model, before);
  }
}

/** A learner's own class may well have a method train(data, …) that trains: that is no switch. */
function hasModes(
  model: object,
): model is Required<Pick<TrainableModel, "train" | "eval">> & { readonly training?: boolean } {
  const { train, eval: predict } = model as Partial<TrainableModel>;
  return typeof train === "function" && typeof predict === "function" && train.length === 0;
}
