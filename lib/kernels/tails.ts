/**
 * Numbers in two pieces: a float64 and its "tail", which is what rounding took from it. Together they hold
 * about 106 bits, and that is how our elementary functions stay within 1 ulp of the true value.
 *
 * A function here returns the first piece and leaves the second in {@link tail}, since returning both would
 * make an object for every operation.
 */

// The two halves of a float64, to read and to build exponents. Every platform of Deno is little-endian.
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** What the last function of this file left over: its true result is what it returned plus `tail`. */
export let tail = 0;

/** a + b, and in `tail` exactly what rounding lost (Knuth's two-sum). */
export function plusWithTail(a: number, b: number): number {
  const sum = a + b;
  const bPart = sum - a;
  tail = (a - (sum - bPart)) + (b - bPart);
  return sum;
}

/** a · b, and in `tail` exactly what rounding lost (Dekker's product: split both into halves of 26 bits). */
export function timesWithTail(a: number, b: number): number {
  const aScaled = a * 134217729, aHigh = aScaled - (aScaled - a), aLow = a - aHigh;
  const bScaled = b * 134217729, bHigh = bScaled - (bScaled - b), bLow = b - bHigh;
  const product = a * b;
  tail = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
  return product;
}

/** (a + aTail) + (b + bTail), to about 104 bits. */
export function addPairs(a: number, aTail: number, b: number, bTail: number): number {
  const sum = plusWithTail(a, b);
  return settle(sum, tail + (aTail + bTail));
}

/** (a + aTail) · (b + bTail), to about 104 bits. */
export function multiplyPairs(a: number, aTail: number, b: number, bTail: number): number {
  const product = timesWithTail(a, b);
  return settle(product, tail + (a * bTail + aTail * b));
}

/** (a + aTail) / (b + bTail), to about 104 bits. */
export function dividePairs(a: number, aTail: number, b: number, bTail: number): number {
  const quotient = a / b;
  const product = timesWithTail(quotient, b);
  return settle(quotient, (a - product - tail + aTail - quotient * bTail) / b);
}

/** head + rest with |rest| much smaller than |head|: rounded once, and the remainder in `tail`. */
function settle(head: number, rest: number): number {
  const sum = head + rest;
  tail = rest - (sum - head);
  return sum;
}

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
