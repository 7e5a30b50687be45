/**
 * Which numbers were changed in place, and when: `backward()` must read the numbers that the way forward read.
 *
 * Time is a count of all such changes in the program. An operation notes the count when it is recorded; an array that was
 * changed at a later one no longer holds what the operation saw. So nothing is counted in the common case, in which
 * forward, backward and step follow one another. (PyTorch keeps a version number in every tensor for the same purpose.)
 *
 * Who writes into `tensor.data` directly is not seen here, as it is not seen in PyTorch.
 */

import type { Floats } from "../kernels/kernels.ts";
import { formatShape, type Shape } from "./shape.ts";

/** A change in place. */
interface Change {
  readonly at: number;
  /** What made it: `"SGD.step()"`. */
  readonly by: string;
}

/** What messages say of a tensor that was changed. */
interface Changeable {
  readonly data: Floats;
  readonly label: string | undefined;
  readonly shape: Shape;
}

let changes = 0;
// By the array, which a tensor has in common with its detach() and reshape().
const lastChange = new WeakMap<Floats, Change>();

/**
 * A gradient cannot be computed any more: numbers that it depends on were changed since the way forward.
 *
 * @example
 * ```ts
 * import { parameter, SGD, StaleGraphError } from "backprop";
 * import { assertThrows } from "@std/assert";
 * const w = parameter([3], { label: "w" }), optimizer = new SGD([w], { learningRate: 1 });
 * const first = w.square().sum(), second = w.square().sum(); // ∂/∂w = 2w = 6
 * first.backward();
 * optimizer.step(); // w is −3 now, and 2w = −6
 * assertThrows(() => second.backward(), StaleGraphError, "changed by SGD.step()");
 * ```
 */
export class StaleGraphError extends Error {
  /** Its name in messages. */
  override readonly name = "StaleGraphError";
}

/** Notes that `by` changed the numbers of these arrays in place. */
export function noteChange(by: string, arrays: readonly Floats[]): void {
  const change = { at: ++changes, by };
  for (const array of arrays) lastChange.set(array, change);
}

/** The count of changes up to now, for {@link checkUnchanged}. */
export function changesSoFar(): number {
  return changes;
}

/**
 * Throws if one of these tensors was changed in place.
 *
 * @param since What {@link changesSoFar} gave when they were read
 * @param reader What needs them, as the beginning of a sentence
 * @throws {StaleGraphError} Naming the tensor, and what changed it
 */
export function checkUnchanged(tensors: readonly Changeable[], since: number, reader: string): void {
  if (changes === since) return;
  for (const { data, label, shape } of tensors) {
    const change = lastChange.get(data);
    if (change === undefined || change.at <= since) continue;
    const which = label === undefined ? "a tensor" : `"${label}"`;
    throw new StaleGraphError(
      `${reader} needs the numbers that ${which} of shape ${
        formatShape(shape)
      } held on the way forward, and they were ` +
        `changed by ${change.by} since: the gradient would be wrong. Call backward() before such a change, or compute ` +
        "the result anew after it.",
    );
  }
}

/**
 * For whatever changes numbers and puts them back: those that were put back count as never changed.
 *
 * @returns To be called when they are back
 */
export function forgetChanges(arrays: readonly Floats[]): () => void {
  const before = arrays.map((array) => lastChange.get(array));
  return () =>
    arrays.forEach((array, i) => {
      const change = before[i];
      if (change) lastChange.set(array, change);
      else lastChange.delete(array);
    });
}
