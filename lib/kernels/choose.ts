/** The choice of kernels. */

import { checkNames } from "../checks/options.ts";
import { checkPositiveInteger } from "../checks/ranges.ts";
import { kernels, setKernels } from "./current.ts";
import { KernelError } from "./errors.ts";
import type { Kernels } from "./kernels.ts";
import { nativeKernels } from "./native/native_kernels.ts";
import { referenceKernels } from "./reference.ts";
import { setThreads } from "./wasm/on_engine.ts";
import { wasmKernels } from "./wasm/wasm_kernels.ts";

/** The kernels there are; see {@link useKernels}. */
export type KernelName = "reference" | "wasm" | "native";

/** What {@link useKernels} can be told. */
export interface KernelOptions {
  /**
   * How many threads compute, from 1; for `"wasm"`. Default: as many as there are processors, 8 at most. The result does
   * not depend on it.
   */
  readonly threads?: number;
}

const ALL: Record<KernelName, () => Kernels> = {
  reference: () => referenceKernels,
  wasm: () => wasmKernels,
  native: nativeKernels,
};

/**
 * Chooses the loops that do the arithmetic of all tensors.
 *
 * | name | what it is | the same bits everywhere |
 * |---|---|---|
 * | `"reference"` | plain loops, written to be read | yes |
 * | `"wasm"` | WebAssembly with SIMD and threads; the default | yes, with any number of threads |
 * | `"native"` | matrix products by the machine's BLAS library | no: it may differ in the last digits |
 *
 * `"reference"` and `"wasm"` agree to the last bit in float64; in float32 `"wasm"` keeps its sums in float32. Nothing is
 * started before there is a parameter or an operation that is big enough.
 *
 * @param name One of the three
 * @param options `threads`
 * @returns The name of the kernels that were in use before, to go back to
 * @throws {KernelError} If there is no such name, or no BLAS library; the kernels stay as they were
 * @throws {RangeError} If `threads` is not a positive integer
 * @example
 * ```ts
 * import { ones, useKernels } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const before = useKernels("reference");
 * assertEquals(before, "wasm");
 * const slowly = ones([64, 64]).matmul(ones([64, 64]));
 * useKernels("wasm", { threads: 1 });
 * assertEquals(ones([64, 64]).matmul(ones([64, 64])).equals(slowly), true);
 * ```
 */
export function useKernels(name: KernelName, options: KernelOptions = {}): KernelName {
  if (!Object.hasOwn(ALL, name)) {
    throw new KernelError(
      `useKernels: there are no kernels "${name}"; choose one of "${Object.keys(ALL).join('", "')}".`,
    );
  }
  checkNames("useKernels", ["threads"], options);
  const { threads } = options;
  if (threads !== undefined) checkPositiveInteger("useKernels", "threads", threads);
  const before = kernels.name as KernelName;
  setKernels(ALL[name]());
  setThreads(threads);
  return before;
}
