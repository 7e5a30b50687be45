/** Checks of the exercises in notebook 05: cases, slips and hints, an exercise a file. */
export { checkOutputDtype, checkOutputGradient } from "./output_gradient.ts";
export { checkLayerGradients } from "./layer_gradients.ts";
export { checkFirstLayer, checkRelu } from "./relu.ts";
export { checkBackward, checkOrder, checkPairs } from "./backward.ts";
export { checkStep, checkStepRate } from "./step.ts";
export { checkTrain, checkTrainLearns, trial } from "./train.ts";
