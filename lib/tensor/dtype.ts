/** The two ways in which a tensor keeps its numbers. */

import { checkNames } from "../checks/options.ts";
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

/** The dtype among the options of a function that has no other options: float64 unless it says otherwise. */
export function dtypeOf(owner: string, options: { readonly dtype?: DType }): DType {
  checkNames(owner, ["dtype"], options);
  return options.dtype ?? "float64";
}
