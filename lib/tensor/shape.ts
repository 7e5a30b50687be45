/** Sizes, strides and broadcasting: the arithmetic of shapes, and the error for shapes that do not fit. */

import { kindOf } from "../checks/values.ts";

/** The lengths of a tensor's axes; `[]` is a scalar. */
export type Shape = readonly number[];

/** Numbers in row-major order, and the lengths of their axes (`[]` for a single number). */
export interface Numbers {
  readonly data: ArrayLike<number>;
  readonly shape: Shape;
}

/**
 * Two shapes that an operation cannot combine, or a shape that it cannot use. The message names the operation,
 * what it expected and both shapes.
 *
 * @example
 * ```ts
 * import { ShapeError, tensor } from "backprop";
 * import { assertThrows } from "@std/assert";
 * assertThrows(() => tensor([1, 2]).add(tensor([1, 2, 3])), ShapeError, "[2] and [3]");
 * ```
 */
export class ShapeError extends Error {
  /** Its name in messages. */
  override readonly name = "ShapeError";
}

/** Throws unless `shape` is a list of whole numbers from 0. */
export function checkShape(owner: string, shape: unknown): asserts shape is Shape {
  if (Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length >= 0)) return;
  const got = Array.isArray(shape)
    ? `[${shape.join(", ")}]`
    : typeof shape === "number"
    ? shape
    : kindOf(shape);
  throw new ShapeError(
    `${owner}: expected a shape, a list of whole numbers from 0 such as [2, 3], got ${got}.`,
  );
}

/** Throws if `size` is more than a tensor can hold: row numbers are kept in 32 bits. */
export function checkSize(owner: string, size: number): void {
  if (size < 2 ** 32) return;
  throw new RangeError(`${owner}: expected at most 2³² − 1 numbers in a tensor, got ${size}.`);
}

/** `[64, 10]`, as every message prints a shape. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The index of entry `flat` along each axis: entry 7 of a [2, 5] is [1, 2]. */
export function unravel(flat: number, shape: Shape): number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(flat / stride) % shape[axis]);
}

/** The index of entry `flat` along each axis, as messages print it: "[1, 2]". */
export function formatIndex(flat: number, shape: Shape): string {
  return formatShape(unravel(flat, shape));
}

/** The number of entries of a shape, or along axes `from` … `to − 1` of it: the product of the lengths, 1 for none. */
export function sizeOf(shape: Shape, from = 0, to = shape.length): number {
  let size = 1;
  for (let axis = from; axis < to; axis++) size *= shape[axis];
  return size;
}

/** How far apart in memory neighbours along each axis are, row-major: `[2, 3]` has strides `[3, 1]`. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Whether two shapes are equal, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/**
 * The shape of an elementwise result, by NumPy's rule: align the shapes at the right; along each axis the
 * lengths must be equal, or one of them 1, which is then repeated.
 *
 * @param a First shape
 * @param b Second shape
 * @param operation Named in the error
 * @throws {ShapeError} If an axis has two different lengths and neither is 1
 */
export function broadcastShapes(a: Shape, b: Shape, operation: string): number[] {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const lengthA = axis < rank - a.length ? 1 : a[axis - rank + a.length];
    const lengthB = axis < rank - b.length ? 1 : b[axis - rank + b.length];
    if (lengthA !== lengthB && lengthA !== 1 && lengthB !== 1) {
      throw new ShapeError(
        `${operation}: cannot combine shapes ${formatShape(a)} and ${formatShape(b)}: axes aligned at ` +
          `the right must be equal or 1, got ${lengthA} and ${lengthB}. Reshape one of them so that they line up.`,
      );
    }
    shape[axis] = lengthA === 1 ? lengthB : lengthA;
  }
  return shape;
}

/** Strides that read a tensor of shape `from` as if it had shape `to`: 0 along every repeated axis. */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const own = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((_, axis) => axis < missing || from[axis - missing] === 1 ? 0 : own[axis - missing]);
}

/**
 * An axis counted from the front: −1 is the last one.
 *
 * @throws {RangeError} If there is no such axis
 */
export function normalizeAxis(axis: number, shape: Shape, operation: string): number {
  const normalized = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || normalized < 0 || normalized >= shape.length) {
    throw new RangeError(
      `${operation}: axis ${axis} does not exist in shape ${formatShape(shape)}; ` +
        (shape.length === 0 ? "a scalar has no axes." : `expected ${-shape.length} … ${shape.length - 1}.`),
    );
  }
  return normalized;
}
