/**
 * **backprop**: a small deep-learning library, written to be read.
 *
 * This is the one public door; it only re-exports. Each folder imports only from those above it in this list.
 *
 * @module
 */

// kernels: loops over raw typed arrays
export { cos, exp, log, logistic, pow, sin } from "./kernels/elementary.ts";
export { type KernelName, type KernelOptions, useKernels } from "./kernels/choose.ts";
export { KernelError } from "./kernels/errors.ts";
export type { Floats } from "./kernels/kernels.ts";

// autograd: reverse-mode differentiation of any graph
export { backpropagate, type GraphNode, topologicalOrder } from "./autograd/graph.ts";
export { Value } from "./autograd/value.ts";

// tensor: numbers with a shape, each operation with its backward
export {
  fromArray,
  full,
  oneHot,
  ones,
  parameter,
  type ParameterOptions,
  tensor,
  type TensorOptions,
  zeros,
} from "./tensor/create.ts";
export type { Operand } from "./tensor/unrecorded.ts";
export { StaleGraphError } from "./tensor/changes.ts";
export type { ClosenessOptions } from "./tensor/closeness.ts";
export { countMultiplyAdds } from "./tensor/cost.ts";
export type { Labels } from "./tensor/labels.ts";
export { concatenate, type JoinOptions, stack } from "./tensor/joining.ts";
export { arange, eye, linspace } from "./tensor/patterns.ts";
export { Rng, type RngState } from "./tensor/random.ts";
export type { ArgmaxOptions, VarianceOptions } from "./tensor/reductions.ts";
export { where } from "./tensor/selection.ts";
export { type Shape, ShapeError } from "./tensor/shape.ts";
export type { SliceRange } from "./tensor/shaping.ts";
export { type DType, DTypeError, setDefaultDType } from "./tensor/dtype.ts";
export { noGrad } from "./tensor/record.ts";
export { type NestedNumbers, type ReduceOptions, Tensor } from "./tensor/tensor.ts";

// slips, gradients, algebra: checks of results, and what is known without training
export { assertClose, NotCloseError } from "./slips/assert_close.ts";
export {
  gradCheck,
  type GradCheckEntry,
  type GradCheckOptions,
  type GradCheckReport,
} from "./gradients/grad_check.ts";
export { numericalGradient } from "./gradients/numerical_gradient.ts";
export { numericalHessian } from "./gradients/numerical_hessian.ts";
export { symmetricEigenvalues } from "./algebra/eigenvalues.ts";
export { leastSquares } from "./algebra/least_squares.ts";

// nn: activations, losses, layers, networks
export * from "./nn/activation_layers.ts";
export {
  type Activation,
  type ActivationName,
  activations,
  leakyRelu,
  relu,
  sigmoid,
  tanh,
} from "./nn/activations.ts";
export { BatchNorm1d, type BatchNormOptions } from "./nn/batch_norm.ts";
export {
  binaryCrossEntropyGradient,
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsGradient,
  binaryCrossEntropyWithLogitsLoss,
  type BinaryLogitsOptions,
} from "./nn/binary_cross_entropy.ts";
export { crossEntropyGradient, crossEntropyLoss, type CrossEntropyOptions } from "./nn/cross_entropy.ts";
export { Dropout, type DropoutForm, type DropoutOptions } from "./nn/dropout.ts";
export {
  activationGain,
  heNormal,
  heUniform,
  type Init,
  type InitOptions,
  xavierNormal,
  xavierUniform,
} from "./nn/init.ts";
export { Layer } from "./nn/layer.ts";
export { Linear, type LinearOptions } from "./nn/linear.ts";
export type { LossOptions, LossReduction } from "./nn/loss_options.ts";
export { mlp, type MlpOptions } from "./nn/mlp.ts";
export { Module } from "./nn/module.ts";
export { type DenseLayer, Network, type NetworkOptions } from "./nn/network.ts";
export { l1Penalty, l1PenaltyGradient, l2Penalty, l2PenaltyGradient } from "./nn/penalties.ts";
export {
  huberGradient,
  huberLoss,
  type HuberOptions,
  maeGradient,
  maeLoss,
  mseGradient,
  mseLoss,
} from "./nn/regression_losses.ts";
export { Residual } from "./nn/residual.ts";
export { Sequential } from "./nn/sequential.ts";
export {
  type holds,
  type Logits,
  logSoftmax,
  type Probabilities,
  softmax,
  type SoftmaxOptions,
} from "./nn/softmax.ts";
export type { StateDict } from "./nn/state_dict.ts";

// optim: what turns gradients into steps
export { Adam, type AdamOptions, AdamW } from "./optim/adam.ts";
export { clipGradNorm, clipGradValue, gradNorm } from "./optim/clip.ts";
export { type Hyperparameters, Optimizer, type ParameterGroup, type Trainable } from "./optim/optimizer.ts";
export {
  ReduceOnPlateau,
  type ReduceOnPlateauOptions,
  type ReduceOnPlateauState,
} from "./optim/reduce_on_plateau.ts";
export { RMSprop, type RMSpropOptions } from "./optim/rmsprop.ts";
export { type OneCycleOptions, oneCycleSchedule } from "./optim/one_cycle.ts";
export type { Schedule } from "./optim/schedule.ts";
export {
  constantSchedule,
  cosineSchedule,
  type CosineScheduleOptions,
  exponentialSchedule,
  type ExponentialScheduleOptions,
  linearWarmup,
  stepSchedule,
  type StepScheduleOptions,
  type WarmupOptions,
} from "./optim/schedules.ts";
export { type MomentumForm, SGD, type SGDOptions } from "./optim/sgd.ts";
export type { BufferNames, OptimizerStateDict, ParameterState } from "./optim/state.ts";

