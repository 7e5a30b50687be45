/** Checks of the exercises in notebook 00: cases, slips and hints, one file each. */
export { checkMean } from "./mean.ts";
export { checkForward } from "./forward.ts";
export { checkChain } from "./chain.ts";
export { checkStep } from "./step.ts";
