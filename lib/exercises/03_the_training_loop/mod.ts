/** Checks of the exercises in notebook 03: cases, slips and hints, an exercise a file. */
export { checkDescend, checkFirstStep, checkFourPoints, checkLineGradient, checkPath } from "./line.ts";
export { checkLimits, checkOneStep } from "./limits.ts";
export { checkUpdates } from "./updates.ts";
export { checkBest, checkFirstEpochs, checkLoop, checkMaxEpochs } from "./loop.ts";
export { checkAdam, checkAdamFirst } from "./adam.ts";
export { checkWarmup } from "./warmup.ts";
