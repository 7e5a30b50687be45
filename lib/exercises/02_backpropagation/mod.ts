/** Checks of the exercises in notebook 02: cases, slips and hints, an exercise a file. */
export {
  checkLn,
  checkOperation,
  checkOperations,
  checkRelu,
  checkSigmoid,
  checkSub,
  structureFault,
} from "./operations.ts";
export { checkEachOnce, checkTopological } from "./topological.ts";
export { checkAgain, checkDiamonds, checkLopsided, checkPassedOnOnce, checkTwoLosses } from "./backward.ts";
export { checkByHand } from "./trace.ts";
export { checkLayerInput, checkLayerWeights } from "./layer.ts";
export {
  checkCentral,
  checkErrorSizes,
  checkGradientCheck,
  checkLargestError,
  claimsOf,
} from "./gradient_check.ts";
export { checkPaths } from "./paths.ts";
export { checkTanh } from "./tanh.ts";
export { checkDepth } from "./depth.ts";
export { arriving } from "./scalars.ts";
