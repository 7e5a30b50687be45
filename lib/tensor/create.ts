/** Ways to make a tensor. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { checkShape, checkSize, formatShape, type Shape, ShapeError, sizeOf } from "./shape.ts";
import { type DType, dtypeOf, emptyFloats, residentFloats } from "./dtype.ts";
import { type Labels, readLabels } from "./labels.ts";
import { type NestedNumbers, Tensor } from "./tensor.ts";

/** How a new tensor keeps its numbers; float64 unless asked otherwise. */
export interface TensorOptions {
  /** `"float64"` or `"float32"` (default as in `setDefaultDType`: `"float64"`). */
  readonly dtype?: DType;
}

/**
 * A tensor from nested arrays.
 *
 * @param values A number, or arrays nested to any depth, all rows of one level equally long
 * @param options `dtype`
 * @returns A tensor with one axis for each level; `[]` for a number
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
  options: TensorOptions = {},
): Tensor {
  const dtype = dtypeOf("tensor", options);
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
          : new TypeError(`tensor: expected numbers, got ${kindOf(level)}${remedy(level)}.`);
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

/** How a new parameter keeps its numbers, and what it is called. */
export interface ParameterOptions extends TensorOptions {
  /** Its name in pictures of the graph, such as `"W"`. */
  readonly label?: string;
}

/**
 * A tensor that is to be trained: a copy with `requiresGrad`.
 *
 * @param values A tensor, whose dtype it keeps, or what {@link tensor} takes
 * @param options `label`, for pictures, and `dtype`
 * @returns A leaf in the shape of the values
 * @example
 * ```ts
 * import { parameter } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const w = parameter([3]);
 * w.square().sum().backward(); // L = w², ∂L/∂w = 2w
 * assertEquals(w.grad?.toArray(), [6]);
 * ```
 */
export function parameter(values: Tensor | NestedNumbers, options: ParameterOptions = {}): Tensor {
  checkNames("parameter", ["label", "dtype"], options);
  const { data, shape, dtype } = values instanceof Tensor ? values : tensor(values, { dtype: options.dtype });
  const copy = new Tensor(residentFloats(dtype, data.length), shape);
  copy.data.set(data);
  copy.requiresGrad = true;
  copy.label = options.label;
  return copy;
}

/**
 * A tensor from numbers in row-major order, which are copied.
 *
 * @param values As many numbers as the shape holds: a list or any typed array, such as bytes from a file
 * @param shape The lengths of the axes
 * @param options `dtype`, whatever that of the typed array was
 * @returns A tensor of that shape
 * @throws {ShapeError} If the shape does not hold exactly that many numbers
 * @throws {TypeError} If an entry is not a number
 * @example
 * ```ts
 * import { fromArray } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(fromArray(Uint8Array.of(0, 64, 128, 255), [2, 2]).toArray(), [[0, 64], [128, 255]]);
 * ```
 */
export function fromArray(
  values: ArrayLike<number>,
  shape: Shape,
  options: TensorOptions = {},
): Tensor {
  const dtype = dtypeOf("fromArray", options);
  checkShape("fromArray", shape);
  if (!isList(values)) {
    throw new TypeError(`fromArray: expected a list or a typed array of numbers, got ${kindOf(values)}.`);
  }
  if (Array.isArray(values)) {
    const wrong = values.findIndex((value) => typeof value !== "number");
    if (wrong >= 0) {
      const value: unknown = values[wrong];
      const hint = isList(value) ? "; for nested lists there is tensor(…)" : "";
      throw new TypeError(`fromArray: expected numbers, got ${kindOf(value)} at position ${wrong}${hint}.`);
    }
  }
  const out = emptyFloats(dtype, values.length);
  out.set(values);
  return new Tensor(out, shape);
}

/**
 * A tensor of zeros.
 *
 * @param shape The lengths of the axes; `[]` for a scalar
 * @param options `dtype`
 * @returns A tensor of that shape
 * @throws {ShapeError} If it is no list of whole numbers from 0
 * @example
 * ```ts
 * import { zeros } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(zeros([2, 3]).toArray(), [[0, 0, 0], [0, 0, 0]]);
 * ```
 */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("zeros", shape, 0, options);
}

/**
 * A tensor of ones.
 *
 * @param shape The lengths of the axes; `[]` for a scalar
 * @param options `dtype`
 * @returns A tensor of that shape
 * @throws {ShapeError} If it is no list of whole numbers from 0
 * @example
 * ```ts
 * import { ones } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(ones([2]).toArray(), [1, 1]);
 * ```
 */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("ones", shape, 1, options);
}

/**
 * A tensor with every entry equal to `value`.
 *
 * @param shape The lengths of the axes; `[]` for a scalar
 * @param value Any number
 * @param options `dtype`
 * @returns A tensor of that shape
 * @throws {ShapeError} If it is no list of whole numbers from 0
 * @throws {TypeError} If the value is no number
 * @example
 * ```ts
 * import { full } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(full([2, 2], 7).toArray(), [[7, 7], [7, 7]]);
 * ```
 */
export function full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
  if (typeof value !== "number") {
    throw new TypeError(`full: expected a number as value, got ${kindOf(value)}.`);
  }
  return filled("full", shape, value, options);
}

function filled(owner: string, shape: Shape, value: number, options: TensorOptions): Tensor {
  const dtype = dtypeOf(owner, options);
  checkShape(owner, shape);
  checkSize(owner, sizeOf(shape));
  return new Tensor(emptyFloats(dtype, sizeOf(shape)).fill(value), shape);
}

/**
 * Class indices as rows with a single 1.
 *
 * @param labels Class indices 0…C−1, `[N]`: a list, a typed array or a tensor
 * @param classes C
 * @returns `[N, C]`
 * @throws {RangeError} If a label is not an integer from 0 to C−1, or C is not one from 1
 * @throws {TypeError} If a label is no number, such as the text "1"
 * @example
 * ```ts
 * import { oneHot } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(oneHot([2, 0], 3).toArray(), [[0, 0, 1], [1, 0, 0]]);
 * ```
 */
export function oneHot(
  labels: Labels,
  classes: number,
  options: TensorOptions = {},
): Tensor {
  const dtype = dtypeOf("oneHot", options);
  if (!Number.isInteger(classes) || classes < 1) {
    throw new RangeError(`oneHot: expected the number of classes to be an integer ≥ 1, got ${classes}.`);
  }
  const list = readLabels("oneHot", labels, { classes });
  checkSize("oneHot", list.length * classes);
  const out = emptyFloats(dtype, list.length * classes);
  for (let n = 0; n < list.length; n++) out[n * classes + list[n]] = 1;
  return new Tensor(out, [list.length, classes]);
}

function remedy(x: unknown): string {
  if (x instanceof Tensor) return "; it is one already, or join several with stack([a, b])";
  return typeof x === "boolean" ? "; write 1 and 0" : "";
}

function isList(x: unknown): x is ArrayLike<unknown> {
  return Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));
}

function unequal(shape: Shape): ShapeError {
  return new ShapeError(
    `tensor: rows must be equally long; the first ones say ${formatShape(shape)}, and another one differs.`,
  );
}
