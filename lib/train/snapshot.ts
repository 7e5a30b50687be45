/** Everything that training changes, kept and put back. */

import { forgetChanges } from "../tensor/changes.ts";
import { Rng } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isTraining, putState, setTraining, stateOf, type TrainableModel } from "./model.ts";

/** Something whose state can be taken out and put back: every optimizer of this library. */
export interface Stateful<S = unknown> {
  /** A copy of its state. */
  stateDict(): S;
  /** Puts a copied state back. */
  loadStateDict(state: S): void;
}

/** What may change beside the model. */
export interface Companions {
  readonly optimizer?: Stateful;
  readonly rng?: Rng;
}

/**
 * Keeps a model's numbers, gradients, mode and generators, and the state of what trains it.
 *
 * @returns Puts all of it back
 */
export function keep(model: TrainableModel, { optimizer, rng }: Companions = {}): () => void {
  const numbers = stateOf(model);
  const gradients = model.parameters().map((parameter) => parameter.grad);
  const training = isTraining(model);
  const generators = [...generatorsOf(model), ...(rng ? [rng] : [])].map((rng) => ({
    rng,
    state: rng.state,
  }));
  const steps = optimizer?.stateDict();
  const forget = forgetChanges(model.parameters().map(({ data }) => data));
  return () => {
    putState(model, numbers);
    forget();
    model.parameters().forEach((parameter, i) => parameter.grad = gradients[i]);
    setTraining(model, training);
    for (const { rng, state } of generators) rng.state = state;
    optimizer?.loadStateDict(steps);
  };
}

/** The generators inside a model, such as those of its Dropout layers: whatever can be reached through its fields. */
export function generatorsOf(model: object): Rng[] {
  const found = new Set<Rng>();
  const seen = new Set<object>();
  const visit = (value: unknown) => {
    // A tensor holds numbers and the graph behind them, which may be long; no generator is in there.
    if (typeof value !== "object" || value === null || value instanceof Tensor || ArrayBuffer.isView(value)) {
      return;
    }
    if (seen.has(value)) return;
    seen.add(value);
    if (value instanceof Rng) found.add(value);
    else Object.values(value).forEach(visit);
  };
  visit(model);
  return [...found];
}