// data: MNIST, toy sets, minibatches, splits, standardization, augmentation
export { augmentImages, type AugmentOptions, type JitterOptions, jitterSeries } from "./data/augment.ts";
export { batches, type BatchOptions, type Shuffler } from "./data/batches.ts";
export {
  type Dataset,
  type Examples,
  examplesOf,
  type LabelledImages,
  type RowsOf,
  takeRows,
  type Targets,
  type TargetsOf,
} from "./data/dataset.ts";
export { DigitImages } from "./data/digit_images.ts";
export { DataError, type DataErrorCode } from "./data/errors.ts";
export { friedman } from "./data/friedman.ts";
export { loadMnist, type Mnist, type MnistOptions } from "./data/mnist.ts";
export { split, type SplitOptions } from "./data/split.ts";
export { Standardizer } from "./data/standardize.ts";
export type { Random } from "./data/toy_checks.ts";
export { moons, type PointOptions, spirals, xor } from "./data/toy_classes.ts";
export { exerciseLine, lossSurfaceLine, noisySine } from "./data/toy_lines.ts";
export type { ImageSize } from "./data/warp.ts";

// train: loops and measures
export { type CheckpointParts, loadCheckpoint, saveCheckpoint } from "./train/checkpoint.ts";
export { CheckpointError, type CheckpointErrorCode } from "./train/checkpoint_file.ts";
export { doctor, DoctorReport } from "./train/doctor.ts";
export { Confirmation, confirmDiagnosis, type Rerun, type Verdict } from "./train/doctor/confirm.ts";
export type {
  Cause,
  CauseName,
  DoctorOptions,
  Finding,
  Outcome,
  RunRecord,
  Symptom,
} from "./train/doctor/findings.ts";
export { EarlyStopping, type EarlyStoppingOptions } from "./train/early_stopping.ts";
export { evaluate, type EvaluateOptions, type Evaluation } from "./train/evaluate.ts";
export { fit } from "./train/fit.ts";
export type {
  FitEarlyStopping,
  FitOptions,
  FitRun,
  Loss,
  Metric,
  RecordOptions,
  Stepper,
  TrainingOptions,
} from "./train/fit_options.ts";
export {
  type Best,
  type EpochRow,
  History,
  type HistoryState,
  type StepRow,
  type Stopped,
  type StopReason,
} from "./train/history.ts";
export {
  findLearningRate,
  type LearningRateRow,
  type LearningRateSearch,
  type LearningRateSearchOptions,
} from "./train/lr_finder.ts";
export type { ActivationRow, LayerRow } from "./train/measures.ts";
export type { ModelState, Predictor, TrainableModel } from "./train/model.ts";
export type { NotFinite, NotFiniteCause, NotFinitePlace } from "./train/not_finite.ts";
export {
  type RecordedIteration,
  type RecordedParameter,
  recordTraining,
  type RecordTrainingOptions,
  type TrainingRecord,
} from "./train/record_training.ts";
export { sharpness, type SharpnessOptions } from "./train/sharpness.ts";
export type { Stateful } from "./train/snapshot.ts";
export { accuracy, confusionMatrix } from "./train/metrics.ts";

// trace: a forward and backward pass, number by number
export {
  type CheckedEntry,
  checkTrace,
  type CheckTraceOptions,
  type EntryVerdict,
  TraceCheck,
} from "./trace/check.ts";
export type { TraceableLoss } from "./trace/losses.ts";
export type { Traceable } from "./trace/network_stages.ts";
export type { Quantity } from "./trace/notation.ts";
export type { Given, Lookup, Phase, StepSlip, TraceStep } from "./trace/steps.ts";
export type { FunctionRecipe, NetworkRecipe, StageRecipe, TraceRecipe } from "./trace/recipe.ts";
export { trace, type TraceOptions } from "./trace/trace.ts";
export { Trace } from "./trace/trace_table.ts";
export { traceFunction } from "./trace/value_trace.ts";

// charts: rows in, a picture out
export * from "./charts/mod.ts";

// widgets: pictures that a reader can operate
export * from "./widgets/mod.ts";

// notebook: what only makes sense below a cell
export { check, CheckError, type CheckOptions, checkThat } from "./notebook/check.ts";
export { type Cases, checkCases } from "./notebook/check_cases.ts";
export { guess, type GuessOptions } from "./notebook/guess.ts";
export { Progress, progress, type ProgressOptions } from "./notebook/progress.ts";
export { results, ResultsError } from "./notebook/results.ts";
export { live, LiveView, show } from "./notebook/show.ts";
