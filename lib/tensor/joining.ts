/** Making one tensor of several, each with its backward beside it. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { checkTensor } from "./checks.ts";
import { DTypeError, emptyFloats } from "./dtype.ts";
import { record } from "./record.ts";
import { formatShape, normalizeAxis, type Shape, ShapeError, sizeOf } from "./shape.ts";
import { sliced, unsqueeze } from "./shaping.ts";
import { Tensor } from "./tensor.ts";

/** Along which axis tensors are joined. */
export interface JoinOptions {
  /** Counted from the front, or from the back with −1; default 0. */
  readonly axis?: number;
}

/**
 * Tensors one behind the other along an axis that they all have; each receives its part of the gradient.
 *
 * @param tensors At least one; the same shape except for the length of that axis
 * @param options `axis`
 * @returns A tensor in which that axis is as long as all together
 * @throws {ShapeError} If other lengths differ
 * @throws {DTypeError} If dtypes differ
 * @throws {RangeError} If there are none, or they do not have that axis
 * @example
 * ```ts
 * import { concatenate, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const a = tensor([[1, 2]]), b = tensor([[3, 4], [5, 6]]); // [1, 2] and [2, 2]
 * assertEquals(concatenate([a, b]).toArray(), [[1, 2], [3, 4], [5, 6]]);
 * ```
 */
export function concatenate(tensors: readonly Tensor[], options: JoinOptions = {}): Tensor {
  checkNames("concatenate", ["axis"], options);
  const { axis = 0 } = options;
  const first = firstOf("concatenate", tensors);
  const at = normalizeAxis(axis, first.shape, "concatenate");
  for (const { shape } of tensors) {
    const fits = shape.length === first.shape.length &&
      shape.every((n, i) => i === at || n === first.shape[i]);
    if (fits) continue;
    throw new ShapeError(
      `concatenate: cannot put ${formatShape(shape)} behind ${formatShape(first.shape)} along axis ${at}: ` +
        "all other lengths must be equal.",
    );
  }
  const lengths = tensors.map(({ shape }) => shape[at]);
  const shape = first.shape.with(at, lengths.reduce((sum, n) => sum + n, 0));
  const inner = sizeOf(shape, at + 1), outer = sizeOf(shape, 0, at);
  const out = emptyFloats(first.dtype, sizeOf(shape));
  for (let o = 0, to = 0; o < outer; o++) {
    tensors.forEach(({ data }, t) => {
      const block = lengths[t] * inner;
      out.set(data.subarray(o * block, (o + 1) * block), to);
      to += block;
    });
  }
  const pullback = (g: Tensor) => {
    let from = 0;
    return tensors.map((t, i) => {
      const start = from;
      from += lengths[i];
      return t.requiresGrad ? sliced(g, part(g.shape, at, start, from)) : undefined;
    });
  };
  return record(new Tensor(out, shape), [...tensors], pullback, "concatenate");
}

/**
 * Tensors of one shape side by side along a new axis: N times `[C]` become `[N, C]`.
 *
 * @param tensors At least one, all of the same shape
 * @param options `axis`: where the new axis stands in the result
 * @returns A tensor with one axis more
 * @throws {ShapeError} If the shapes differ
 * @throws {DTypeError} If dtypes differ
 * @throws {RangeError} If there are none, or the result has no such axis
 * @example
 * ```ts
 * import { stack, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const a = tensor([1, 2]), b = tensor([3, 4]);
 * assertEquals(stack([a, b]).toArray(), [[1, 2], [3, 4]]);
 * assertEquals(stack([a, b], { axis: 1 }).toArray(), [[1, 3], [2, 4]]);
 * ```
 */
export function stack(tensors: readonly Tensor[], options: JoinOptions = {}): Tensor {
  checkNames("stack", ["axis"], options);
  const { axis = 0 } = options;
  const first = firstOf("stack", tensors);
  for (const { shape } of tensors) {
    if (formatShape(shape) === formatShape(first.shape)) continue;
    throw new ShapeError(
      `stack: all shapes must be equal, got ${formatShape(first.shape)} and ${formatShape(shape)}.`,
    );
  }
  const at = normalizeAxis(axis, [1, ...first.shape], "stack");
  return concatenate(tensors.map((t) => unsqueeze(t, at)), { axis: at });
}

function firstOf(operation: string, tensors: readonly Tensor[]): Tensor {
  if (!Array.isArray(tensors)) {
    throw new TypeError(`${operation}: expected a list of tensors, [a, b], got ${kindOf(tensors)}.`);
  }
  tensors.forEach((x, i) => checkTensor(operation, `entry ${i} of the list`, x));
  if (tensors.length === 0) throw new RangeError(`${operation}: expected at least one tensor, got none.`);
  const [first] = tensors;
  const other = tensors.find(({ dtype }) => dtype !== first.dtype);
  if (other) {
    throw new DTypeError(`${operation}: cannot join ${first.dtype} and ${other.dtype}. Make all the same.`);
  }
  return first;
}

/** The ranges that take entries `from` … `to − 1` of one axis and all of the others. */
function part(shape: Shape, axis: number, from: number, to: number): [number, number][] {
  return shape.map((length, i) => i === axis ? [from, to] : [0, length]);
}
