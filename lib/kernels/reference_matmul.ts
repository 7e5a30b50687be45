/** The matrix product as it is defined. */

import type { Floats, MatmulSizes } from "./kernels.ts";

/** C[i, j] = Σₚ A[i, p]·B[p, j], summed from the first p to the last in float64. */
export function matmul(a: Floats, b: Floats, out: Floats, sizes: MatmulSizes): void {
  const { m, k, n, transposeA, transposeB } = sizes;
  const [aRow, aColumn] = transposeA ? [1, m] : [k, 1]; // how far apart neighbours are stored
  const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0, x = i * aRow, y = j * bColumn;
      for (let p = 0; p < k; p++, x += aColumn, y += bRow) sum += a[x] * b[y];
      out[i * n + j] = sum;
    }
  }
}
