/**
 * The reference kernels: plain loops, written to be read. They define what the right answer is, bit for bit;
 * faster kernels are tested against them.
 *
 * Sums run from the first number to the last and are kept in float64, whatever the tensor's dtype.
 */

import { exp, log, log1p, logistic, pow, softplus, tanh } from "./elementary.ts";
import type {
  BinaryOperation,
  BroadcastPlan,
  Floats,
  Kernels,
  MatmulSizes,
  Reduction,
  UnaryOperation,
} from "./kernels.ts";

const UNARY: Record<UnaryOperation, (x: number) => number> = {
  negate: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  exp,
  log,
  log1p,
  sqrt: Math.sqrt, // IEEE 754 defines it to the last bit, as it does + − × ÷
  relu: (x) => x > 0 || x !== x ? x : 0, // NaN stays NaN
  tanh,
  sigmoid: logistic,
  softplus,
};

/**
 * One row of an elementwise function of two numbers: out[to + i] = f(a[from + i·step], b[…]) for `count` entries.
 * The loop is written out for each function, since a call for every number would take longer than the arithmetic.
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
export const referenceKernels: Kernels = { name: "reference", matmul, unary, binary, reduce };

function unary(operation: UnaryOperation, x: Floats, out: Floats): void {
  const f = UNARY[operation];
  for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
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
  const row = REDUCE[operation];
  const totals = new Float64Array(inner);
  for (let to = 0, from = 0; to < out.length; to += inner) {
    totals.fill(START[operation]);
    for (let step = 0; step < length; step++, from += inner) row(totals, x, from);
    out.set(totals, to);
  }
}

/**
 * Every entry of a matrix product is a dot product of a row of A with a column of B. Copying both first, so
 * that rows of A and columns of B each lie in one piece, gives one loop for all four transpose forms; taking
 * a tile of 2×4 entries at a time reuses each number that was loaded. Edge tiles run over zeros.
 */
function matmul(a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void {
  const { transposeA, transposeB } = sizes;
  // V8 may hold a whole number as a float64, and then computes every index in floating point, three times slower.
  const m = sizes.m | 0, k = sizes.k | 0, n = sizes.n | 0;
  const rows = transposeA ? pack(a, m, k, 1, m, 2) : pack(a, m, k, k, 1, 2);
  const columns = transposeB ? pack(b, n, k, k, 1, 4) : pack(b, n, k, 1, n, 4);
  const tile = new Float64Array(8);
  for (let i = 0; i < m; i += 2) {
    for (let j = 0; j < n; j += 4) {
      dotProducts(rows, i * k, columns, j * k, k, tile);
      for (let di = 0; di < 2 && i + di < m; di++) {
        for (let dj = 0; dj < 4 && j + dj < n; dj++) out[(i + di) * n + j + dj] = tile[di * 4 + dj];
      }
    }
  }
}

/** `count` vectors of `length` numbers, each in one piece, in float64, padded with zeros to whole tiles. */
function pack(x: Floats, count: number, length: number, stride: number, step: number, tile: number) {
  const packed = new Float64Array(Math.ceil(count / tile) * tile * length);
  for (let i = 0; i < count; i++) copyVector(x, i * stride, step, packed, i * length, length);
  return packed;
}

function copyVector(x: Floats, from: number, step: number, packed: Float64Array, to: number, length: number) {
  for (const end = to + length; to < end; to++, from += step) packed[to] = x[from];
}

/** tile[i][j] = Σₚ rows[i][p]·columns[j][p] for 2 rows and 4 columns. */
function dotProducts(
  rows: Float64Array,
  row0: number,
  columns: Float64Array,
  column0: number,
  length: number,
  tile: Float64Array,
): void {
  const row1 = row0 + length;
  const column1 = column0 + length, column2 = column1 + length, column3 = column2 + length;
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
  for (let p = 0; p < length; p++) {
    const a0 = rows[row0 + p], a1 = rows[row1 + p];
    const b0 = columns[column0 + p], b1 = columns[column1 + p];
    const b2 = columns[column2 + p], b3 = columns[column3 + p];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
  }
  tile[0] = s00;
  tile[1] = s01;
  tile[2] = s02;
  tile[3] = s03;
  tile[4] = s10;
  tile[5] = s11;
  tile[6] = s12;
  tile[7] = s13;
}
