/**
 * The interface between tensors and the loops that do their arithmetic.
 *
 * A kernel works on raw typed arrays in row-major order and knows nothing of tensors or gradients. It trusts
 * its caller: shapes were checked one floor up. All kernels must agree with {@link referenceKernels}.
 */

/** The numbers of a tensor: float64 or float32, row-major. */
export type Floats = Float64Array | Float32Array;

/** Elementwise functions of one number. */
export type UnaryOperation =
  | "negate"
  | "abs"
  | "sign"
  | "exp"
  | "log"
  | "log1p"
  | "sqrt"
  | "relu"
  | "tanh"
  | "sigmoid"
  | "softplus";

/** Elementwise functions of two numbers; comparisons give 1 or 0. */
export type BinaryOperation =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "power"
  | "maximum"
  | "minimum"
  | "greater"
  | "greaterEqual"
  | "less"
  | "lessEqual"
  | "equal"
  | "notEqual";

/** Ways to make one number of many. */
export type Reduction = "sum" | "max" | "min";

/** C[m, n] = A[m, k] · B[k, n]; with `transposeA`, A is stored as [k, m], likewise B as [n, k]. */
export interface MatmulSizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** How to walk two arrays of different shapes together: a stride of 0 repeats a number along that axis. */
export interface BroadcastPlan {
  readonly shape: readonly number[];
  readonly aStrides: readonly number[];
  readonly bStrides: readonly number[];
}

/** The loops. Every function writes all of `out` and nothing else; `out` is never one of the inputs. */
export interface Kernels {
  readonly name: string;
  matmul(a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void;
  unary(operation: UnaryOperation, x: Floats, out: Floats): void;
  /** Without a plan, `a`, `b` and `out` have the same length. */
  binary(operation: BinaryOperation, a: Floats, b: Floats, out: Floats, plan?: BroadcastPlan): void;
  /** x is [outer, length, inner]; the middle axis goes. `length` is at least 1 for max and min. */
  reduce(operation: Reduction, x: Floats, out: Floats, length: number, inner: number): void;
}
