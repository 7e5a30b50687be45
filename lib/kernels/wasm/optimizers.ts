/** Steps of optimizers in WebAssembly: the formulas of `optim/`, several entries at a time. In float64 the same bits. */

import type { OptimizerKernels } from "../kernels.ts";
import { JOBS } from "./engine.ts";
import { isResident, jobFor, LEAST_RESIDENT, onEngine } from "./on_engine.ts";

/** Entries a chunk; as in `assembly/optimizers.ts`. */
const PIECE = 4096;

/** SGD, RMSprop and Adam. */
export const optimizers: OptimizerKernels = {
  least: LEAST_RESIDENT,
  step(formula, arrays, numbers) {
    const w = arrays[0]!, inPlace = arrays.some((x) => x !== undefined && isResident(x));
    return onEngine((engine) => {
      const at = arrays.map((x) => x === undefined ? 0 : engine.put(x));
      engine.run(jobFor(JOBS[formula], w), Math.ceil(w.length / PIECE), [...at, w.length], numbers);
      arrays.forEach((x, i) => {
        if (x !== undefined && i !== 1) engine.take(at[i], x);
      });
    }, !inPlace);
  },
};
