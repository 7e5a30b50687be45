/** The residual connection. */

import { formatShape, sameShape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module.ts";

/**
 * Adds its input to what its body makes of it, so that gradients have a way past the body.
 *
 * y = x + body(x);  ∂L/∂x = ∂L/∂y + (body's backward of ∂L/∂y)
 *
 * @see He, Zhang, Ren, Sun (2016), "Deep Residual Learning for Image Recognition", §3.2
 * @example
 * ```ts
 * import { LeakyReLU, Residual, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const layer = new Residual(new LeakyReLU(0.5));
 * assertEquals(layer.forward(tensor([-2, 2])).toArray(), [-3, 4]);
 * assertEquals(layer.backward(tensor([1, 1])).toArray(), [1.5, 2]);
 * ```
 */
export class Residual extends Module {
  /** A way past `body`, whose output must have the shape of its input. */
  constructor(readonly body: Module) {
    super();
    if (!(body instanceof Module)) throw new TypeError("Residual: expected a Module as the body.");
  }

  /**
   * The input plus what the body makes of it.
   *
   * @param x Any shape that the body takes
   * @returns x + body(x), the same shape
   * @throws {ShapeError} If the body gives another shape; it is not broadcast
   */
  forward(x: Tensor): Tensor {
    const out = this.body.forward(x);
    if (!sameShape(out.shape, x.shape)) {
      throw new ShapeError(
        `${this}: the body must keep the shape, or its output cannot be added to the input; ` +
          `${formatShape(x.shape)} went in, ${formatShape(out.shape)} came out.`,
      );
    }
    return x.add(out);
  }

  /**
   * The gradient goes both ways, and what comes back is added.
   *
   * @param gradOutput g = ∂L/∂y
   * @returns ∂L/∂x = g + body.backward(g)
   */
  backward(gradOutput: Tensor): Tensor {
    const g = gradOutput.detach();
    return g.add(this.body.backward(g));
  }

  /** The body, as `body`. */
  protected override children(): Record<string, Module> {
    return { body: this.body };
  }
  /** As many as came in. */
  override outputFeatures(inputFeatures: number | undefined): number | undefined {
    return this.body.outputFeatures(inputFeatures) ?? inputFeatures;
  }
  /** `Residual(Linear(64 → 64))`. */
  override toString(): string {
    return `Residual(${this.body})`;
  }
}
