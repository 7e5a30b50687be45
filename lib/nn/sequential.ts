/** Layers one after the other. */

import { INSPECT } from "../host/mod.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Layer } from "./layer.ts";
import { Module } from "./module.ts";
import { formatCount } from "../checks/format.ts";
import { formatTable } from "./table.ts";

/**
 * A network whose layers follow one another: forward from the first to the last, backward from the last to the first.
 *
 * In `stateDict` and `namedParameters` a layer is called by its place in `layers`, counted from 0 as in PyTorch
 * (`"2.weight"`); tables and errors count as people do ("layer 3").
 *
 * @example
 * ```ts
 * import { crossEntropyGradient, Linear, ReLU, Rng, Sequential, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const model = new Sequential(new Linear(784, 128, { rng }), new ReLU(), new Linear(128, 10, { rng }));
 * const total = model.summary().split("\n").at(-1); // the last line of a table
 * assertEquals(total?.split(/ +/), ["total", "101,770", "101,632", "138"]); // parameters: all, weights, biases
 *
 * const logits = model.forward(rng.randn([5, 784]));
 * model.backward(crossEntropyGradient(logits, [0, 1, 2, 3, 4])); // the chain rule, layer by layer
 * assertEquals(model.namedParameters().map(([name]) => name), ["0.weight", "0.bias", "2.weight", "2.bias"]);
 * assertEquals(model.parameters()[0].grad?.shape, [784, 128]);
 * ```
 */
export class Sequential extends Module {
  /** The layers, first to last. The same one may stand in several places: its weights are tied then. */
  readonly layers: readonly Module[];
  /** A layer that is used more than once. */
  private readonly again: Module | undefined;

  /**
   * A network of these layers.
   *
   * @param layers First to last; at least one
   * @throws {RangeError} If there is none
   * @throws {TypeError} If one is no Module
   */
  constructor(...layers: Module[]) {
    super();
    if (layers.length === 0) throw new RangeError("Sequential: expected at least one layer, got none.");
    layers.forEach((layer, i) => {
      if (!(layer instanceof Module)) {
        throw new TypeError(
          `Sequential: expected layer ${i + 1} to be a Module, got ` +
            `${Array.isArray(layer) ? "an array; write new Sequential(a, b, c)" : typeof layer}.`,
        );
      }
    });
    this.layers = layers;
    const layersInside = this.pieces().filter((piece) => piece instanceof Layer);
    this.again = layersInside.find((layer, i) => layersInside.indexOf(layer) < i);
  }

  /**
   * Through the layers, first to last.
   *
   * @param x Input of the first layer
   * @returns Output of the last
   * @throws Whatever a layer throws, with the layer named in front
   */
  forward(x: Tensor): Tensor {
    return this.layers.reduce((a, layer, i) => inLayer(i, layer, () => layer.forward(a)), x);
  }

  /**
   * Back through the layers, last to first; every parameter gets its gradient on the way.
   *
   * @param gradOutput ∂L/∂(output of the last layer)
   * @returns ∂L/∂(input of the first)
   * @throws {TypeError} If a layer is used more than once: it only remembers its last pass
   * @throws Whatever a layer throws, with the layer named in front
   */
  backward(gradOutput: Tensor): Tensor {
    if (this.again) {
      throw new TypeError(
        `${this}: ${this.again} is used more than once, and a layer remembers only its last pass. Use backward() of the ` +
          "loss, which walks the graph; or make a new layer for each place.",
      );
    }
    return this.layers.reduceRight((g, layer, i) => inLayer(i, layer, () => layer.backward(g)), gradOutput);
  }

  /**
   * A table of the layers, the shapes of their outputs, and their parameters. What is called `bias` counts as a bias,
   * everything else as a weight.
   *
   * @returns Text: a line for each layer and one for the total; one more if some parameters are frozen
   */
  summary(): string {
    let features: number | undefined;
    const sum = (counts: Counts[], key: keyof Counts) => counts.reduce((total, c) => total + c[key], 0);
    const seen = new Set<Tensor>();
    const counts = this.layers.map((layer) => countParameters(layer, seen));
    const rows = this.layers.map((layer, i) => {
      features = layer.outputFeatures(features);
      const { weights, biases } = counts[i];
      return [`${i + 1}  ${layer}`, `[N, ${features ?? "?"}]`, formatCount(weights), formatCount(biases)];
    });
    const weights = sum(counts, "weights"), biases = sum(counts, "biases"), frozen = sum(counts, "frozen");
    const table = formatTable([
      ["layer", "output", "weights", "biases"],
      ...rows,
      ["total", formatCount(weights + biases), formatCount(weights), formatCount(biases)],
    ], 2);
    return frozen === 0 ? table : `${table}\nfrozen: ${formatCount(frozen)} of them`;
  }

  /** The layers by their place, from 0. */
  protected override children(): Record<string, Module> {
    return Object.fromEntries(this.layers.entries());
  }
  /** What comes out of the last layer. */
  override outputFeatures(inputFeatures: number | undefined): number | undefined {
    return this.layers.reduce((features, layer) => layer.outputFeatures(features), inputFeatures);
  }
  /** `Sequential(3 layers)`; {@link summary} says which. */
  override toString(): string {
    return `Sequential(${this.layers.length} layer${this.layers.length === 1 ? "" : "s"})`;
  }
  /** The summary, as `console.log` and the notebook show it. */
  override [INSPECT](): string {
    return this.summary();
  }
}

interface Counts {
  weights: number;
  biases: number;
  frozen: number;
}

/** Of the parameters that were not counted before. */
function countParameters(layer: Module, seen: Set<Tensor>): Counts {
  const counts: Counts = { weights: 0, biases: 0, frozen: 0 };
  for (const [name, tensor] of layer.namedParameters()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    counts[/(^|\.)bias$/.test(name) ? "biases" : "weights"] += tensor.size;
    if (!tensor.requiresGrad) counts.frozen += tensor.size;
  }
  return counts;
}

/** Runs one layer; an error keeps its type and gets the layer's name in front, if it does not say it itself. */
function inLayer<T>(i: number, layer: Module, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && Object.hasOwn(error, "message")) {
      const before = error.message;
      const named = before.startsWith(`${layer}:`) ? before : `${layer}: ${before}`;
      error.message = `layer ${i + 1}, ${named}`;
      error.stack = error.stack?.replace(before, () => error.message);
    }
    throw error;
  }
}
