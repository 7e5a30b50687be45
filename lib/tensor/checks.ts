/** The check of what should be a tensor. */

import { kindOf } from "../checks/values.ts";
import { Tensor } from "./tensor.ts";

/** Throws unless `x` is a tensor. */
export function checkTensor(owner: string, what: string, x: unknown): asserts x is Tensor {
  if (x instanceof Tensor) return;
  throw new TypeError(`${owner}: expected the ${what} to be a Tensor, got ${kindOf(x)}${advice(x)}`);
}

function advice(x: unknown): string {
  return Array.isArray(x) || ArrayBuffer.isView(x) || typeof x === "number" ? "; wrap it in tensor(…)." : ".";
}
