/** The one tensor of this library. */

import { INSPECT } from "../host/mod.ts";
import type { GraphNode } from "../autograd/graph.ts";
import type { Floats } from "../kernels/kernels.ts";
import * as arithmetic from "./arithmetic.ts";
import { backward } from "./backward.ts";
import { allClose, type ClosenessOptions, equals } from "./closeness.ts";
import { displayTensor } from "./display.ts";
import { type DType, notFloats } from "./dtype.ts";
import * as elementwise from "./elementwise.ts";
import { knownShape } from "./known_shapes.ts";
import { compare } from "./unrecorded.ts";
import { matmul } from "./matmul.ts";
import { formatTensor } from "./print.ts";
import * as reading from "./reading.ts";
import type { NestedNumbers } from "./reading.ts";
import type { ReduceOptions } from "./reduce.ts";
import * as reductions from "./reductions.ts";
import { indexSelect } from "./selection.ts";
import { formatShape, type Shape, ShapeError } from "./shape.ts";
import * as shaping from "./shaping.ts";

export type { NestedNumbers, ReduceOptions };

const NONE: readonly Tensor[] = [];

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
// deno-fmt-ignore: a table of contents; each line leads to the function that computes it, with its backward beside it
export class Tensor implements GraphNode<Tensor> {
  /** The lengths of the axes; `[]` for a scalar. Frozen: {@link Tensor.reshape} gives another shape. */
  readonly shape: Shape;
  /**
   * The numbers, row-major: the last axis is contiguous. Those of a large parameter lie in the memory of the fast kernels:
   * copy them with `data.slice()`, since `structuredClone` gives a second view of them, and `buffer` is that whole memory.
   */
  readonly data: Floats;
  /** Whether `backward()` computes a gradient for this tensor. */
  requiresGrad = false;
  /** The tensors this one was computed from, if any of them requires a gradient. */
  parents: readonly Tensor[] = NONE;
  /** Given the gradient of this tensor, gives those of its parents. */
  pullback: ((gradOutput: Tensor) => readonly (Tensor | undefined)[]) | undefined = undefined;
  /** What made this tensor, if it was recorded: `"matmul"`. */
  operation: string | undefined = undefined;
  /** Its name in pictures of the graph: `"W"`. */
  label: string | undefined = undefined;

  /**
   * Numbers that are there already, seen in a shape. See `tensor()` and `zeros()` for easier ways.
   *
   * @param data The numbers, row-major; kept, not copied
   * @param shape The lengths of the axes; copied
   * @throws {ShapeError} If the shape does not hold exactly that many numbers
   * @throws {TypeError} If the numbers are no Float64Array or Float32Array
   */
  constructor(data: Floats, shape: Shape) {
    if (!(data instanceof Float64Array || data instanceof Float32Array)) throw notFloats(data);
    const known = knownShape("Tensor", shape);
    if (known.size !== data.length) {
      throw new ShapeError(
        `Tensor: shape ${formatShape(shape)} holds ${known.size} numbers, got ${data.length}.`,
      );
    }
    this.data = data;
    this.shape = known.shape;
  }

  /** `"float64"` or `"float32"`. */
  get dtype(): DType { return this.data instanceof Float64Array ? "float64" : "float32"; }
  /** The number of entries. */
  get size(): number { return this.data.length; }

  /** ∂L/∂(this tensor) after `backward()`, in this tensor's shape. Accumulates on leaves. */
  grad: Tensor | undefined = undefined;

