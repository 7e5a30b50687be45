/** A forward and a backward pass of a small network, number by number. */

import { checkNames } from "../checks/options.ts";
import { crossEntropyLoss } from "../nn/cross_entropy.ts";
import { mseLoss } from "../nn/regression_losses.ts";
import { binaryCrossEntropyLoss } from "../nn/binary_cross_entropy.ts";
import { Sigmoid } from "../nn/activation_layers.ts";
import { oneHot, tensor } from "../tensor/create.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { type NestedNumbers, Tensor } from "../tensor/tensor.ts";
import { nameOfLoss, type TraceableLoss, traceLoss } from "./losses.ts";
import { traceBackward, traceForward, traceUpdates } from "./lines.ts";
import { gradientOf } from "./notation.ts";
import { type Stage, stagesOf, type Traceable } from "./network_stages.ts";
import { networkRecipe, type TraceRecipe } from "./recipe.ts";
import { Recorder } from "./steps.ts";
import { Trace } from "./trace_table.ts";

/** Options of {@link trace}. */
export interface TraceOptions {
  /**
   * What is measured at the end. Default: `crossEntropyLoss` for class indices, `binaryCrossEntropyLoss` after a
   * Sigmoid, else `mseLoss`.
   */
  readonly loss?: TraceableLoss;
  /** η; adds a line for the new value of each parameter, by plain gradient descent. */
  readonly learningRate?: number;
  /** ∂L/∂output, where there is no loss to start from; then leave the targets out. */
  readonly gradOutput?: number | NestedNumbers | Tensor;
}

/**
 * Records one forward and one backward pass of a small network, each step with its formula, the numbers that go in and
 * the numbers that come out; the chain rule written out. Shown as a table, drawn by `traceChart`, and compared with what
 * a learner computed by hand by {@link checkTrace}.
 *
 * Names: the inputs are x, the layers' parts z₁, a₁, w₁, b₁ …, the last output ŷ (`yHat`) unless it is a logit, then p the
 * probabilities; gradients have a d in front, so `dw1` is ∂L/∂w₁. With a single dense layer there are no indices.
 *
 * The network is not changed: nothing is recorded for `backward()`, and no parameter moves.
 *
 * @param network A `Sequential` of Linear, Sigmoid, Tanh, ReLU and LeakyReLU, or a `Network`
 * @param inputs One number, one row `[D]`, or rows `[N, D]`
 * @param targets Numbers like the outputs, or class indices `[N]` for `crossEntropyLoss`; none with `gradOutput`
 * @param options `loss`, `learningRate`, `gradOutput`
 * @throws {TypeError} If the network has a layer, or the options a loss, that it has no lines for
 * @throws {ShapeError} If inputs, targets and network do not fit
 * @throws {RangeError} If the learning rate is negative or not finite
 * @see Rumelhart, Hinton, Williams (1986), "Learning representations by back-propagating errors"
 * @example
 * ```ts
 * import { Linear, Rng, Sequential, Sigmoid, trace } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const half = () => {
 *   const layer = new Linear(1, 1, { rng: new Rng(0) });
 *   layer.weight.data[0] = 0.5;
 *   return layer;
 * };
 * const network = new Sequential(half(), new Sigmoid(), half(), new Sigmoid());
 * const t = trace(network, 1, 1);
 * assertEquals(t.value("a1").item().toFixed(6), "0.622459");
 * assertEquals(t.value("dw1").item().toFixed(6), "-0.049682");
 * assertEquals(t.step("dz2").formula, "∂L/∂ŷ·ŷ·(1 − ŷ)");
 * ```
 */
export function trace(
  network: Traceable,
  inputs: number | NestedNumbers | Tensor,
  targets?: number | NestedNumbers | ArrayLike<number> | Tensor,
  options: TraceOptions = {},
): Trace {
  const stages = stagesOf(network);
  checkNames("trace", ["loss", "learningRate", "gradOutput"], options);
  const { loss = defaultLoss(network, targets), learningRate, gradOutput } = options;
  if (learningRate !== undefined && !(learningRate >= 0 && learningRate < Infinity)) {
    throw new RangeError(`trace: expected a learning rate from 0, got ${learningRate}.`);
  }
  const first = stages.find((stage) => stage.kind === "linear")!.weight;
  const x = asRows(inputs, first);
  if (x.shape[1] !== first.shape[0]) {
    throw new ShapeError(
      `trace: the first layer takes ${first.shape[0]} numbers, and the inputs are ${formatShape(x.shape)}.`,
    );
  }
  if (gradOutput !== undefined) {
    return traceStages(stages, x, { gradOutput: asRows(gradOutput, first) }, learningRate);
  }
  if (targets === undefined) {
    throw new TypeError("trace: expected targets to compare the output with, or gradOutput to start from.");
  }
  return traceStages(stages, x, { y: (output) => asTargets(targets, output, loss), loss }, learningRate);
}

