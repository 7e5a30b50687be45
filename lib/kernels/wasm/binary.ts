/** Functions of two numbers in WebAssembly. Each entry is rounded once, so the bits are those of the plain loops. */

import type { BinaryOperation, BroadcastPlan, Floats } from "../kernels.ts";
import { referenceKernels } from "../reference.ts";
import { JOBS } from "./engine.ts";
import { jobFor, onEngine } from "./on_engine.ts";

/** The functions by number, as in `assembly/binary.ts`; powers are left to the plain loop. */
const FUNCTIONS: Partial<Record<BinaryOperation, number>> = {
  add: 0,
  subtract: 1,
  multiply: 2,
  divide: 3,
  maximum: 4,
  minimum: 5,
  greater: 6,
  greaterEqual: 7,
  less: 8,
  lessEqual: 9,
  equal: 10,
  notEqual: 11,
  gate: 12,
};
/** For fewer entries, copying costs as much as is gained. (16,384 float32: 33 µs by the plain loop, 8 here.) */
const SMALL = 2048;
/** For more entries, the copies are too large for the processor's fast memory, and so is the workplace for ours. */
const LARGE = 1 << 21;
/** Entries a chunk, in whole rows; as in `assembly/binary.ts`. */
const PIECE = 16384;
/** Entries of a row where the arrays have no rows. */
const ROW = 1024;

/** Two operands as matrices of one shape: how far apart rows begin, and columns. */
interface Matrices {
  readonly rows: number;
  readonly columns: number;
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

/** out = f(a, b), entry by entry. */
export function binary(
  operation: BinaryOperation,
  a: Floats,
  b: Floats,
  out: Floats,
  plan?: BroadcastPlan,
): void {
  const number = FUNCTIONS[operation];
  const suits = number !== undefined && out.length >= SMALL && out.length <= LARGE;
  const matrices = suits ? asMatrices(out.length, plan) : undefined;
  const done = matrices !== undefined && onEngine((engine) => {
    const { rows, columns } = matrices;
    const aAt = engine.put(a), bAt = a === b ? aAt : engine.put(b);
    const to = engine.allocate(rows * columns * out.BYTES_PER_ELEMENT);
    const chunks = Math.ceil(rows / Math.max(1, Math.floor(PIECE / columns)));
    engine.run(jobFor(JOBS.binary, out), chunks, [
      aAt,
      bAt,
      to,
      rows,
      columns,
      number!,
      ...matrices.a,
      ...matrices.b,
    ]);
    engine.take(to, out);
  });
  if (!done) referenceKernels.binary(operation, a, b, out, plan);
}

/** A plan in which all axes but the last are walked as one, as they are for a bias, a scalar, or a column. */
function asMatrices(size: number, plan: BroadcastPlan | undefined): Matrices | undefined {
  // In one piece: rows of any length will do, and what the last one has too much is computed for nothing.
  if (plan === undefined) return { rows: Math.ceil(size / ROW), columns: ROW, a: [ROW, 1], b: [ROW, 1] };
  const { shape, aStrides, bStrides } = plan;
  const last = shape.length - 1, columns = shape[last];
  const a = rowStride(shape, aStrides), b = rowStride(shape, bStrides);
  if (a === undefined || b === undefined || columns < 8) return undefined;
  return { rows: size / columns, columns, a: [a, aStrides[last]], b: [b, bStrides[last]] };
}

/** How far apart rows begin, if all are equally far. */
function rowStride(shape: readonly number[], strides: readonly number[]): number | undefined {
  let axis = shape.length - 2;
  while (axis >= 0 && shape[axis] === 1) axis--;
  if (axis < 0) return 0;
  const stride = strides[axis];
  let expected = stride;
  for (; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return undefined;
    expected *= shape[axis];
  }
  return stride;
}
