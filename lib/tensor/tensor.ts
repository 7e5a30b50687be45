/** The one tensor of this library. */

import { backpropagate, type GraphNode } from "../autograd/graph.ts";
import type { Floats } from "../kernels/kernels.ts";
import * as elementwise from "./elementwise.ts";
import { type DType, emptyFloats } from "./dtype.ts";
import { matmul } from "./matmul.ts";
import { formatTensor } from "./print.ts";
import * as reductions from "./reductions.ts";
import { formatShape, type Shape, ShapeError, sizeOf } from "./shape.ts";
import * as shaping from "./shaping.ts";

/** Numbers nested to any depth, as long as every level is equally long: `[[1, 2], [3, 4]]`. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** Which axis a reduction removes (all of them by default), and whether it stays with length 1. */
export interface ReduceOptions {
  readonly axis?: number;
  readonly keepDims?: boolean;
}

/**
 * Numbers in a rectangular arrangement: a flat typed array and a shape, row-major.
 *
 * A tensor is never changed by an operation; every method returns a new one. It also is a node of the graph
 * that `backward()` walks: an operation on a tensor with `requiresGrad` records how to pull a gradient back.
 *
 * @example
 * ```ts
 * import { tensor } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const X = tensor([[1, 2], [3, 4]]); //   [N=2, D=2]
 * const W = tensor([[1], [10]]); //        [D=2, C=1]
 * assertEquals(X.matmul(W).toArray(), [[21], [43]]);
 * ```
 */
export class Tensor implements GraphNode<Tensor> {
  /** The lengths of the axes; `[]` for a scalar. */
  readonly shape: Shape;
  /** The numbers, row-major: the last axis is contiguous. */
  readonly data: Floats;
  /** Whether `backward()` computes a gradient for this tensor. */
  requiresGrad = false;
  /** ∂L/∂(this tensor) after `backward()`, in this tensor's shape. Accumulates on leaves. */
  grad: Tensor | undefined = undefined;
  /** The tensors this one was computed from, if any of them requires a gradient. */
  parents: readonly Tensor[] = [];
  /** Given the gradient of this tensor, gives those of its parents. */
  pullback: ((gradOutput: Tensor) => readonly (Tensor | undefined)[]) | undefined = undefined;

  /**
   * @param data The numbers, row-major; kept, not copied
   * @param shape The lengths of the axes
   * @throws {ShapeError} If the shape does not hold exactly that many numbers
   */
  constructor(data: Floats, shape: Shape) {
    if (sizeOf(shape) !== data.length || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
      throw new ShapeError(
        `Tensor: shape ${formatShape(shape)} holds ${sizeOf(shape)} numbers, got ${data.length}.`,
      );
    }
    this.data = data;
    this.shape = shape;
  }

  /** `"float64"` or `"float32"`. */
  get dtype(): DType {
    return this.data instanceof Float64Array ? "float64" : "float32";
  }

  /** The number of entries. */
  get size(): number {
    return this.data.length;
  }

  // ── Elementwise; `other` is a number or a tensor whose shape broadcasts ──────────────────────────────────

  /** a + b, elementwise. */
  add(other: Tensor | number): Tensor {
    return elementwise.add(this, other);
  }
  /** a − b, elementwise. */
  sub(other: Tensor | number): Tensor {
    return elementwise.subtract(this, other);
  }
  /** a · b, elementwise (Hadamard's product ⊙, not the matrix product). */
  mul(other: Tensor | number): Tensor {
    return elementwise.multiply(this, other);
  }
  /** a / b, elementwise. */
  div(other: Tensor | number): Tensor {
    return elementwise.divide(this, other);
  }
  /** −a. */
  neg(): Tensor {
    return elementwise.negate(this);
  }
  /** a², elementwise. */
  square(): Tensor {
    return elementwise.multiply(this, this);
  }
  /** |a|, elementwise; its derivative at 0 is taken as 0. */
  abs(): Tensor {
    return elementwise.abs(this);
  }
  /** √a, elementwise. */
  sqrt(): Tensor {
    return elementwise.sqrt(this);
  }
  /** eᵃ, elementwise. */
  exp(): Tensor {
    return elementwise.exp(this);
  }
  /** ln a, elementwise. */
  log(): Tensor {
    return elementwise.log(this);
  }
  /** max(a, 0), elementwise; its derivative at 0 is taken as 0. */
  relu(): Tensor {
    return elementwise.relu(this);
  }
  /** tanh a, elementwise. */
  tanh(): Tensor {
    return elementwise.tanh(this);
  }
  /** 1/(1 + e⁻ᵃ), elementwise. */
  sigmoid(): Tensor {
    return elementwise.sigmoid(this);
  }
  /** 1 where a > b, else 0. Has no gradient. */
  greater(other: Tensor | number): Tensor {
    return elementwise.compare("greater", this, other);
  }
  /** 1 where a < b, else 0. Has no gradient. */
  less(other: Tensor | number): Tensor {
    return elementwise.compare("less", this, other);
  }
  /** 1 where a = b, else 0. Has no gradient. */
  equal(other: Tensor | number): Tensor {
    return elementwise.compare("equal", this, other);
  }

