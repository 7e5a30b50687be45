/** Which kernels compute at present; see `choose.ts`. */

import { defaultKernels } from "./default.ts";
import { KernelError } from "./errors.ts";
import type { Kernels } from "./kernels.ts";

/** What tensors and optimizers compute with. */
export let kernels: Kernels = defaultKernels;

let allowed: readonly Kernels[] | undefined;

/** From now on. */
export function setKernels(chosen: Kernels): void {
  if (allowed && !allowed.includes(chosen)) {
    throw new KernelError(`useKernels: "${chosen.name}" cannot be chosen while a notebook is graded.`);
  }
  kernels = chosen;
}

/** Accept no others any more: a notebook that is graded must not bring an arithmetic of its own. */
export function allowOnlyKernels(known: readonly Kernels[]): void {
  allowed ??= known;
}
