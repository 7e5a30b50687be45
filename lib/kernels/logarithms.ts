/** The natural logarithm and what is made of it: log, log1p, softplus, pow. */

import { exp, expOfPair, expWithTail, LN2_HIGH, LN2_LOW } from "./exponentials.ts";
import { addPairs, dividePairs, exponentOf, multiplyPairs, plusWithTail } from "./tails.ts";
import { tail, timesPowerOfTwo, timesWithTail } from "./tails.ts";

/** 2/3, 2/5, … 2/23: the series of (2·artanh(s) − 2s)/s³ in s². */
const SERIES = Array.from({ length: 11 }, (_, i) => 2 / (2 * i + 3));

/** What {@link logReduced} and {@link log1pOfPair} left over. */
let rest = 0;

/** The first three of them with their tails, for {@link pow}. */
const FIRST_TERMS = [3, 5, 7].map((n) => ({ head: dividePairs(2, 0, n, 0), rest: tail }));

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
  const k = exponentOf(x);
  return logReduced(timesPowerOfTwo(x, -k) - 1, 0, k) + rest;
}

/**
 * ln(1 + x), within 1 ulp also where 1 + x would lose most digits of x.
 *
 * @param x Any number; below −1 or NaN gives NaN, −1 gives −Infinity
 * @returns ln(1 + x), in nats
 * @example
 * ```ts
 * import { log, log1p } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(log1p(1e-20), 1e-20);
 * assertEquals(log(1 + 1e-20), 0);
 * ```
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (Math.abs(x) < 1e-17 || x === Infinity) return x; // ±0, and where x − x²/2 rounds to x
  return log1pOfPair(x, 0) + rest;
}

/**
 * ln(1 + eˣ), a smooth ReLU, within 1 ulp and without overflow; its derivative is the logistic function.
 *
 * For x > 0 it is x + ln(1 + e⁻ˣ); the power and the logarithm are carried as pairs.
 *
 * @param x Any number; NaN gives NaN
 * @returns ln(1 + eˣ) ≥ max(x, 0)
 * @example
 * ```ts
 * import { softplus } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals([softplus(0), softplus(1000), softplus(-1000)], [Math.LN2, 1000, 0]);
 * ```
 */
export function softplus(x: number): number {
  if (x !== x) return x;
  if (x > 38) return x; // e⁻³⁸ is less than half an ulp of 38
  if (x < -38) return exp(x); // where ln(1 + e) = e − e²/2 rounds to e
  const e = expWithTail(-Math.abs(x));
  const ln = log1pOfPair(e, tail);
  if (x <= 0) return ln + rest;
  const sum = plusWithTail(x, ln);
  return sum + (tail + rest);
}

/**
 * xʸ, within 1 ulp; the nearest float64 wherever xʸ is one, and for the exponents ±1, 2 and ½.
 *
 * xʸ = e^(y·ln x), with ln x and the product carried to about 70 bits, since e multiplies an error by up to 709.
 *
 * @param x Base; a negative one needs an integer exponent
 * @param y Exponent
 * @returns xʸ; 1 where y is 0 or x is 1, whatever the other is (IEEE 754, NumPy, PyTorch); NaN for a negative
 * base with a fraction as exponent
 * @example
 * ```ts
 * import { pow } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals([pow(2, 10), pow(-2, 3), pow(9, 0.5), pow(10, -2)], [1024, -8, 3, 0.01]);
 * ```
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  const size = Math.abs(x);
  const negative = (x < 0 || Object.is(x, -0)) && isOdd(y);
  if (size === 0 || size === Infinity) {
    const result = (size === 0) === (y > 0) ? 0 : Infinity;
    return negative ? -result : result;
  }
  if (Math.abs(y) === Infinity) return size === 1 ? 1 : (size > 1) === (y > 0) ? Infinity : 0;
  if (x < 0 && !Number.isInteger(y)) return NaN;
  if (y === 0.5) return Math.sqrt(x);
  const result = powOfPositive(size, y);
  return negative ? -result : result;
}

function isOdd(y: number): boolean {
  return Math.abs(y % 2) === 1;
}

function powOfPositive(x: number, y: number): number {
  const ln = logPair(x);
  const lnTail = tail;
  // Beyond 2⁶⁵ the result is 0 or ∞ for every x but 1; the product of the halves must not overflow.
  const exponent = Math.max(-36893488147419103232, Math.min(36893488147419103232, y));
  const product = timesWithTail(exponent, ln);
  if (product > 710) return Infinity;
  if (product < -746) return 0;
  return expOfPair(product, tail + exponent * lnTail);
}

/** ln x to about 70 bits, the second piece in `tail`; for finite x > 0. */
function logPair(x: number): number {
  const k = exponentOf(x);
  const f = timesPowerOfTwo(x, -k) - 1;
  const divisor = plusWithTail(2, f);
  const s = dividePairs(f, 0, divisor, tail), sTail = tail;
  const z = multiplyPairs(s, sTail, s, sTail), zTail = tail;
  let series = 0, seriesTail = 0;
  for (let i = SERIES.length - 1; i > 2; i--) series = series * z + SERIES[i];
  for (let i = 2; i >= 0; i--) {
    series = multiplyPairs(series, seriesTail, z, zTail);
    series = addPairs(FIRST_TERMS[i].head, FIRST_TERMS[i].rest, series, tail);
    seriesTail = tail;
  }
  const cubed = multiplyPairs(s, sTail, z, zTail);
  const curved = multiplyPairs(cubed, tail, series, seriesTail);
  const ofM = addPairs(2 * s, 2 * sTail, curved, tail), ofMTail = tail;
  const ofPower = plusWithTail(k * LN2_HIGH, k * LN2_LOW);
  return addPairs(ofPower, tail, ofM, ofMTail);
}

/** ln(1 + x + xTail) for x > −1, with what is left over in `rest`. */
function log1pOfPair(x: number, xTail: number): number {
  if (x > -0.29 && x < 0.41) return logReduced(x, xTail, 0);
  const sum = plusWithTail(1, x);
  const lost = tail + xTail;
  const k = exponentOf(sum);
  return logReduced(timesPowerOfTwo(sum, -k) - 1, timesPowerOfTwo(lost, -k), k);
}

/** k·ln 2 + ln(1 + f + fTail) for √½ ≤ 1 + f ≤ √2, with what is left over in `rest`. */
function logReduced(f: number, fTail: number, k: number): number {
  // s = f/(2 + f) and what rounding lost of it
  const divisor = 2 + f;
  const divisorTail = f - (divisor - 2) + fTail;
  const s = f / divisor;
  const product = timesWithTail(s, divisor);
  const sTail = (f - product - tail + fTail - s * divisorTail) / divisor;

  const z = s * s;
  let series = 0;
  for (let i = SERIES.length - 1; i >= 0; i--) series = series * z + SERIES[i];
  const small = 2 * sTail + s * z * series + k * LN2_LOW;
  const kLn2 = k * LN2_HIGH;
  const sum = plusWithTail(kLn2, 2 * s);
  rest = tail + small;
  return sum;
}
