/** What can be wrong with a choice of kernels. */

/**
 * Kernels that do not exist, or cannot be used on this machine; the message says what to do.
 *
 * @example
 * ```ts
 * import { KernelError, type KernelName, useKernels } from "backprop";
 * import { assertThrows } from "@std/assert";
 * assertThrows(() => useKernels("gpu" as KernelName), KernelError, '"reference", "wasm", "native"');
 * ```
 */
export class KernelError extends Error {
  /** Its name in messages. */
  override readonly name = "KernelError";
}
