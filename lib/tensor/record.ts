/** How operations become part of the graph. */

import { checkFunction } from "../checks/values.ts";
import { changesSoFar, checkUnchanged } from "./changes.ts";
import type { Tensor } from "./tensor.ts";

let recording = true;

/**
 * Runs `f` without recording anything for `backward()`: for predictions and measurements.
 *
 * @param f What to run; must not be async, since recording resumes when it returns
 * @returns What `f` returned
 * @throws {TypeError} If `f` returned a promise
 * @example
 * ```ts
 * import { noGrad, parameter, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter(tensor([2]));
 * assertEquals(noGrad(() => w.mul(3)).requiresGrad, false);
 * ```
 */
export function noGrad<T>(f: () => T): T {
  checkFunction("noGrad", "what to run", f);
  const before = recording;
  recording = false;
  try {
    const result = f();
    if (result instanceof Promise) {
      result.catch(() => {}); // what is thrown here says enough
      throw new TypeError(
        "noGrad: expected a function that is not async, since recording resumes as soon as it returns. " +
          "Await first, and compute inside noGrad.",
      );
    }
    return result;
  } finally {
    recording = before;
  }
}

/**
 * Makes `out` a node of the graph, if any parent requires a gradient. Every differentiable operation ends here.
 *
 * @param out The result
 * @param parents What it was computed from
 * @param pullback Given ∂L/∂out, gives ∂L/∂parent for each parent; undefined where the parent wants none
 * @param operation What made it, for pictures of the graph: `"matmul"`
 * @param reads The tensors whose numbers the pullback reads, none of which may be changed in place before that
 * @returns `out`
 */
export function record(
  out: Tensor,
  parents: readonly Tensor[],
  pullback: (gradOutput: Tensor) => readonly (Tensor | undefined)[],
  operation: string,
  reads?: readonly Tensor[],
): Tensor {
  if (recording && parents.some((parent) => parent.requiresGrad)) {
    out.requiresGrad = true;
    out.parents = parents;
    out.pullback = reads ? whileUnchanged(pullback, reads, operation) : pullback;
    out.operation = operation;
  }
  return out;
}

type Pullback = NonNullable<Tensor["pullback"]>;

/** The pullback; throws if it would read other numbers than those of the way forward. */
function whileUnchanged(pullback: Pullback, reads: readonly Tensor[], operation: string): Pullback {
  const recorded = changesSoFar();
  return (gradOutput) => {
    checkUnchanged(reads, recorded, `backward: the gradient of ${operation}`);
    return pullback(gradOutput);
  };
}
