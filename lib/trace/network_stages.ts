/** A network taken apart into what a trace has lines for. */

import { ActivationLayer, LeakyReLU, ReLU, Sigmoid, Tanh } from "../nn/activation_layers.ts";
import { slope } from "../tensor/elementwise.ts";
import { Linear } from "../nn/linear.ts";
import { Network } from "../nn/network.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** z = a·W + b. */
export interface LinearStage {
  readonly kind: "linear";
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
}

/** a = f(z), with the ways to write f and its slope. Templates use @{z} and @{a}. */
export interface ActivationStage {
  readonly kind: "activation";
  readonly name: ActivationName;
  /** Of LeakyReLU. */
  readonly negativeSlope?: number;
  readonly symbol: string;
  readonly latex: string;
  /** f. */
  readonly f: (z: Tensor) => Tensor;
  /** f′, from z and a = f(z). */
  readonly slope: (z: Tensor, a: Tensor) => Tensor;
  readonly slopeFormula: string;
  readonly slopeLatex: string;
}

/** The activations that a trace has lines for. */
export type ActivationName = "sigmoid" | "tanh" | "relu" | "leakyRelu";

/** A piece of a network. */
export type Stage = LinearStage | ActivationStage;

/** What can be traced: a `Sequential` of dense layers and activations, or a `Network`. */
export type Traceable = { readonly layers: readonly unknown[] };

const sigmoid: ActivationStage = {
  kind: "activation",
  name: "sigmoid",
  symbol: "σ",
  latex: "\\sigma",
  f: (z) => z.sigmoid(),
  slope: (z, a) => slope("sigmoid", z, a),
  slopeFormula: "@{a}·(1 − @{a})",
  slopeLatex: "@{a}(1-@{a})",
};

const tanh: ActivationStage = {
  kind: "activation",
  name: "tanh",
  symbol: "tanh",
  latex: "\\tanh",
  f: (z) => z.tanh(),
  slope: (z, a) => slope("tanh", z, a),
  slopeFormula: "(1 − @{a}²)",
  slopeLatex: "(1-{@{a}}^2)",
};

const relu: ActivationStage = {
  kind: "activation",
  name: "relu",
  symbol: "ReLU",
  latex: "\\operatorname{ReLU}",
  f: (z) => z.relu(),
  slope: (z, a) => slope("relu", z, a),
  slopeFormula: "[@{z} > 0]",
  slopeLatex: "[@{z}>0]",
};

/** For one slope a on the negative side. */
function leakyRelu(slope: number): ActivationStage {
  return {
    kind: "activation",
    name: "leakyRelu",
    negativeSlope: slope,
    symbol: "LeakyReLU",
    latex: "\\operatorname{LeakyReLU}",
    f: (z) => z.mul(z.greater(0).mul(1 - slope).add(slope)),
    slope: (z) => z.greater(0).mul(1 - slope).add(slope),
    slopeFormula: `(1 if @{z} > 0, else ${slope})`,
    slopeLatex: `\\begin{cases}1&@{z}>0\\\\${slope}&\\text{else}\\end{cases}`,
  };
}

/** The activation of that name. */
export function stageNamed(name: ActivationName, negativeSlope = 0.01): ActivationStage {
  return { sigmoid, tanh, relu, leakyRelu: leakyRelu(negativeSlope) }[name];
}

/**
 * The pieces of a network, in order.
 *
 * @throws {TypeError} If it is no network, or a layer is of a kind that a trace has no lines for
 * @throws {RangeError} If it has no dense layer
 */
export function stagesOf(network: Traceable): Stage[] {
  if (!Array.isArray(network?.layers)) {
    throw new TypeError("trace: expected a Sequential or a Network.");
  }
  const stages = network instanceof Network
    ? network.layers.flatMap(({ weights, biases, activation }): Stage[] => {
      const named = { relu, sigmoid, tanh, leakyRelu: leakyRelu(0.01), identity: undefined }[activation];
      return [{ kind: "linear", weight: weights, bias: biases }, ...(named ? [named] : [])];
    })
    : network.layers.map(stageOf);
  if (!stages.some(({ kind }) => kind === "linear")) {
    throw new RangeError("trace: the network has no Linear layer, so there is no weight to trace.");
  }
  return stages;
}

function stageOf(layer: unknown, i: number): Stage {
  if (layer instanceof Linear) return { kind: "linear", weight: layer.weight, bias: layer.bias };
  if (layer instanceof Sigmoid) return sigmoid;
  if (layer instanceof Tanh) return tanh;
  if (layer instanceof ReLU) return relu;
  if (layer instanceof LeakyReLU) return leakyRelu(layer.negativeSlope);
  const what = layer instanceof ActivationLayer ? "an activation it does not know" : String(layer);
  throw new TypeError(
    `trace: layer ${i + 1} is ${what}; it has lines for Linear, Sigmoid, Tanh, ReLU and LeakyReLU. ` +
      "Leave softmax to crossEntropyLoss, which takes logits.",
  );
}
