/** Ways to make a tensor. */

import { formatShape, type Shape, ShapeError, sizeOf } from "./shape.ts";
import { type DType, emptyFloats } from "./dtype.ts";
import { type NestedNumbers, Tensor } from "./tensor.ts";

/** How a new tensor keeps its numbers; float64 unless asked otherwise. */
export interface TensorOptions {
  readonly dtype?: DType;
}

/**
 * A tensor from nested arrays.
 *
 * @param values A number, or arrays nested to any depth, all rows of one level equally long
 * @throws {ShapeError} If the rows are not equally long
 * @throws {TypeError} If an entry is not a number
 * @example
 * ```ts
 * import { tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(tensor([[1, 2, 3], [4, 5, 6]]).shape, [2, 3]);
 * assertEquals(tensor(5).shape, []);
 * ```
 */
export function tensor(
  values: NestedNumbers | ArrayLike<number>,
  { dtype = "float64" }: TensorOptions = {},
): Tensor {
  const shape: number[] = [];
  for (let level: unknown = values; isList(level); level = level[0]) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const out = emptyFloats(dtype, sizeOf(shape));
  let at = 0;
  const copy = (level: unknown, axis: number) => {
    if (axis === shape.length) {
      if (typeof level !== "number") {
        throw isList(level)
          ? unequal(shape)
          : new TypeError(`tensor: expected numbers, got ${level === null ? "null" : typeof level}.`);
      }
      out[at++] = level;
      return;
    }
    if (!isList(level) || level.length !== shape[axis]) throw unequal(shape);
    for (let i = 0; i < level.length; i++) copy(level[i], axis + 1);
  };
  copy(values, 0);
  return new Tensor(out, shape);
}

/**
 * A tensor that is to be trained: a copy with `requiresGrad`.
 *
 * @param values A tensor, or what {@link tensor} takes
 * @example
 * ```ts
 * import { parameter } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([3]);
 * w.square().sum().backward(); // L = w², ∂L/∂w = 2w
 * assertEquals(w.grad?.toArray(), [6]);
 * ```
 */
export function parameter(values: Tensor | NestedNumbers, options: TensorOptions = {}): Tensor {
  const copy = values instanceof Tensor
    ? new Tensor(values.data.slice(), values.shape)
    : tensor(values, options);
  copy.requiresGrad = true;
  return copy;
}

/** A tensor of zeros. */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 0, options);
}

/** A tensor of ones. */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 1, options);
}

/**
 * A tensor with every entry equal to `value`.
 *
 * @example
 * ```ts
 * import { full } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(full([2, 2], 7).toArray(), [[7, 7], [7, 7]]);
 * ```
 */
export function full(shape: Shape, value: number, { dtype = "float64" }: TensorOptions = {}): Tensor {
  return new Tensor(emptyFloats(dtype, sizeOf(shape)).fill(value), shape);
}

/**
 * Class indices as rows with a single 1.
 *
 * @param labels Class indices 0…C−1, `[N]`
 * @param classes C
 * @returns `[N, C]`
 * @throws {RangeError} If a label is not an integer from 0 to C−1
 * @example
 * ```ts
 * import { oneHot } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(oneHot([2, 0], 3).toArray(), [[0, 0, 1], [1, 0, 0]]);
 * ```
 */
export function oneHot(
  labels: ArrayLike<number>,
  classes: number,
  { dtype = "float64" }: TensorOptions = {},
): Tensor {
  const out = emptyFloats(dtype, labels.length * classes);
  for (let n = 0; n < labels.length; n++) {
    const label = labels[n];
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`oneHot: label ${label} at position ${n} is outside 0…${classes - 1}.`);
    }
    out[n * classes + label] = 1;
  }
  return new Tensor(out, [labels.length, classes]);
}

function isList(x: unknown): x is ArrayLike<unknown> {
  return Array.isArray(x) || ArrayBuffer.isView(x);
}

function unequal(shape: Shape): ShapeError {
  return new ShapeError(
    `tensor: rows must be equally long; the first ones say ${formatShape(shape)}, and another one differs.`,
  );
}
