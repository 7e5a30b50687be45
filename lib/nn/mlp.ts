/** The plainest network: dense layers, and something bent between them. */

import { checkNames } from "../checks/options.ts";
import { checkFunctions, kindOf } from "../checks/values.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Rng } from "../tensor/random.ts";
import { ReLU } from "./activation_layers.ts";
import type { Init } from "./init.ts";
import { Linear } from "./linear.ts";
import type { Module } from "./module.ts";
import { Sequential } from "./sequential.ts";

/** How an {@link mlp} is made. */
export interface MlpOptions {
  /** Source of the first weights. */
  readonly rng: Rng;
  /** What stands between two dense layers, made anew for each place (default: one ReLU). */
  readonly between?: (width: number) => readonly Module[];
  /** First weights (default: He's, normal). */
  readonly init?: Init;
  /** Default as in `setDefaultDType`: `"float64"`. */
  readonly dtype?: DType;
}

/**
 * A multilayer perceptron: dense layers one after the other, with activations between them and none at the end.
 *
 * a₀ = x;  aₗ = between(aₗ₋₁Wₗ + bₗ) for the hidden layers;  output = a·W + b, which are logits for a classifier
 *
 * @param sizes Features of the input, of every hidden layer, and of the output
 * @param options `rng`, and perhaps what stands between the layers, first weights and dtype
 * @returns The chain of layers
 * @throws {RangeError} If there are not two sizes at least, or one is no positive integer
 * @see Goodfellow, Bengio, Courville (2016), "Deep learning", chapter 6
 * @example
 * ```ts
 * import { Dropout, mlp, ReLU, Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const plain = mlp([2, 16, 3], { rng });
 * assertEquals(plain.layers.map(String), ["Linear(2 → 16)", "ReLU()", "Linear(16 → 3)"]);
 * const dropping = mlp([2, 16, 3], { rng, between: () => [new ReLU(), new Dropout(0.5, { rng })] });
 * assertEquals(dropping.layers.length, 4);
 * ```
 */
export function mlp(sizes: readonly number[], options: MlpOptions): Sequential {
  if (!Array.isArray(sizes)) {
    throw new TypeError(`mlp: expected a list of sizes, as in [784, 64, 10]; got ${kindOf(sizes)}.`);
  }
  if (sizes.length < 2) {
    throw new RangeError(
      `mlp: expected the sizes of input and output at least, as in [784, 64, 10]; got [${sizes.join(", ")}].`,
    );
  }
  checkNames("mlp", ["rng", "between", "init", "dtype"], options);
  checkFunctions("mlp", options, ["between", "init"]);
  const { between = () => [new ReLU()], ...linear } = options;
  const layers = sizes.slice(1).flatMap((size, l) => [
    ...(l > 0 ? between(sizes[l]) : []),
    new Linear(sizes[l], size, linear),
  ]);
  return new Sequential(...layers);
}
