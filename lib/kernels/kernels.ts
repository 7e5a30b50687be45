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

/** Elementwise functions of two numbers; comparisons give 1 or 0; `gate` is a where b > 0, else 0. */
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
  | "notEqual"
  | "gate";

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
  /** Σ (xᵢ − yᵢ)², in float64 whatever the dtype; without y, Σ xᵢ². */
  squaredDistance(x: Floats, y?: Floats): number;
  /**
   * Zeros for an array that lives long and is computed with again and again, where these kernels keep it at hand. It
   * lies in shared memory, so `structuredClone` does not copy it; `undefined` if an ordinary array will do.
   */
  resident?(dtype: "float64" | "float32", length: number): Floats | undefined;
  /** Steps of optimizers, where these kernels have faster ones than the loops in `optim/`. */
  readonly optimizers?: OptimizerKernels;
}

/**
 * Each changes the first array, the weights, and the averages that it keeps, in place, and says whether it did: if not,
 * the caller's own loop does it. The second array is the gradient. Absent averages are `undefined`.
 */
export interface OptimizerKernels {
  adam(arrays: readonly (Floats | undefined)[], step: AdamStep): boolean;
  sgd(arrays: readonly (Floats | undefined)[], step: SGDStep): boolean;
  rmsprop(arrays: readonly (Floats | undefined)[], step: RMSpropStep): boolean;
}

/** The numbers of a step that are the same for all entries; arrays are w, g, m, v, largest v. See `optim/adam.ts`. */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  /** η, corrected for the start of m at 0. */
  readonly stepSize: number;
  /** Of √v, likewise. */
  readonly correction: number;
  readonly epsilon: number;
  /** λ, where it is part of the gradient. */
  readonly penalty: number;
  /** 1 − ηλ, where the decay is a step of its own. */
  readonly keep: number;
}

/** The same for w, g, velocity. See `optim/sgd.ts`. */
export interface SGDStep {
  readonly rate: number;
  readonly momentum: number;
  /** Of the gradient, on its way into the velocity. */
  readonly gain: number;
  readonly penalty: number;
  readonly nesterov: boolean;
}

/** The same for w, g, mean square, mean, velocity. See `optim/rmsprop.ts`. */
export interface RMSpropStep {
  readonly rate: number;
  readonly alpha: number;
  readonly epsilon: number;
  readonly penalty: number;
  readonly momentum: number;
}
