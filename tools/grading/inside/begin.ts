// Runs in the kernel of a graded notebook, before the student's first cell: keeps what checks rest on as it is.
import * as library from "backprop";
import { allowOnlyKernels } from "../../../lib/kernels/current.ts";
import { referenceKernels } from "../../../lib/kernels/reference.ts";
import { allowNoResidents } from "../../../lib/kernels/wasm/on_engine.ts";
import { wasmKernels } from "../../../lib/kernels/wasm/wasm_kernels.ts";
import { close } from "./close.ts";
import { Guard, TamperError } from "./guard.ts";
import { GUARD } from "./guard_name.ts";
import { lockdown } from "./lockdown.ts";

/**
 * Freeze the language and the library, close what shows memory and messages, and give up what student code must not do.
 * To be called once, first.
 *
 * @param last The word before the {@link Guard}'s first
 */
export function begin(last: string): void {
  if (Object.hasOwn(globalThis, GUARD)) throw new TamperError("grading has begun already");
  const kernels = [wasmKernels, referenceKernels];
  close();
  lockdown({ ...library, kernels });
  allowOnlyKernels(kernels);
  allowNoResidents();
  Object.freeze(Guard.prototype);
  const value = Object.freeze(new Guard(last));
  Object.defineProperty(globalThis, GUARD, { value, configurable: false, writable: false });
  // The sandbox forbids the network too; where a system has none, this is what remains.
  for (const name of ["run", "ffi", "net"] as const) Deno.permissions.revokeSync({ name });
}
