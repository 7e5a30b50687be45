/** Steps of optimizers in WebAssembly: the formulas of `optim/`, several entries at a time. In float64 the same bits. */

import type { AdamStep, Floats, OptimizerKernels, RMSpropStep, SGDStep } from "../kernels.ts";
import { JOBS } from "./engine.ts";
import { isResident, jobFor, LEAST_RESIDENT, onEngine } from "./on_engine.ts";

/** Entries a chunk; as in `assembly/optimizers.ts`. */
const PIECE = 4096;

/** All of them. */
export const optimizers: OptimizerKernels = {
  adam: (arrays, { beta1, beta2, stepSize, correction, epsilon, penalty, keep }: AdamStep) =>
    step(JOBS.adam, arrays, [beta1, beta2, stepSize, correction, epsilon, penalty, keep]),
  sgd: (arrays, { rate, momentum, gain, penalty, nesterov }: SGDStep) =>
    step(JOBS.sgd, arrays, [rate, momentum, gain, penalty], Number(nesterov)),
  rmsprop: (arrays, { rate, alpha, epsilon, penalty, momentum }: RMSpropStep) =>
    step(JOBS.rmsprop, arrays, [rate, alpha, epsilon, penalty, momentum]),
};

type OptimizerJob = typeof JOBS.adam | typeof JOBS.sgd | typeof JOBS.rmsprop;

function step(
  job: OptimizerJob,
  arrays: readonly (Floats | undefined)[],
  numbers: number[],
  flag = 0,
): boolean {
  const w = arrays[0]!, count = w.length;
  if (count < LEAST_RESIDENT) return false;
  const inPlace = arrays.some((x) => x !== undefined && isResident(x));
  return onEngine((engine) => {
    const at = arrays.map((x) => x === undefined ? 0 : engine.put(x));
    engine.run(jobFor(job, w), Math.ceil(count / PIECE), [...at, count, flag], numbers);
    arrays.forEach((x, i) => {
      if (x !== undefined && i !== 1) engine.take(at[i], x);
    });
  }, !inPlace);
}
