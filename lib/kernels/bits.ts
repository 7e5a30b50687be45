/** The exponent of a float64, read and written as bits. `wasm/assembly/bits.ts` is the same for WebAssembly. */

// The two halves of a float64. Every platform of Deno is little-endian.
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** The integer k for which x = 2ᵏ·m with √½ < m ≤ √2; for finite x > 0. */
export function exponentOf(x: number): number {
  let k = 0;
  if (x < 2.2250738585072014e-308) { // subnormal: scale by 2⁵⁴ into the normal range
    x *= 18014398509481984;
    k = -54;
  }
  float[0] = x;
  k += (words[1] >>> 20) - 1023;
  words[1] = (words[1] & 0x000fffff) | 0x3ff00000; // same digits, exponent 0: 1 ≤ m < 2
  return float[0] > Math.SQRT2 ? k + 1 : k;
}

/** y · 2ᵏ for |k| ≤ 1100, in steps where 2ᵏ itself is not a normal float64. */
export function timesPowerOfTwo(y: number, k: number): number {
  if (k > 1023) return timesPowerOfTwo(y * 1152921504606846976, k - 60);
  if (k < -1022) return timesPowerOfTwo(y, k + 60) * 8.673617379884035e-19;
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return y * float[0];
}
