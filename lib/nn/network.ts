/** The forward-only network of the earlier course. */

import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { checkTensor } from "../tensor/checks.ts";
import { zeros } from "../tensor/create.ts";
import { Rng } from "../tensor/random.ts";
import { formatShape, ShapeError } from "../tensor/shape.ts";
import { defaultDType, type DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ActivationName, activations } from "./activations.ts";
import { heNormal } from "./init.ts";
import { formatCount } from "../checks/format.ts";
import { formatTable } from "./table.ts";

/** One dense layer: z = x·W + b, then the activation. */
export interface DenseLayer {
  /** W, `[inputs, outputs]`. */
  weights: Tensor;
  /** b, `[outputs]`. */
  biases: Tensor;
  /** What is applied to z. */
  readonly activation: ActivationName;
}

/** How a {@link Network} is made. */
export interface NetworkOptions {
  /** Activation of every layer but the last; the last one gives logits. Default `"relu"`. */
  readonly hidden?: ActivationName;
  /** Source of the initial weights. Default `new Rng(42)`. */
  readonly rng?: Rng;
  /** Default as in `setDefaultDType`: `"float64"`. */
  readonly dtype?: DType;
}

/**
 * A stack of dense layers that can predict but not yet learn: it has a `forward` and no `backward`.
 *
 * Layer l computes aₗ = f(aₗ₋₁·Wₗ + bₗ) from a₀ = X; the last layer leaves out f and returns logits.
 *
 * @example
 * ```ts
 * import { Network, Rng, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const network = new Network([2, 3, 1], { rng: new Rng(0) });
 * assertEquals(network.forward(tensor([[1, 2], [3, 4]])).shape, [2, 1]);
 * ```
 */
export class Network {
  /** The layers, first to last. */
  readonly layers: DenseLayer[];
  /** Number of units, from the input to the output. */
  readonly sizes: readonly number[];

  /**
   * A network with random weights and biases 0.
   *
   * @param sizes Number of units, from the input to the output: `[784, 64, 5]` has two layers of weights
   * @throws {RangeError} If there are fewer than two sizes, or one is not a positive integer
   */
  constructor(sizes: readonly number[], options: NetworkOptions = {}) {
    checkNames("Network", ["hidden", "rng", "dtype"], options);
    const { hidden = "relu", rng = new Rng(42), dtype = defaultDType() } = options;
    if (!Array.isArray(sizes)) {
      throw new TypeError(`Network: expected a list of sizes, as in [784, 64, 5]; got ${kindOf(sizes)}.`);
    }
    if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
      throw new RangeError(
        `Network: expected at least two positive integers, input size first, got ${formatShape(sizes)}.`,
      );
    }
    if (!(hidden in activations)) {
      throw new RangeError(
        `Network: unknown activation "${hidden}"; expected one of ${Object.keys(activations).join(", ")}.`,
      );
    }
    this.sizes = Object.freeze([...sizes]);
    this.layers = sizes.slice(1).map((outputs, l) => ({
      weights: heNormal(sizes[l], outputs, rng, { dtype }),
      biases: zeros([outputs], { dtype }),
      activation: l === sizes.length - 2 ? "identity" : hidden,
    }));
  }

  /**
   * Predicts.
   *
   * @param X Inputs, `[N, sizes[0]]`
   * @returns Logits, `[N, sizes.at(-1)]`
   * @throws {ShapeError} If X is not a matrix with that many columns
   */
  forward(X: Tensor): Tensor {
    checkTensor("Network.forward", "inputs", X);
    if (X.shape.length !== 2 || X.shape[1] !== this.sizes[0]) {
      throw new ShapeError(
        `Network.forward: expected inputs [N, ${this.sizes[0]}], got shape ${formatShape(X.shape)}.`,
      );
    }
    let a = X;
    for (const { weights, biases, activation } of this.layers) {
      a = activations[activation].forward(a.matmul(weights).add(biases));
    }
    return a;
  }

  /**
   * A table of the layers with their parameter counts.
   *
   * @returns Text, one line a layer and one for the total
   */
  summary(): string {
    const rows = this.layers.map(({ weights, biases, activation }, l) => ({
      layer: `${l + 1}  ${weights.shape[0]} → ${weights.shape[1]}`,
      activation,
      weights: weights.size,
      biases: biases.size,
    }));
    const total = (key: "weights" | "biases") => rows.reduce((sum, row) => sum + row[key], 0);
    const weights = total("weights"), biases = total("biases");
    const lines = [
      ["layer", "activation", "weights", "biases"],
      ...rows.map((row) => [row.layer, row.activation, formatCount(row.weights), formatCount(row.biases)]),
      ["total", formatCount(weights + biases), formatCount(weights), formatCount(biases)],
    ];
    return formatTable(lines, 2);
  }
}
