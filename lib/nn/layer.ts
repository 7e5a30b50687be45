/** A module that computes something itself, and keeps a note of it for the way back. */

import { changesSoFar, checkUnchanged } from "../tensor/changes.ts";
import { checkTensor } from "../tensor/checks.ts";
import { formatShape, sameShape, type Shape, ShapeError } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module.ts";

/**
 * The base of all layers. `forward()` ends with {@link keep}, `backward()` begins with {@link recall}.
 *
 * `Note` is what the way back needs of the way forward: for a Linear layer its input, for a Dropout its mask.
 *
 * @example
 * ```ts
 * import { Layer, type Tensor, tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * class Square extends Layer<{ x: Tensor }> {
 *   forward(x: Tensor) {
 *     return this.keep(x.square(), { x: x.detach() });
 *   }
 *   backward(gradOutput: Tensor) {
 *     const { x } = this.recall(gradOutput);
 *     return gradOutput.detach().mul(x).mul(2); // ∂L/∂x = ∂L/∂y · 2x
 *   }
 * }
 * const square = new Square();
 * assertEquals(square.forward(tensor([3, -1])).toArray(), [9, 1]);
 * assertEquals(square.backward(tensor([1, 1])).toArray(), [6, -2]);
 * ```
 */
export abstract class Layer<Note> extends Module {
  private last: { note: Note; shape: Shape; when: number } | undefined = undefined;

  /** Keeps a note of this forward pass, and returns its output. */
  protected keep(output: Tensor, note: Note): Tensor {
    this.last = { note, shape: output.shape, when: changesSoFar() };
    return output;
  }

  /**
   * The note of the last forward pass.
   *
   * @throws {TypeError} If there was none
   * @throws {ShapeError} If the gradient has not the shape of its output: broadcast, it would still give numbers
   * @throws {StaleGraphError} If a parameter was changed since, by a step of an optimizer for instance
   */
  protected recall(gradOutput: Tensor): Note {
    if (this.last === undefined) {
      throw new TypeError(
        `${this}: backward() came before forward(), but the gradient depends on what went through the layer. ` +
          "Call forward(x) first.",
      );
    }
    checkTensor(String(this), "gradient", gradOutput);
    const { note, shape, when } = this.last;
    if (!sameShape(gradOutput.shape, shape)) {
      throw new ShapeError(
        `${this}: backward() expected ∂L/∂output in the shape of the last output, ` +
          `${formatShape(shape)}, got ${formatShape(gradOutput.shape)}.`,
      );
    }
    if (when !== changesSoFar()) checkUnchanged(this.parameters(), when, `${this}: backward()`);
    return note;
  }

  /** Throws unless the input is `[N, features]`. */
  protected checkInput(x: Tensor, features: number): void {
    checkTensor(String(this), "input", x);
    if (x.shape.length !== 2 || x.shape[1] !== features) {
      throw new ShapeError(`${this}: expected input [N, ${features}], got shape ${formatShape(x.shape)}.`);
    }
  }
}
