/** How far two arrays are apart, in the order of summation that all kernels keep. */

import type { Floats } from "./kernels.ts";

/** Entries that are added up by themselves. As in `wasm/assembly/squared_distance.ts`. */
export const PIECE = 4096;

/**
 * Σ (xᵢ − yᵢ)², in float64 whatever the dtype; without y, Σ xᵢ².
 *
 * Each piece has four sums, of every fourth entry: a processor can work on all four at once. The pieces are added up in
 * their order, whoever computes them.
 */
export function squaredDistance(x: Floats, y?: Floats): number {
  let sum = 0;
  for (let from = 0; from < x.length; from += PIECE) {
    sum += ofPiece(x, y, from, Math.min(from + PIECE, x.length));
  }
  return sum;
}

function ofPiece(x: Floats, y: Floats | undefined, from: number, to: number): number {
  const sums = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const difference = y === undefined ? x[i] : x[i] - y[i];
    sums[i & 3] += difference * difference;
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}
