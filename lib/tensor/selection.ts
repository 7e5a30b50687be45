/** Operations that choose among numbers, each with its backward beside it. */

import { checkList } from "../checks/values.ts";
import { both } from "./arithmetic.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { formatShape, normalizeAxis, type Shape, ShapeError, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { asTensor, choose, numberLike, type Operand } from "./unrecorded.ts";

/**
 * Entries of `a` where the condition holds, of `b` elsewhere; all three broadcast together.
 *
 * The gradient of an entry goes to the tensor it was taken from; the other one receives 0 there. (What was not
 * taken must still have a finite derivative: 0 · ∞ is NaN. Choose before an operation rather than after it.)
 *
 * @param condition What a comparison gives: true is any number but 0
 * @param a Taken where the condition holds
 * @param b Taken elsewhere
 * @returns A tensor in the shape to which all three broadcast
 * @throws {ShapeError} If the shapes do not broadcast
 * @throws {DTypeError} If a and b have different dtypes
 * @example
 * ```ts
 * import { tensor, where } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const x = tensor([-2, 0, 3]);
 * assertEquals(where(x.greater(0), x, x.mul(0.1)).toArray(), [-0.2, 0, 3]); // a leaky ReLU
 * ```
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  checkTensor("where", "condition", condition);
  const like = a instanceof Tensor ? a : b instanceof Tensor ? b : condition;
  const [yes, no] = [a, b].map((x) => asTensor(x, like, "where"));
  if (yes.dtype !== no.dtype) {
    throw new DTypeError(`where: cannot combine ${yes.dtype} and ${no.dtype}. Make both the same.`);
  }
  const out = choose(condition, yes, no);
  const zero = numberLike(0, yes);
  const pullback = both(
    yes,
    no,
    (g) => choose(condition, g, zero),
    (g) => choose(condition, zero, g),
  );
  return record(out, [yes, no], pullback, "where", [condition]);
}

/**
 * Slices of `a` along an axis, in the order of `indices`; one that is taken twice receives both gradients.
 *
 * @param indices Which ones, counted from 0: a list, a typed array or a tensor of whole numbers, `[n]`
 * @throws {RangeError} If an index is not a whole number inside the axis
 * @throws {TypeError} If the indices require a gradient: there is none for a position
 */
export function indexSelect(a: Tensor, indices: ArrayLike<number> | Tensor, axis: number): Tensor {
  const at = normalizeAxis(axis, a.shape, "indexSelect");
  const chosen = readIndices(indices, a.shape, at);
  const length = a.shape[at], inner = sizeOf(a.shape, at + 1), outer = sizeOf(a.shape, 0, at);
  const out = emptyFloats(a.dtype, outer * chosen.length * inner);
  for (let o = 0, to = 0; o < outer; o++) {
    for (const index of chosen) {
      const from = (o * length + index) * inner;
      for (let i = from; i < from + inner; i++) out[to++] = a.data[i];
    }
  }
  const pullback = (g: Tensor) => {
    const total = new Float64Array(a.size); // rows may be repeated thousands of times: sum in float64
    for (let o = 0, from = 0; o < outer; o++) {
      for (const index of chosen) {
        const to = (o * length + index) * inner;
        for (let i = to; i < to + inner; i++) total[i] += g.data[from++];
      }
    }
    return [new Tensor(a.dtype === "float64" ? total : Float32Array.from(total), a.shape)];
  };
  return record(new Tensor(out, a.shape.with(at, chosen.length)), [a], pullback, "indexSelect");
}

function readIndices(indices: ArrayLike<number> | Tensor, shape: Shape, axis: number): number[] {
  if (indices instanceof Tensor) {
    if (indices.requiresGrad) {
      throw new TypeError(
        "indexSelect: the indices require a gradient, but a position has none. Use whole numbers that do not, " +
          "e.g. indices.detach().",
      );
    }
    if (indices.shape.length !== 1) {
      throw new ShapeError(`indexSelect: expected indices [n], got shape ${formatShape(indices.shape)}.`);
    }
  }
  if (!(indices instanceof Tensor)) checkList("indexSelect", "the indices", indices);
  const list = Array.from(indices instanceof Tensor ? indices.data : indices);
  list.forEach((index, position) => {
    if (Number.isInteger(index) && index >= 0 && index < shape[axis]) return;
    throw new RangeError(
      `indexSelect: index ${index} at position ${position} is not a whole number from 0 to ` +
        `${shape[axis] - 1}, the range of axis ${axis} of shape ${formatShape(shape)}.`,
    );
  });
  return list;
}