/** How a trace ends: with targets, which may depend on the output's shape, and a loss; or with a given gradient. */
type End =
  | { readonly y: Tensor | ((output: Tensor) => Tensor); readonly loss: TraceableLoss }
  | { readonly gradOutput: Tensor };

/** The trace of a network that was taken apart. @internal */
export function traceStages(
  stages: readonly Stage[],
  x: Tensor,
  end: End,
  learningRate: number | undefined,
): Trace {
  const recorder = new Recorder();
  const symbol = x.size === 1 ? "x" : "X";
  recorder.give({ name: "x", symbol, latex: symbol }, x);
  const isLogit = "loss" in end && end.loss !== mseLoss && end.loss !== binaryCrossEntropyLoss;
  const lines = traceForward(recorder, stages, isLogit);
  const { output } = lines;
  const value = recorder.get(output.name);
  let recipe: TraceRecipe;
  if ("loss" in end) {
    const y = typeof end.y === "function" ? end.y(value) : end.y;
    recorder.give({ name: "y", symbol: y.size === 1 ? "y" : "Y", latex: y.size === 1 ? "y" : "Y" }, y);
    traceLoss(recorder, end.loss, output);
    recipe = networkRecipe(stages, x, { y, loss: nameOfLoss(end.loss) }, learningRate);
  } else {
    const gradOutput = like(end.gradOutput, value, "gradOutput");
    recorder.give(gradientOf(output), gradOutput);
    recipe = networkRecipe(stages, x, { gradOutput }, learningRate);
  }
  traceBackward(recorder, lines);
  if (learningRate !== undefined) traceUpdates(recorder, lines, learningRate);
  return new Trace(recorder.givens, recorder.steps, recipe);
}

function defaultLoss({ layers }: Traceable, targets: unknown): TraceableLoss {
  if (targets instanceof Uint8Array) return crossEntropyLoss;
  return layers?.at(-1) instanceof Sigmoid ? binaryCrossEntropyLoss : mseLoss;
}

/** Numbers as rows [N, D], in the dtype of the network. */
function asRows(values: number | NestedNumbers | Tensor, { dtype }: Tensor): Tensor {
  const x = values instanceof Tensor ? values.detach() : tensor(values, { dtype });
  if (x.shape.length === 0) return x.reshape([1, 1]);
  if (x.shape.length === 1) return x.reshape([1, x.size]);
  if (x.shape.length === 2) return x;
  throw new ShapeError(`trace: expected rows [N, D], got shape ${formatShape(x.shape)}.`);
}

function asTargets(
  targets: number | NestedNumbers | ArrayLike<number> | Tensor,
  output: Tensor,
  loss: TraceableLoss,
): Tensor {
  const { dtype, shape } = output;
  if (loss === crossEntropyLoss && !(targets instanceof Tensor && targets.shape.length === 2)) {
    const labels = typeof targets === "number"
      ? [targets]
      : targets instanceof Tensor
      ? targets.data
      : targets;
    const y = oneHot(labels as ArrayLike<number>, shape[1], { dtype });
    return like(y, output, "targets");
  }
  return like(asRows(targets as NestedNumbers | Tensor, output), output, "targets");
}

/** The same numbers in the shape of the output: a column may have been written as a row. */
function like(x: Tensor, { shape, size, dtype }: Tensor, what: string): Tensor {
  const fits = x.size === size && (x.shape[0] === shape[0] || shape.includes(1));
  if (!fits) {
    throw new ShapeError(`trace: the output is ${formatShape(shape)}, and ${what} ${formatShape(x.shape)}.`);
  }
  return x.dtype === dtype ? x.reshape(shape) : tensor(x.data, { dtype }).reshape(shape);
}

export type { Stage };