  // Two numbers; `other` is a number, or a tensor whose shape broadcasts (see arithmetic.ts)
  /** a + b. */
  add(other: Tensor | number): Tensor { return arithmetic.add(this, other); }
  /** a − b. */
  sub(other: Tensor | number): Tensor { return arithmetic.subtract(this, other); }
  /** a · b, entry by entry (Hadamard's product ⊙, not the matrix product). */
  mul(other: Tensor | number): Tensor { return arithmetic.multiply(this, other); }
  /** a / b. */
  div(other: Tensor | number): Tensor { return arithmetic.divide(this, other); }
  /** aᵇ; where a < 0, b must be an integer. */
  pow(exponent: Tensor | number): Tensor { return arithmetic.power(this, exponent); }
  /** The larger of a and b; equal ones share the gradient. */
  maximum(other: Tensor | number): Tensor { return arithmetic.extremeOf("maximum", this, other); }
  /** The smaller of a and b; equal ones share the gradient. */
  minimum(other: Tensor | number): Tensor { return arithmetic.extremeOf("minimum", this, other); }
  /** 1 where a > b, else 0. Has no gradient, like all comparisons. */
  greater(other: Tensor | number): Tensor { return compare("greater", this, other); }
  /** 1 where a ≥ b, else 0. */
  greaterEqual(other: Tensor | number): Tensor { return compare("greaterEqual", this, other); }
  /** 1 where a < b, else 0. */
  less(other: Tensor | number): Tensor { return compare("less", this, other); }
  /** 1 where a ≤ b, else 0. */
  lessEqual(other: Tensor | number): Tensor { return compare("lessEqual", this, other); }
  /** 1 where a = b, else 0. */
  equal(other: Tensor | number): Tensor { return compare("equal", this, other); }
  /** 1 where a ≠ b, else 0. */
  notEqual(other: Tensor | number): Tensor { return compare("notEqual", this, other); }

  // One number (see elementwise.ts)
  /** −a. */
  neg(): Tensor { return elementwise.negate(this); }
  /** a². */
  square(): Tensor { return elementwise.square(this); }
  /** |a|; its derivative at 0 is taken as 0. */
  abs(): Tensor { return elementwise.abs(this); }
  /** −1, 0 or 1. Has no gradient. */
  sign(): Tensor { return elementwise.sign(this); }
  /** √a. */
  sqrt(): Tensor { return elementwise.sqrt(this); }
  /** eᵃ. */
  exp(): Tensor { return elementwise.exp(this); }
  /** ln a. */
  log(): Tensor { return elementwise.log(this); }
  /** ln(1 + a), accurate also for tiny a. */
  log1p(): Tensor { return elementwise.log1p(this); }
  /** max(a, 0); its derivative at 0 is taken as 0. */
  relu(): Tensor { return elementwise.relu(this); }
  /** ln(1 + eᵃ), without overflow. */
  softplus(): Tensor { return elementwise.softplus(this); }
  /** tanh a. */
  tanh(): Tensor { return elementwise.tanh(this); }
  /** 1/(1 + e⁻ᵃ). */
  sigmoid(): Tensor { return elementwise.sigmoid(this); }
  /** a, moved to the nearer bound where it lies outside; its derivative is 1 from low to high, both included. */
  clip(low: number, high: number): Tensor { return elementwise.clip(this, low, high); }

  // Products and reductions; without `axis` over all entries (see matmul.ts, reductions.ts)
  /** Matrix product `[m, k]·[k, n] → [m, n]`, also of vectors and of batches, by NumPy's rules. */
  matmul(other: Tensor): Tensor { return matmul(this, other); }
  /** Sum over one axis, several or all. */
  sum(options?: ReduceOptions): Tensor { return reductions.sum(this, options); }
  /** Mean over one axis, several or all. */
  mean(options?: ReduceOptions): Tensor { return reductions.mean(this, options); }
  /** Mean squared distance from the mean, divided by n − correction: 1 by default, as in PyTorch; NumPy takes 0. */
  variance(options?: reductions.VarianceOptions): Tensor { return reductions.variance(this, options); }
  /** ln Σ eᵃ, without overflow. */
  logSumExp(options?: ReduceOptions): Tensor { return reductions.logSumExp(this, options); }
  /** Largest entry; a tie shares the gradient equally. */
  max(options?: ReduceOptions): Tensor { return reductions.extreme("max", this, options); }
  /** Smallest entry; a tie shares the gradient equally. */
  min(options?: ReduceOptions): Tensor { return reductions.extreme("min", this, options); }
  /** The index of the largest entry along an axis (the first of a tie, or the first NaN); the last axis by default. */
  argmax(options?: number | (reductions.ArgmaxOptions & { readonly keepDims?: false })): number[];
  /** The same as a tensor, in which that axis has length 1. */
  argmax(options: reductions.ArgmaxOptions & { readonly keepDims: true }): Tensor;
  argmax(options: number | reductions.ArgmaxOptions = -1): number[] | Tensor { return reductions.argmax(this, options); }

