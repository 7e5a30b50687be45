/** Checks of the exercises in notebook 04: cases, slips and hints, an exercise a file. */
export { checkEarlyStopping, rehearse } from "./early_stopping.ts";
export { checkAdamW, checkAdamWithL2 } from "./weight_decay.ts";
export { checkDropout, checkDropoutBackward, checkDropoutFactors } from "./dropout.ts";
export { checkBatchNorm, checkBatchNormInUse } from "./batch_norm.ts";
export { checkClipping, checkClippingByLibrary, checkShortGradients, flat } from "./clipping.ts";
export { checkPrescriptions } from "./clinic.ts";
