/**
 * Checks of what was given, for messages that help: a notebook cell runs without a type check, so a list where a tensor
 * belongs, or an option with a slip in its name, would fail far away from the mistake, or not at all.
 */

import type { DType } from "./dtype.ts";
import { unknownName } from "./names.ts";
import { type Shape, ShapeError } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** Refuses what is no tensor. */
export function checkTensor(owner: string, what: string, x: unknown): asserts x is Tensor {
  if (x instanceof Tensor) return;
  throw new TypeError(`${owner}: expected the ${what} to be a Tensor, got ${kindOf(x)}${advice(x)}`);
}

/** The error for what is no array of floats. */
export function notFloats(data: unknown): TypeError {
  return new TypeError(
    `Tensor: expected a Float64Array or a Float32Array, got ${
      kindOf(data)
    }; of other numbers make one with ` +
      "tensor(…) or fromArray(…).",
  );
}

/**
 * Refuses an option that does not exist: a misspelt one would silently leave its default in place.
 *
 * @param owner Named in the error
 * @param names What there is
 * @throws {TypeError} If there is another one, or no options at all
 */
export function checkNames(owner: string, names: readonly string[], options: object): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const got = typeof options === "number" ? options : kindOf(options);
    throw new TypeError(`${owner}: expected an object of options, got ${got}; write { ${names[0]}: … }.`);
  }
  for (const name in options) {
    if (!names.includes(name)) throw new TypeError(`${owner}: ${unknownName("option", name, names)}`);
  }
}

/** The dtype among the options of a function that has no other options: float64 unless it says otherwise. */
export function dtypeOf(owner: string, options: { readonly dtype?: DType }): DType {
  checkNames(owner, ["dtype"], options);
  return options.dtype ?? "float64";
}

/** Throws unless it is a function. */
export function checkFunction(owner: string, what: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new TypeError(`${owner}: expected ${what} to be a function, got ${kindOf(f)}.`);
}

/** Throws unless it is a number. */
export function checkNumber(owner: string, what: string, x: unknown): asserts x is number {
  if (typeof x === "number") return;
  throw new TypeError(`${owner}: expected ${what} to be a number, got ${kindOf(x)}.`);
}

/** Throws unless it is a list or a typed array, as which a list of axes or of indices is given. */
export function checkList(owner: string, what: string, x: unknown): asserts x is ArrayLike<number> {
  if (Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView))) return;
  throw new TypeError(`${owner}: expected ${what} to be a list, got ${kindOf(x)}.`);
}

/** Throws unless each of these options is a function or left out. */
export function checkFunctions(owner: string, options: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    if (value === undefined || typeof value === "function") continue;
    const called = value instanceof Tensor || typeof value === "number" || value instanceof Promise
      ? "; write the function itself, without calling it"
      : "";
    throw new TypeError(`${owner}: expected ${name} to be a function, got ${kindOf(value)}${called}.`);
  }
}

/** Refuses what is no shape: a list of whole numbers from 0. */
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

/** Refuses more numbers than a tensor can hold: row numbers are kept in 32 bits. */
export function checkSize(owner: string, size: number): void {
  if (size < 2 ** 32) return;
  throw new RangeError(`${owner}: expected at most 2³² − 1 numbers in a tensor, got ${size}.`);
}

/** What a value is, for a message: `an array`, `undefined`, `a string`. */
export function kindOf(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (Array.isArray(x)) return "an array";
  if (typeof x !== "object") return `a ${typeof x}`;
  const name = x.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}

function advice(x: unknown): string {
  return Array.isArray(x) || ArrayBuffer.isView(x) || typeof x === "number" ? "; wrap it in tensor(…)." : ".";
}
