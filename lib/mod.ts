/**
 * **backprop**: a small deep-learning library, written to be read.
 *
 * This is the one public door; it only re-exports. The folders are floors of a house: each imports only from
 * those above it in this list.
 *
 * @module
 */

// kernels: loops over raw typed arrays
export { exp, log, logistic, tanh } from "./kernels/elementary.ts";
export type { Floats } from "./kernels/kernels.ts";

// autograd: reverse-mode differentiation of any graph
export { backpropagate, type GraphNode, topologicalOrder } from "./autograd/graph.ts";

// tensor: numbers with a shape, each operation with its backward
export { full, oneHot, ones, parameter, tensor, type TensorOptions, zeros } from "./tensor/create.ts";
export { numericalGradient } from "./tensor/grad_check.ts";
export { Rng } from "./tensor/random.ts";
export { type Shape, ShapeError } from "./tensor/shape.ts";
export { type DType, DTypeError } from "./tensor/dtype.ts";
export { noGrad } from "./tensor/record.ts";
export { type NestedNumbers, type ReduceOptions, Tensor } from "./tensor/tensor.ts";

// nn: activations, losses, networks
export { type Activation, type ActivationName, activations, logSoftmax, softmax } from "./nn/activations.ts";
export { heNormal } from "./nn/init.ts";
export { crossEntropyGradient, crossEntropyLoss, mseGradient, mseLoss } from "./nn/losses.ts";
export { type DenseLayer, Network, type NetworkOptions } from "./nn/network.ts";

// data: MNIST, minibatches, splits
export { batches, type BatchOptions, type Shuffler } from "./data/batches.ts";
export { type LabelledImages, takeRows } from "./data/dataset.ts";
export { DigitImages } from "./data/digit_images.ts";
export { DataError, type DataErrorCode } from "./data/errors.ts";
export { loadMnist, type Mnist, type MnistOptions } from "./data/mnist.ts";
export { split, type SplitOptions } from "./data/split.ts";

// train: loops and measures
export { evaluate, type Evaluation } from "./train/evaluate.ts";
export { accuracy, confusionMatrix } from "./train/metrics.ts";

// charts: rows in, a picture out
export { accuracyChart, type AccuracyChartOptions, type AccuracyRow } from "./charts/accuracy_chart.ts";
export { barChart, type BarChartOptions, type BarRow } from "./charts/bar_chart.ts";
export { Chart, type ChartParts } from "./charts/chart.ts";
export { confusionChart, type ConfusionChartOptions } from "./charts/confusion_chart.ts";
export { digitGrid, type DigitGridOptions, type DigitImage } from "./charts/digit_grid.ts";
export { ChartDataError } from "./charts/errors.ts";
export { lossChart, type LossChartOptions, type LossRow } from "./charts/loss_chart.ts";
export { palette } from "./charts/palette.ts";

// notebook: what only makes sense below a cell
export { check, CheckError, type CheckOptions, checkThat } from "./notebook/check.ts";
export { Progress, progress, type ProgressOptions } from "./notebook/progress.ts";
export { results, RESULTS_MIME, ResultsError } from "./notebook/results.ts";
export { live, LiveView, show } from "./notebook/show.ts";
export { likelySlip, type SlipOptions } from "./notebook/slips.ts";
