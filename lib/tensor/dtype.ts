/** The two ways in which a tensor keeps its numbers. */

import { checkChoice, checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { kernels } from "../kernels/current.ts";
import type { Floats } from "../kernels/kernels.ts";

/** How a tensor keeps its numbers: 64 bits (about 16 digits) or 32 bits (about 7 digits, half the memory). */
export type DType = "float64" | "float32";

/**
 * Two tensors of different dtypes met in one operation, which is never converted silently.
 *
 * @example
 * ```ts
 * import { DTypeError, tensor } from "backprop";
 * import { assertThrows } from "@std/assert";
 * assertThrows(() => tensor([1]).add(tensor([1], { dtype: "float32" })), DTypeError, "float64 and float32");
 * ```
 */
export class DTypeError extends Error {
  /** Its name in messages. */
  override readonly name = "DTypeError";
}

/** A typed array of zeros for a dtype. */
export function emptyFloats(dtype: DType, size: number): Floats {
  if (dtype === "float64") return new Float64Array(size);
  if (dtype === "float32") return new Float32Array(size);
  throw new RangeError(`Expected dtype to be "float64" or "float32", got ${JSON.stringify(dtype)}.`);
}

/** Zeros in kernel memory, for arrays that are used in every step, such as parameters. */
export function residentFloats(dtype: DType, size: number): Floats {
  return kernels.resident?.(dtype, size) ?? emptyFloats(dtype, size);
}

/** The error for data that is not a Float64Array or Float32Array. */
export function notFloats(data: unknown): TypeError {
  return new TypeError(
    `Tensor: expected a Float64Array or a Float32Array, got ${
      kindOf(data)
    }; of other numbers make one with ` +
      "tensor(…) or fromArray(…).",
  );
}

/** For numbers that are computed in 64 bits whatever the default is. */
export const FLOAT64 = { dtype: "float64" } as const;

let standard: DType = "float64";

/** The dtype of what is made without saying which: float64, unless {@link setDefaultDType} chose another. */
export function defaultDType(): DType {
  return standard;
}

/**
 * Chooses the dtype of tensors, layers and data sets that are made from now on without the option `dtype`, so that it
 * need not be repeated. What is there already stays as it is, and the option still wins.
 *
 * @param dtype `"float64"`, which holds until another is chosen, or `"float32"`, for training at speed
 * @returns The default before, to go back to it
 * @throws {RangeError} If it is neither
 * @example
 * ```ts
 * import { Linear, Rng, setDefaultDType, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const before = setDefaultDType("float32");
 * assertEquals(new Linear(2, 3, { rng: new Rng(0) }).weight.dtype, "float32");
 * assertEquals(tensor([1], { dtype: "float64" }).dtype, "float64");
 * setDefaultDType(before);
 * assertEquals(tensor([1]).dtype, "float64");
 * ```
 */
export function setDefaultDType(dtype: DType): DType {
  checkChoice("setDefaultDType", "dtype", dtype, ["float64", "float32"]);
  const before = standard;
  standard = dtype;
  return before;
}

/** The dtype among the options of a function that has no other options: the default unless it says otherwise. */
export function dtypeOf(owner: string, options: { readonly dtype?: DType }): DType {
  checkNames(owner, ["dtype"], options);
  return options.dtype ?? standard;
}
