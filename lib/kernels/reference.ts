/**
 * The reference kernels: plain loops, written to be read. They define what the right answer is, bit for bit;
 * faster kernels are tested against them.
 *
 * Sums run from the first number to the last and are kept in float64, whatever the tensor's dtype.
 */

import { crossEntropy } from "./cross_entropy.ts";
import { exp, log, log1p, logistic, pow, softplus, tanh } from "./elementary.ts";
import type {
  BinaryOperation,
  BroadcastPlan,
  Floats,
  Kernels,
  Reduction,
  UnaryOperation,
} from "./kernels.ts";
import { matmul } from "./reference_matmul.ts";
import { squaredDistance } from "./squared_distance.ts";

/** A function of one number on every entry: out[i] = f(x[i]). */
type Loop = (x: Floats, out: Floats) => void;

/** The short ones have a loop of their own, since a call for every number would take longer than the arithmetic. */
const UNARY: Record<UnaryOperation, Loop> = {
  negate: (x, out) => {
    for (let i = 0; i < x.length; i++) out[i] = -x[i];
  },
  abs: (x, out) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.abs(x[i]);
  },
  sign: (x, out) => {
    for (let i = 0; i < x.length; i++) out[i] = Math.sign(x[i]);
  },
  sqrt: (x, out) => { // IEEE 754 defines it to the last bit, as it does + − × ÷
    for (let i = 0; i < x.length; i++) out[i] = Math.sqrt(x[i]);
  },
  relu: (x, out) => { // NaN stays NaN
    for (let i = 0; i < x.length; i++) out[i] = x[i] > 0 || x[i] !== x[i] ? x[i] : 0;
  },
  exp: each(exp),
  log: each(log),
  log1p: each(log1p),
  tanh: each(tanh),
  sigmoid: each(logistic),
  softplus: each(softplus),
};

function each(f: (x: number) => number): Loop {
  return (x, out) => {
    for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
  };
}

/**
 * One row of an elementwise function of two numbers: out[to + i] = f(a[from + i·step], b[…]) for `count` entries.
 * Again the loop is written out for each function.
 */
type RowLoop = (
  out: Floats,
  to: number,
  count: number,
  a: Floats,
  i: number,
  iStep: number,
  b: Floats,
  j: number,
  jStep: number,
) => void;

const BINARY: Record<BinaryOperation, RowLoop> = {
  add: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] + b[j];
  },
  subtract: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] - b[j];
  },
  multiply: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] * b[j];
  },
  divide: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] / b[j];
  },
  power: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = pow(a[i], b[j]);
  },
  maximum: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = Math.max(a[i], b[j]);
  },
  minimum: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = Math.min(a[i], b[j]);
  },
  greater: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] > b[j] ? 1 : 0;
  },
  greaterEqual: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] >= b[j] ? 1 : 0;
  },
  less: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] < b[j] ? 1 : 0;
  },
  lessEqual: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] <= b[j] ? 1 : 0;
  },
  equal: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] === b[j] ? 1 : 0;
  },
  notEqual: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = a[i] !== b[j] ? 1 : 0;
  },
  gate: (out, to, count, a, i, iStep, b, j, jStep) => {
    for (const end = to + count; to < end; to++, i += iStep, j += jStep) out[to] = b[j] > 0 ? a[i] : 0;
  },
};

/** Where each reduction starts. */
const START: Record<Reduction, number> = { sum: 0, max: -Infinity, min: Infinity };

/** totals[i] = f(totals[i], x[from + i]); written out for each function, as above. */
const REDUCE: Record<Reduction, (totals: Float64Array, x: Floats, from: number) => void> = {
  sum: (totals, x, from) => {
    for (let i = 0; i < totals.length; i++) totals[i] += x[from + i];
  },
  max: (totals, x, from) => {
    for (let i = 0; i < totals.length; i++) totals[i] = Math.max(totals[i], x[from + i]);
  },
  min: (totals, x, from) => {
    for (let i = 0; i < totals.length; i++) totals[i] = Math.min(totals[i], x[from + i]);
  },
};

/** The plain loops behind every tensor operation. */
export const referenceKernels: Kernels = {
  name: "reference",
  matmul,
  unary,
  binary,
  reduce,
  crossEntropy,
  squaredDistance,
};

function unary(operation: UnaryOperation, x: Floats, out: Floats): void {
  UNARY[operation](x, out);
}

function binary(operation: BinaryOperation, a: Floats, b: Floats, out: Floats, plan?: BroadcastPlan): void {
  const loop = BINARY[operation];
  if (plan === undefined) {
    loop(out, 0, out.length, a, 0, 1, b, 0, 1);
    return;
  }
  // Run the loop along the last axis and count the others like an odometer.
  const { shape, aStrides, bStrides } = plan;
  const last = shape.length - 1;
  const index = new Array<number>(last).fill(0);
  for (let row = 0; row < out.length; row += shape[last]) {
    let aAt = 0, bAt = 0;
    for (let axis = 0; axis < last; axis++) {
      aAt += index[axis] * aStrides[axis];
      bAt += index[axis] * bStrides[axis];
    }
    loop(out, row, shape[last], a, aAt, aStrides[last], b, bAt, bStrides[last]);
    for (let axis = last - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
}

function reduce(operation: Reduction, x: Floats, out: Floats, length: number, inner: number): void {
  if (inner === 1) return reduceNeighbours(operation, x, out, length);
  const row = REDUCE[operation];
  const totals = new Float64Array(inner);
  for (let to = 0, from = 0; to < out.length; to += inner) {
    totals.fill(START[operation]);
    for (let step = 0; step < length; step++, from += inner) row(totals, x, from);
    out.set(totals, to);
  }
}

/** A reduction of numbers that lie side by side, which needs no list of totals. */
function reduceNeighbours(operation: Reduction, x: Floats, out: Floats, length: number): void {
  for (let to = 0, from = 0; to < out.length; to++) {
    let total = START[operation];
    const end = from + length;
    if (operation === "sum") { for (; from < end; from++) total += x[from]; }
    else if (operation === "max") { for (; from < end; from++) total = Math.max(total, x[from]); }
    else for (; from < end; from++) total = Math.min(total, x[from]);
    out[to] = total;
  }
}
