// Random arrays, and how far two of them are apart.
import type { Floats, MatmulSizes } from "../../lib/kernels/kernels.ts";
import { Rng } from "backprop";

/** The two kinds of arrays. */
export const DTYPES = ["float64", "float32"] as const;
export type DType = typeof DTYPES[number];

/** Zeros. */
export function empty(dtype: DType, size: number): Floats {
  return dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
}

const STRANGE = [NaN, Infinity, -Infinity, 0, -0, 5e-324, -1e-310, 1e-40, 3e38, -1e-38, 1, -1];

/** Normal numbers; with `strange` above 0, so many in a thousand are NaN, infinite, denormal, −0 … */
export function numbers(rng: Rng, dtype: DType, size: number, strange = 0): Floats {
  const x = empty(dtype, size);
  for (let i = 0; i < size; i++) {
    x[i] = strange > 0 && rng.random() * 1000 < strange
      ? STRANGE[integer(rng, STRANGE.length)]
      : rng.gaussian();
  }
  return x;
}

/** 0 … below − 1. */
export function integer(rng: Rng, below: number): number {
  return Math.floor(rng.random() * below);
}

/** A size that is often 0, 1 or odd, and sometimes as large as `most`. */
export function anySize(rng: Rng, most: number): number {
  const kind = rng.random();
  if (kind < 0.08) return 0;
  if (kind < 0.2) return 1;
  return 1 + integer(rng, kind < 0.7 ? Math.min(most, 40) : most);
}

/** Bits as text, NaN being NaN whatever its bits: for "the very same". */
export function sameBits(a: Floats, b: Floats): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/**
 * The largest |c − exact| over its bound: for each entry of a product of k terms rounded to `epsilon`, k·ε·Σ|a||b|.
 * Where the exact one is not finite, c must be the same (NaN, or that infinity).
 */
export function productError(
  c: Floats,
  exact: Floats,
  sizeOfTerms: Floats,
  k: number,
  epsilon: number,
): number {
  let worst = 0;
  for (let i = 0; i < c.length; i++) {
    if (Object.is(c[i], exact[i])) continue;
    if (!Number.isFinite(exact[i])) return Infinity;
    worst = Math.max(worst, Math.abs(c[i] - exact[i]) / ((k + 1) * epsilon * sizeOfTerms[i] + 1e-44));
  }
  return worst;
}

/** |x|, entry by entry. */
export function absolute(x: Floats): Float64Array {
  return Float64Array.from(x, Math.abs);
}

/** All four forms of a product. */
export function anyForm(rng: Rng, m: number, k: number, n: number): MatmulSizes {
  return { m, k, n, transposeA: rng.random() < 0.5, transposeB: rng.random() < 0.5 };
}
