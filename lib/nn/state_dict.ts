/** Saving and restoring the numbers of a model by name. */

import { kindOf } from "../checks/values.ts";
import { noteChange } from "../tensor/changes.ts";
import { DTypeError } from "../tensor/dtype.ts";
import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** The numbers of a model by name: `{ "0.weight": Tensor, "0.bias": Tensor }`. */
export type StateDict = Record<string, Tensor>;

/** Copies, so that further training does not change what was saved. */
export function copyState(named: readonly (readonly [string, Tensor])[]): StateDict {
  return Object.fromEntries(named.map(([name, t]) => [name, new Tensor(t.data.slice(), t.shape)]));
}

/**
 * Writes saved numbers into the tensors of a model; checks everything before it writes anything.
 *
 * @param model Named in errors
 */
export function loadState(
  model: string,
  named: readonly (readonly [string, Tensor])[],
  state: StateDict,
): void {
  if (typeof state !== "object" || state === null) {
    throw new TypeError(
      `loadStateDict: expected what stateDict() gave, tensors by name, got ${kindOf(state)}.`,
    );
  }
  const names = new Set(named.map(([name]) => name));
  for (const name of Object.keys(state)) {
    if (!names.has(name)) {
      throw new TypeError(
        `loadStateDict: ${model} has no "${name}"; it has ${[...names].join(", ") || "no state at all"}.`,
      );
    }
  }
  for (const [name, tensor] of named) {
    if (!Object.hasOwn(state, name)) {
      throw new TypeError(
        `loadStateDict: "${name}" ${formatShape(tensor.shape)} of ${model} is missing in the saved state.`,
      );
    }
    const saved = state[name];
    if (!(saved instanceof Tensor)) {
      throw new TypeError(
        `loadStateDict: expected "${name}" to be a Tensor ${formatShape(tensor.shape)}, got ${typeof saved}.`,
      );
    }
    if (!sameShape(saved.shape, tensor.shape)) {
      throw new ShapeError(
        `loadStateDict: "${name}" of ${model} has shape ${formatShape(tensor.shape)}, the saved one ` +
          `${formatShape(saved.shape)}.`,
      );
    }
    if (saved.dtype !== tensor.dtype) {
      throw new DTypeError(
        `loadStateDict: "${name}" of ${model} is ${tensor.dtype}, the saved one ${saved.dtype}.`,
      );
    }
  }
  for (const [name, tensor] of named) tensor.data.set(state[name].data);
  noteChange("loadStateDict()", named.map(([, { data }]) => data));
}
