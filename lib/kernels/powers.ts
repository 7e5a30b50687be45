/** Powers, from logarithms to about 70 bits. */

import { exponentOf, timesPowerOfTwo } from "./bits.ts";
import { expOfPair, LN2_HIGH, LN2_LOW } from "./exponentials.ts";
import { SERIES } from "./logarithms.ts";
import { addPairs, dividePairs, multiplyPairs, plusWithTail, tail, timesWithTail } from "./tails.ts";

/** The first three terms of the logarithm's series with their tails. */
const FIRST_TERMS = [3, 5, 7].map((n) => ({ head: dividePairs(2, 0, n, 0), rest: tail }));

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
