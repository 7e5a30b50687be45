/** Which kernels compute at present; see `choose.ts`. */

import { defaultKernels } from "./default.ts";
import type { Kernels } from "./kernels.ts";

/** What tensors and optimizers compute with. */
export let kernels: Kernels = defaultKernels;

/** From now on. */
export function setKernels(chosen: Kernels): void {
  kernels = chosen;
}
