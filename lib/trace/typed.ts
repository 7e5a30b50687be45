/** Numbers as a person types them: without superfluous axes, and rounded. */

import { FLOAT64 } from "../tensor/dtype.ts";
import { closeTo } from "../tensor/closeness.ts";
import { tensor } from "../tensor/create.ts";
import { sameShape } from "../tensor/shape.ts";
import { type NestedNumbers, Tensor } from "../tensor/tensor.ts";

/** Numbers as a tensor; in the shape of what is wanted, if that only differs by axes of length 1. */
export function readTyped(
  name: string,
  value: number | NestedNumbers | Tensor,
  want: Tensor | undefined,
): Tensor {
  let x: Tensor;
  try {
    x = value instanceof Tensor ? value.detach() : tensor(value, FLOAT64);
  } catch {
    throw new TypeError(
      `checkTrace: expected ${name} to be a number or nested arrays of numbers, got ${String(value)}.`,
    );
  }
  const squeeze = (shape: readonly number[]) => shape.filter((length) => length !== 1).join();
  return want && squeeze(x.shape) === squeeze(want.shape) ? x.reshape(want.shape) : x;
}

/** Equal, or equal when rounded to the decimals that were typed (two significant digits at least). */
export function isClose(have: Tensor, want: Tensor, tolerance: number): boolean {
  if (have.size !== want.size || !sameShape(have.shape, want.shape)) return false;
  const close = closeTo(want.data, tolerance);
  return have.data.every((x, i) => close(x, want.data[i]) || Math.abs(x - want.data[i]) <= rounding(x));
}

/** Half a unit of the last decimal typed. */
function rounding(x: number): number {
  const [digits, exponent = "0"] = String(Math.abs(x)).split("e");
  const significant = digits.replace(".", "").replace(/^0+/, "").length;
  if (significant < 2 || !digits.includes(".") && exponent === "0") return 0;
  const decimals = (digits.split(".")[1]?.length ?? 0) - Number(exponent);
  return 0.5000001 * Number(`1e${-decimals}`); // a little more: a half is not exact in binary
}