  // ── Products, reductions, shapes ────────────────────────────────────────────────────────────────────────

  /** Matrix product `[m, k] · [k, n] → [m, n]`. */
  matmul(other: Tensor): Tensor {
    return matmul(this, other);
  }
  /** Sum over one axis or over all entries. */
  sum(options?: ReduceOptions): Tensor {
    return reductions.sum(this, options);
  }
  /** Mean over one axis or over all entries. */
  mean(options?: ReduceOptions): Tensor {
    return reductions.mean(this, options);
  }
  /** Largest entry along one axis or of all; a tie shares the gradient equally. */
  max(options?: ReduceOptions): Tensor {
    return reductions.extreme("max", this, options);
  }
  /** Smallest entry along one axis or of all; a tie shares the gradient equally. */
  min(options?: ReduceOptions): Tensor {
    return reductions.extreme("min", this, options);
  }
  /** The index of the largest entry along an axis (the first one of a tie); the last axis by default. */
  argmax(axis = -1): number[] {
    return reductions.argmax(this, axis);
  }
  /** Rows and columns exchanged: `[m, n] → [n, m]`. */
  transpose(): Tensor {
    return shaping.transpose(this);
  }
  /** The same numbers in the same order, in another shape of the same size. */
  reshape(shape: Shape): Tensor {
    return shaping.reshape(this, shape);
  }
  /** Entries `from` … `to − 1` along the first axis. */
  slice(from: number, to?: number): Tensor {
    return shaping.slice(this, from, to);
  }

  // ── Gradients ───────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Backpropagation: computes ∂(this)/∂t for every tensor t with `requiresGrad` below this one, into `t.grad`.
   *
   * @param seed ∂L/∂(this); may be left out for a scalar, where it is 1
   * @throws {ShapeError} If this is not a scalar and no seed is given, or the seed has another shape
   */
  backward(seed?: Tensor): void {
    if (seed === undefined && this.size !== 1) {
      throw new ShapeError(
        `backward: expected a scalar loss, got shape ${formatShape(this.shape)}. ` +
          "Take .mean() or .sum() first, or pass ∂L/∂(this tensor) as the seed.",
      );
    }
    seed ??= new Tensor(emptyFloats(this.dtype, this.size).fill(1), this.shape);
    if (seed.size !== this.size) {
      throw new ShapeError(
        `backward: the seed must have shape ${formatShape(this.shape)}, got ${formatShape(seed.shape)}.`,
      );
    }
    backpropagate<Tensor>(this, seed, (a, b) => elementwise.add(a, b));
  }

  /** The same numbers, cut off from the graph. */
  detach(): Tensor {
    return new Tensor(this.data, this.shape);
  }

  // ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * The number in a tensor of one entry.
   *
   * @throws {ShapeError} If there are more or fewer entries
   */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(`item: expected exactly one entry, got shape ${formatShape(this.shape)}.`);
    }
    return this.data[0];
  }

  /** The entry at an index, one number per axis: `X.at(0, 2)`. */
  at(...index: number[]): number {
    return this.data[shaping.offsetOf(this.shape, index)];
  }

  /** The numbers as nested arrays. */
  toArray(): NestedNumbers {
    const nest = (axis: number, from: number): NestedNumbers => {
      if (axis === this.shape.length) return this.data[from];
      const step = sizeOf(this.shape.slice(axis + 1));
      return Array.from({ length: this.shape[axis] }, (_, i) => nest(axis + 1, from + i * step));
    };
    return nest(0, 0);
  }

  /** Shape, dtype and aligned numbers; the middle of a long axis is left out. */
  toString(): string {
    return formatTensor(this);
  }

  /** What `console.log` and the notebook show. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}
