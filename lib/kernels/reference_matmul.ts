/** Matrix products in plain loops. */

import type { Floats, MatmulSizes } from "./kernels.ts";

/** Up to so many multiplications, preparing for the quick loop takes longer than the slow one. */
const TINY = 512;

/**
 * Every entry of a matrix product is a dot product of a row of A with a column of B, summed from first to last in
 * float64.
 */
export function matmul(a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void {
  if (sizes.m * sizes.k * sizes.n <= TINY) oneByOne(a, b, out, sizes);
  else inTiles(a, b, out, sizes);
}

/** The definition. */
function oneByOne(a: Floats, b: Floats, out: Floats, { m, k, n, transposeA, transposeB }: MatmulSizes): void {
  const [aRow, aStep] = transposeA ? [1, m] : [k, 1], [bColumn, bStep] = transposeB ? [k, 1] : [1, n];
  for (let i = 0, to = 0; i < m; i++) {
    for (let j = 0; j < n; j++, to++) {
      let sum = 0, x = i * aRow, y = j * bColumn;
      for (let p = 0; p < k; p++, x += aStep, y += bStep) sum += a[x] * b[y];
      out[to] = sum;
    }
  }
}

/**
 * Copying both first, so that rows of A and columns of B each lie in one piece, gives one loop for all four transpose
 * forms; taking a tile of 2×4 entries at a time reuses each number that was loaded. Edge tiles run over zeros.
 */
function inTiles(a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void {
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
