/** What everything that can be trained has in common: parameters, modes, and a state that can be saved. */

import { INSPECT } from "../host/mod.ts";
import { noGrad } from "../tensor/record.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { copyState, loadState, type StateDict } from "./state_dict.ts";

/**
 * A piece of a network: a layer, or a composition of them.
 *
 * Its gradients can be had in two ways, which agree: from `backward()` of a loss, which walks the recorded graph, or
 * layer by layer from {@link Module.backward}, which does by hand what the graph does.
 *
 * To make one of your own, write `forward` and `backward`, and name what it holds in `ownParameters`, `ownBuffers` and
 * `children`.
 *
 * @example
 * ```ts
 * import { Module, parameter, Tensor, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * class Scale extends Module {
 *   factor = parameter([3]);
 *   seen = tensor([]);
 *   protected override ownParameters() {
 *     return { factor: this.factor };
 *   }
 *   forward(x: Tensor) {
 *     this.seen = x.detach();
 *     return x.mul(this.factor);
 *   }
 *   backward(gradOutput: Tensor) {
 *     this.accumulate(this.factor, gradOutput.mul(this.seen).sum().reshape([1]));
 *     return gradOutput.mul(this.factor.detach());
 *   }
 * }
 * const scale = new Scale();
 * assertEquals(scale.forward(tensor([1, 2])).toArray(), [3, 6]);
 * assertEquals(scale.backward(tensor([1, 10])).toArray(), [3, 30]);
 * assertEquals(scale.factor.grad?.toArray(), [21]);
 * ```
 */
export abstract class Module {
  /** Whether this is in training; only Dropout and BatchNorm1d care. Changed by {@link train} and {@link eval}. */
  training = true;

  /**
   * Computes the output, and keeps what {@link backward} will need.
   *
   * @param x Input, usually `[N, features]`
   */
  abstract forward(x: Tensor): Tensor;

  /**
   * The chain rule through this piece, by hand: adds ∂L/∂p to `p.grad` of every parameter p that is not frozen.
   *
   * It speaks of the last `forward()`. A layer used twice in one network needs the graph instead.
   *
   * @param gradOutput ∂L/∂output, in the shape of the last output
   * @returns ∂L/∂input, in the shape of the last input
   * @throws {TypeError} If there was no `forward()` yet
   * @throws {ShapeError} If the shape is not that of the last output
   */
  abstract backward(gradOutput: Tensor): Tensor;

  /** The parameters of this piece alone, by name; `undefined` where there is none. */
  protected ownParameters(): Record<string, Tensor | undefined> {
    return {};
  }
  /** Numbers of this piece alone that belong to its state but are not trained, by name. */
  protected ownBuffers(): Record<string, Tensor> {
    return {};
  }
  /** The pieces that this one is made of, by name. */
  protected children(): Record<string, Module> {
    return {};
  }

  /** The number of features of the output, given that of the input; `undefined` if only `forward()` can tell. */
  outputFeatures(_inputFeatures: number | undefined): number | undefined {
    return undefined;
  }

  /**
   * Every parameter with its name, those of children as `child.name`: `["0.weight", Tensor]`. One that is used in several
   * places (tied weights) is there once, under its first name.
   */
  namedParameters(): [string, Tensor][] {
    return eachOnce(this.collect((module) => module.ownParameters()));
  }

  /** Every parameter, also those that are frozen now; `.filter((p) => p.requiresGrad)` leaves those out. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, tensor]) => tensor);
  }

  /** Switches this piece and all in it to training: Dropout drops, BatchNorm1d uses the batch. Returns itself. */
  train(): this {
    return this.setTraining(true);
  }
  /** Switches this piece and all in it to prediction: Dropout passes on, BatchNorm1d uses its memory. Returns itself. */
  eval(): this {
    return this.setTraining(false);
  }

  /**
   * Takes all parameters out of training: they get no gradient, and optimizers leave them alone. The running
   * statistics of a BatchNorm1d still move in training mode; `eval()` stops those. Returns itself.
   */
  freeze(): this {
    for (const tensor of this.parameters()) {
      tensor.requiresGrad = false;
      tensor.grad = undefined;
    }
    return this;
  }
  /** Undoes {@link freeze}. Returns itself. */
  unfreeze(): this {
    for (const tensor of this.parameters()) tensor.requiresGrad = true;
    return this;
  }

  /** Forgets all gradients; they would add up otherwise. */
  zeroGrad(): void {
    for (const tensor of this.parameters()) tensor.grad = undefined;
  }

  /** A copy of all parameters and running statistics, by name. */
  stateDict(): StateDict {
    return copyState(this.namedState());
  }

  /**
   * Puts saved numbers back in place; the parameters stay the same objects, so optimizers need not be told.
   *
   * @param state What {@link stateDict} returned, from a model of the same build
   * @throws {TypeError} If a name is missing, or there is one that this model does not have
   * @throws {ShapeError} If a shape differs
   * @throws {DTypeError} If a dtype differs. Whatever is thrown, nothing was changed
   */
  loadStateDict(state: StateDict): void {
    loadState(this.toString(), this.namedState(), state);
  }

  /** A short description: `Linear(64 → 10)`. */
  toString(): string {
    return `${this.constructor.name}()`;
  }
  /** What `console.log` and the notebook show. */
  [INSPECT](): string {
    return this.toString();
  }

  /** Adds a contribution to the gradient of a parameter, unless it is frozen. */
  protected accumulate(parameter: Tensor, gradient: Tensor): void {
    if (!parameter.requiresGrad) return;
    const { grad } = parameter;
    parameter.grad = noGrad(() => grad === undefined ? gradient.detach() : grad.add(gradient));
  }

  /** Everything that has to be saved. */
  private namedState(): [string, Tensor][] {
    return [...this.namedParameters(), ...eachOnce(this.collect((module) => module.ownBuffers()))];
  }

  /** Itself and all that it is made of, one that is used in several places as often as it is. */
  protected pieces(): Module[] {
    return [this, ...Object.values(this.children()).flatMap((child) => child.pieces())];
  }

  /** Own tensors first, then those of the children. */
  private collect(own: (module: Module) => Record<string, Tensor | undefined>): [string, Tensor][] {
    const found: [string, Tensor][] = [];
    for (const [name, tensor] of Object.entries(own(this))) if (tensor) found.push([name, tensor]);
    for (const [child, module] of Object.entries(this.children())) {
      for (const [name, tensor] of module.collect(own)) found.push([`${child}.${name}`, tensor]);
    }
    return found;
  }

  /** What `train` and `eval` do. */
  private setTraining(training: boolean): this {
    this.training = training;
    for (const child of Object.values(this.children())) child.setTraining(training);
    return this;
  }
}

/** Each tensor under the first of its names. */
function eachOnce(named: readonly [string, Tensor][]): [string, Tensor][] {
  const seen = new Set<Tensor>();
  return named.filter(([, tensor]) => !seen.has(tensor) && seen.add(tensor));
}
