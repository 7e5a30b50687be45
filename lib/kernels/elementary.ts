/**
 * Our own `exp`, `log`, `tanh` and `sigmoid`.
 *
 * The built-in ones are allowed to differ between processors and between versions of the engine. These use
 * only `+ − × ÷`, which IEEE 754 defines to the last bit, so a notebook prints the same digits everywhere.
 *
 * The method is the classical one: reduce the argument to a short interval, sum a Taylor series there, and
 * carry the rounding error of the largest terms along in a second number (a "tail"), so that the result is
 * within 1 ulp (unit in the last place) of the true value.
 */

const LN2_HIGH = 0.6931471803691238; // ln 2 cut to 32 bits, so that k·LN2_HIGH is exact for |k| < 2²¹ …
const LN2_LOW = 1.9082149292705877e-10; // … and the rest of ln 2
const ONE_OVER_LN2 = 1.4426950408889634;

const EXP_OVERFLOW = 709.782712893384; // ln of the largest float64
const EXP_UNDERFLOW = -745.1332191019412; // ln of half the smallest one

/** 1/2!, 1/3!, … 1/14!: the series of (eʳ − 1 − r)/r². */
const EXP_SERIES = inverseFactorials(2, 14);

/** 2/3, 2/5, … 2/23: the series of (2·artanh(s) − 2s)/s³ in s². */
const LOG_SERIES = Array.from({ length: 11 }, (_, i) => 2 / (2 * i + 3));

// The two halves of a float64, to read and to build exponents. Every platform of Deno is little-endian.
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** What the last function that promises a tail left over: the true value is its result plus `tail`. */
let tail = 0;

/**
 * eˣ, within 1 ulp.
 *
 * x = k·ln 2 + r with |r| ≤ ln 2 / 2, so eˣ = 2ᵏ·eʳ.
 *
 * @param x Any number; NaN gives NaN
 * @returns eˣ; `Infinity` above 709.78, 0 below −745.13
 * @example
 * ```ts
 * import { exp } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(exp(0), 1);
 * assertEquals(exp(1), Math.E);
 * ```
 */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > EXP_OVERFLOW) return Infinity;
  if (x < EXP_UNDERFLOW) return 0;
  const k = Math.round(x * ONE_OVER_LN2);
  const rest = expm1Reduced(x, k);
  const head = 1 + rest;
  return timesPowerOfTwo(head + (1 - head + rest + tail), k);
}

/**
 * Natural logarithm, within 1 ulp.
 *
 * x = 2ᵏ·m with √½ ≤ m < √2, and ln m = 2·artanh(s) with s = (m − 1)/(m + 1).
 *
 * @param x Any number; below 0 or NaN gives NaN, 0 gives −Infinity
 * @returns ln x, in nats
 * @example
 * ```ts
 * import { log } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(log(1), 0);
 * assertEquals((-log(0.1)).toFixed(5), "2.30259");
 * ```
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) { // subnormal: scale by 2⁵⁴ into the normal range
    x *= 18014398509481984;
    k = -54;
  }
  float[0] = x;
  k += (words[1] >>> 20) - 1023;
  words[1] = (words[1] & 0x000fffff) | 0x3ff00000; // same digits, exponent 0: 1 ≤ m < 2
  let m = float[0];
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  // s = f/(2 + f) and what rounding lost of it
  const f = m - 1;
  const divisor = 2 + f;
  const divisorTail = f - (divisor - 2);
  const s = f / divisor;
  const product = timesWithTail(s, divisor);
  const sTail = (f - product - tail - s * divisorTail) / divisor;

  const z = s * s;
  let series = 0;
  for (let i = LOG_SERIES.length - 1; i >= 0; i--) series = series * z + LOG_SERIES[i];
  const small = 2 * sTail + s * z * series + k * LN2_LOW;
  const kLn2 = k * LN2_HIGH;
  const sum = plusWithTail(kLn2, 2 * s);
  return sum + (tail + small);
}

/**
 * Hyperbolic tangent, (e²ˣ − 1)/(e²ˣ + 1), within 1 ulp.
 *
 * @param x Any number; NaN gives NaN
 * @returns tanh x, from −1 to 1
 * @example
 * ```ts
 * import { tanh } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(tanh(0.5).toFixed(6), "0.462117");
 * assertEquals(tanh(-40), -1);
 * ```
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size > 1e-8)) return x; // NaN, ±0, and where x − x³/3 rounds to x
  if (size > 20) return x > 0 ? 1 : -1; // 1 − tanh(20) = 8.5e-18, less than half an ulp
  const k = Math.round(2 * size * ONE_OVER_LN2);
  let e = expm1Reduced(2 * size, k);
  let eTail = tail;
  if (k > 0) { // e²ˣ − 1 = 2ᵏ(1 + e) − 1
    const power = timesPowerOfTwo(1, k);
    const head = plusWithTail(power - 1, power * e);
    eTail = power * eTail + tail;
    e = head;
  }
  const divisor = e + 2;
  const divisorTail = e > 2 ? 2 - (divisor - e) + eTail : e - (divisor - 2) + eTail;
  const quotient = e / divisor;
  const product = timesWithTail(quotient, divisor);
  const result = quotient + (e - product - tail + eTail - quotient * divisorTail) / divisor;
  return x > 0 ? result : -result;
}

/**
 * The logistic function σ(x) = 1/(1 + e⁻ˣ), without overflow on either side.
 *
 * @param x Any number; NaN gives NaN
 * @returns σ(x), from 0 to 1
 * @example
 * ```ts
 * import { logistic } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(logistic(0), 0.5);
 * assertEquals(logistic(0.5).toFixed(6), "0.622459");
 * ```
 */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** e^(x − k·ln 2) − 1, with its tail: the part of exp that needs care. */
function expm1Reduced(x: number, k: number): number {
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rTail = high - r - low;
  let series = 0;
  for (let i = EXP_SERIES.length - 1; i >= 0; i--) series = series * r + EXP_SERIES[i];
  const rest = r * r * series;
  const sum = r + rest; // |rest| < |r|
  tail = r - sum + rest + rTail * (1 + r);
  return sum;
}

/** a + b, and in `tail` exactly what rounding lost (Knuth's two-sum). */
function plusWithTail(a: number, b: number): number {
  const sum = a + b;
  const bPart = sum - a;
  tail = (a - (sum - bPart)) + (b - bPart);
  return sum;
}

/** a · b, and in `tail` exactly what rounding lost (Dekker's product: split both into halves of 26 bits). */
function timesWithTail(a: number, b: number): number {
  const aScaled = a * 134217729, aHigh = aScaled - (aScaled - a), aLow = a - aHigh;
  const bScaled = b * 134217729, bHigh = bScaled - (bScaled - b), bLow = b - bHigh;
  const product = a * b;
  tail = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
  return product;
}

/** y · 2ᵏ for −1080 < k < 1025, in two steps where 2ᵏ itself is not a normal float64. */
function timesPowerOfTwo(y: number, k: number): number {
  if (k > 1023) return timesPowerOfTwo(y * 2, k - 1);
  if (k < -1022) return timesPowerOfTwo(y, k + 60) * 8.673617379884035e-19;
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return y * float[0];
}

function inverseFactorials(from: number, to: number): number[] {
  const list: number[] = [];
  for (let n = 1, factorial = 1; n <= to; n++) {
    factorial *= n;
    if (n >= from) list.push(1 / factorial);
  }
  return list;
}
