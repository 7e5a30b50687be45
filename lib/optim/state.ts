/** The state of an optimizer as plain data, and the checks of one that comes from elsewhere. */

import { text } from "../checks/values.ts";
import type { Floats } from "../kernels/kernels.ts";
import { DTypeError, residentFloats } from "../tensor/dtype.ts";
import { ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Hyperparameters, ParameterGroup } from "./groups.ts";

/** What an optimizer remembers of one parameter. */
export interface ParameterState {
  /** Updates so far. */
  steps: number;
  /** Running sums and averages by name, each as long as the parameter. */
  buffers: Record<string, Floats>;
}

/** The names of the buffers that an optimizer keeps for each parameter. */
export interface BufferNames {
  /** Those it always needs. */
  readonly required: readonly string[];
  /** Those that only some options need. */
  readonly optional: readonly string[];
}

/**
 * An optimizer's state as plain objects, numbers and typed arrays. Loading also takes plain arrays in place of the
 * typed ones, so that it can travel as JSON:
 * `JSON.stringify(state, (_, value) => ArrayBuffer.isView(value) ? [...value] : value)`.
 */
export interface OptimizerStateDict {
  /** The class, such as `"Adam"`. */
  readonly optimizer: string;
  /** One entry a group: how many parameters it has, and its hyperparameters. */
  readonly groups: readonly {
    readonly parameterCount: number;
    readonly hyperparameters: Readonly<Record<string, unknown>>;
  }[];
  /** One entry a parameter, in the order of the groups. */
  readonly parameters: readonly {
    readonly steps: number;
    readonly buffers: Readonly<Record<string, ArrayLike<number>>>;
  }[];
}

/** The hyperparameters of each group and the state of each parameter, copied, once everything fits. */
export function readState<H extends Hyperparameters>(
  owner: string,
  saved: OptimizerStateDict,
  groups: readonly ParameterGroup<H>[],
  names: BufferNames,
): { hyperparameters: Partial<H>[]; states: Map<Tensor, ParameterState> } {
  const where = `${owner}.loadStateDict`;
  if (!Array.isArray(saved?.groups) || !Array.isArray(saved.parameters)) {
    throw new TypeError(`${where}: expected what stateDict() returned, got ${text(saved)}.`);
  }
  if (saved.optimizer !== owner) {
    throw new TypeError(`${where}: the state is of the optimizer ${text(saved.optimizer)}, not of ${owner}.`);
  }
  const counts = groups.map(({ parameters }) => parameters.length);
  const savedCounts = saved.groups.map((group) => group?.parameterCount);
  if (counts.join() !== savedCounts.join() || sum(counts) !== saved.parameters.length) {
    throw new RangeError(
      `${where}: this optimizer has groups of [${counts}] parameters, the state groups of [${savedCounts}] and ` +
        `${saved.parameters.length} parameters in all.`,
    );
  }
  const hyperparameters = groups.map(({ parameters: _, ...mine }, i) => {
    const theirs: Record<string, unknown> = Object(saved.groups[i].hyperparameters);
    const [expected, got] = [mine, theirs].map((values) => Object.keys(values).sort().join(", "));
    if (expected !== got) {
      throw new TypeError(
        `${where}: group ${i} needs the hyperparameters ${expected}; the state has ${got}.`,
      );
    }
    return structuredClone(theirs) as Partial<H>;
  });
  const states = new Map<Tensor, ParameterState>();
  groups.flatMap(({ parameters }) => parameters).forEach((parameter, i) => {
    states.set(
      parameter,
      readParameterState(`${where}: parameter ${i}`, saved.parameters[i], parameter, names),
    );
  });
  return { hyperparameters, states };
}

function readParameterState(
  where: string,
  saved: OptimizerStateDict["parameters"][number],
  parameter: Tensor,
  names: BufferNames,
): ParameterState {
  const steps = saved?.steps;
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new TypeError(`${where}: steps must be an integer ≥ 0, got ${text(steps)}.`);
  }
  const savedBuffers: Record<string, ArrayLike<number>> = Object(saved.buffers);
  const missing = steps > 0 ? names.required.filter((name) => !(name in savedBuffers)) : [];
  const unknown = Object.keys(savedBuffers).filter((name) =>
    !names.required.includes(name) && !names.optional.includes(name)
  );
  if (missing.length + unknown.length > 0) {
    throw new TypeError(
      `${where}: the buffers do not fit this optimizer; missing: ${missing.join(", ") || "none"}, ` +
        `unknown: ${unknown.join(", ") || "none"}.`,
    );
  }
  const buffers: Record<string, Floats> = {};
  for (const [name, values] of Object.entries(savedBuffers)) {
    buffers[name] = copyBuffer(`${where}: ${name}`, values, parameter);
  }
  return { steps, buffers };
}

function copyBuffer(where: string, values: ArrayLike<number>, parameter: Tensor): Floats {
  if (values?.length !== parameter.size) {
    throw new ShapeError(`${where} has ${values?.length} numbers; the parameter has ${parameter.size}.`);
  }
  const copy = residentFloats(parameter.dtype, parameter.size);
  if (ArrayBuffer.isView(values) && values.constructor !== copy.constructor) {
    throw new DTypeError(
      `${where} is a ${values.constructor.name}; the parameter is ${parameter.dtype}, and nothing is converted.`,
    );
  }
  for (let i = 0; i < copy.length; i++) {
    if (typeof values[i] !== "number") {
      throw new TypeError(`${where} must hold numbers only, got ${text(values[i])} at entry ${i}.`);
    }
    copy[i] = values[i];
  }
  return copy;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
