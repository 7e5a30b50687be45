// The twin of lib/kernels/bits.ts: the same results, from registers in place of two typed arrays.

/** The integer k for which x = 2ᵏ·m with √½ < m ≤ √2; for finite x > 0. */
export function exponentOf(x: f64): f64 {
  let k: i64 = 0;
  if (x < 2.2250738585072014e-308) { // subnormal: scale by 2⁵⁴ into the normal range
    x *= 18014398509481984;
    k = -54;
  }
  const bits = reinterpret<u64>(x);
  k += <i64>(bits >> 52) - 1023;
  const m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  return <f64>(m > 1.4142135623730951 ? k + 1 : k);
}

/** y · 2ᵏ for |k| ≤ 1100, in steps where 2ᵏ itself is not a normal float64. */
export function timesPowerOfTwo(y: f64, k: f64): f64 {
  if (k > 1023) return timesPowerOfTwo(y * 1152921504606846976, k - 60);
  if (k < -1022) return timesPowerOfTwo(y, k + 60) * 8.673617379884035e-19;
  return y * reinterpret<f64>((<u64>(<i64>k + 1023)) << 52);
}
