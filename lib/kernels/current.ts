/** Which kernels compute at present; see `choose.ts`. */

import { defaultKernels } from "./default.ts";
import { KernelError } from "./errors.ts";
import type { Kernels } from "./kernels.ts";

/** What tensors and optimizers compute with. */
export let kernels: Kernels = defaultKernels;

let allowed: readonly Kernels[] | undefined;

/** Replaces {@link kernels} for all operations that follow. */
export function setKernels(chosen: Kernels): void {
  if (allowed && !allowed.includes(chosen)) {
    const names = allowed.map(({ name }) => `"${name}"`).join(" and ");
    throw new KernelError(
      `useKernels: "${chosen.name}" cannot be chosen: this program is restricted to ${names}.`,
    );
  }
  kernels = chosen;
}

/** Restricts {@link setKernels} to these, for the rest of the program. */
export function allowOnlyKernels(known: readonly Kernels[]): void {
  allowed ??= known;
}