  // Shapes and choices (see shaping.ts, selection.ts)
  /** The same numbers in the same order, in another shape of the same size; one length may be −1: the rest. */
  reshape(shape: Shape): Tensor { return shaping.reshape(this, shape); }
  /** Rows and columns exchanged, `[m, n] → [n, m]`; with more axes, their new order: `transpose([0, 2, 1])`. */
  transpose(axes?: readonly number[]): Tensor { return shaping.transpose(this, axes); }
  /** Without the axes of length 1, or without that one. */
  squeeze(axis?: number): Tensor { return shaping.squeeze(this, axis); }
  /** With a new axis of length 1: `[n]` becomes `[1, n]` with 0, `[n, 1]` with 1 or −1. */
  unsqueeze(axis: number): Tensor { return shaping.unsqueeze(this, axis); }
  /** Axes of length 1, and missing ones at the front, repeated up to a shape. */
  broadcastTo(shape: Shape): Tensor { return shaping.broadcastTo(this, shape); }
  /** Slices along an axis, in the order of `indices`; one that is taken twice receives both gradients. */
  indexSelect(indices: ArrayLike<number> | Tensor, axis = 0): Tensor { return indexSelect(this, indices, axis); }

  /** Entries `from` … `to − 1` along the first axis. */
  slice(from: number, to?: number): Tensor;
  /** One such range for each axis, `[]` for all of it: `slice([[], [1, 3]])` takes columns 1 and 2. */
  slice(ranges: readonly shaping.SliceRange[]): Tensor;
  slice(from: number | readonly shaping.SliceRange[], to?: number): Tensor {
    return shaping.slice(this, typeof from === "number" ? [[from, to]] : from);
  }

  // Gradients
  /**
   * Backpropagation: computes ∂(this)/∂t for every tensor t with `requiresGrad` below this one, into `t.grad`.
   *
   * @param seed ∂L/∂(this); may be left out for a scalar, where it is 1
   * @throws {TypeError} If this tensor requires no gradient
   * @throws {ShapeError} If this is not a scalar and no seed is given, or the seed has another shape
   */
  backward(seed?: Tensor): void { backward(this, seed); }
  /** The same numbers, cut off from the graph; they stay shared, so a change to `data` is seen by both. */
  detach(): Tensor { return new Tensor(this.data, this.shape); }

  // Reading (see reading.ts, closeness.ts, print.ts)
  /** The number in a tensor of one entry; ShapeError if there are more or fewer. */
  item(): number { return reading.item(this); }
  /** The entry at an index, one number per axis: `X.at(0, 2)`. */
  at(...index: number[]): number { return reading.at(this, index); }
  /** The numbers as nested arrays. */
  toArray(): NestedNumbers { return reading.toArray(this); }
  /** Whether shape, dtype and all numbers are equal; NaN equals nothing, 0 equals −0. */
  equals(other: Tensor): boolean { return equals(this, other); }
  /** Whether |a − b| ≤ atol + rtol·|b| everywhere; dtypes may differ, shapes may not (ShapeError). */
  allClose(other: Tensor, options?: ClosenessOptions): boolean { return allClose(this, other, options); }
  /** Shape, dtype and aligned numbers; the middle of a long axis is left out. */
  toString(): string { return formatTensor(this); }
  /** What `console.log` shows. */
  [INSPECT](): string { return this.toString(); }
  /** What a notebook shows: the text, and a small table of a vector or a matrix. */
  [Symbol.for("Jupyter.display")](): { "text/plain": string; "text/html"?: string } { return displayTensor(this); }
}
