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
   * For each row z of `logits` and t of `wanted`, with p = softmax(z): −Σ t·ln p into `losses`, which has a number for each
   * row, and its gradient by z, p·Σt − t, into `slopes`.
   */
  crossEntropy(logits: Floats, wanted: Floats, losses: Float64Array, slopes: Floats): void;
  /**
   * Zeros in the kernels' own memory, for arrays that are used in every step. It is shared memory, so `structuredClone`
   * does not copy such an array; `undefined` if an ordinary one will do.
   */
  resident?(dtype: "float64" | "float32", length: number): Floats | undefined;
  /** Steps of optimizers, where these kernels have faster ones than the loops in `optim/`. */
  readonly optimizers?: OptimizerKernels;
}

/** The optimizers whose formula kernels may have; it stands in the file of that name in `optim/`. */
export type StepFormula = "sgd" | "rmsprop" | "adam";

/** Whole steps of optimizers. */
export interface OptimizerKernels {
  /** The smallest number of weights for which they are faster. */
  readonly least: number;
  /**
   * Changes the weights and the buffers in place.
   *
   * @param arrays The weights, their gradient, and the buffers of the formula; `undefined` for one that is not in use
   * @param numbers What is the same for all entries, in the order of the formula
   * @returns Whether it was done; if not, nothing has changed
   */
  step(formula: StepFormula, arrays: readonly (Floats | undefined)[], numbers: readonly number[]): boolean;
}
