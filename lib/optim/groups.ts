/** From what the caller wants trained to groups with complete hyperparameters. */

import { withDefaults } from "../checks/options.ts";
import { text } from "../checks/values.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What every optimizer lets one choose. */
export interface Hyperparameters {
  /** η ≥ 0: how far a step goes. */
  learningRate: number;
}

/** Parameters that are trained with the same hyperparameters, which may be changed between steps. */
export type ParameterGroup<H extends Hyperparameters> = H & { readonly parameters: readonly Tensor[] };

/** What an optimizer is given to train: a list of parameters, or groups of them with options of their own. */
export type Trainable<H extends Hyperparameters> =
  | readonly Tensor[]
  | readonly (Partial<H> & { readonly parameters: readonly Tensor[] })[];

/** Groups in which every hyperparameter is set, from a plain list (one group) or from groups. */
export function makeGroups<H extends Hyperparameters>(
  owner: string,
  parameters: Trainable<H>,
  defaults: H,
): ParameterGroup<H>[] {
  if (!Array.isArray(parameters)) {
    throw new TypeError(
      `${owner}: expected a list of parameters, such as model.parameters(), got ${text(parameters)}.`,
    );
  }
  type Input = Partial<H> & { readonly parameters: readonly Tensor[] };
  const isGrouped = parameters.every((entry) =>
    !(entry instanceof Tensor) && Array.isArray(entry?.parameters)
  );
  const inputs = (isGrouped ? parameters : [{ parameters }]) as readonly Input[];
  const seen = new Set<object>();
  const groups = inputs.map(({ parameters, ...options }) => {
    parameters.forEach((parameter, i) => checkParameter(owner, parameter, i, seen));
    const hyperparameters = withDefaults(owner, defaults, options as unknown as Partial<H>);
    return { ...structuredClone(hyperparameters), parameters: [...parameters] }; // the caller may change both
  });
  if (seen.size === 0) {
    throw new RangeError(
      `${owner}: got no parameters, so there is nothing to train. Does the model have layers?`,
    );
  }
  return groups;
}

function checkParameter(owner: string, parameter: unknown, i: number, seen: Set<object>): void {
  if (!(parameter instanceof Tensor)) {
    throw new TypeError(
      `${owner}: entry ${i} of the parameters is ${text(parameter)}; expected tensors only, ` +
        "or groups { parameters: [...] } only.",
    );
  }
  if (!parameter.requiresGrad) {
    throw new TypeError(
      `${owner}: parameter ${i} does not require a gradient, so it would never change. Make it with parameter(), ` +
        "or leave frozen ones out: parameters.filter((p) => p.requiresGrad).",
    );
  }
  if (parameter.pullback !== undefined) {
    throw new TypeError(
      `${owner}: parameter ${i} is the result of an operation, which the next forward pass computes anew. ` +
        "Train what it was computed from, or a copy: parameter(tensor).",
    );
  }
  // Two tensors on one array, as detach() makes them, would be two updates of the same numbers.
  if (seen.has(parameter.data)) {
    throw new RangeError(
      `${owner}: parameter ${i} is there twice, so a step would update it twice. Leave one out.`,
    );
  }
  seen.add(parameter.data);
}
