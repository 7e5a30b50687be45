/** Checks of the exercises in notebook 01: cases, slips and hints, an exercise a file. */
export { checkMse, checkMseGradient } from "./mse.ts";
export { checkPoint, checkPointGradient } from "./point.ts";
export { checkBce } from "./binary.ts";
export { checkLargeLogits, checkStable } from "./stable.ts";
export { checkKl, checkKlZero } from "./divergence.ts";
