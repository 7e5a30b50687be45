/** The exponential function and its relatives: exp, expm1, tanh and the logistic function. */

import { timesPowerOfTwo } from "./bits.ts";
import { addPairs, dividePairs, plusWithTail, tail } from "./tails.ts";

export const LN2_HIGH = 0.6931471803691238; // ln 2 cut to 32 bits, so that k·LN2_HIGH is exact for |k| < 2²¹ …
export const LN2_LOW = 1.9082149292705877e-10; // … and the rest of ln 2
const ONE_OVER_LN2 = 1.4426950408889634;

const OVERFLOW = 709.782712893384; // ln of the largest float64
const UNDERFLOW = -745.1332191019412; // ln of half the smallest one

/** 1/2!, 1/3!, … 1/14!: the series of (eʳ − 1 − r)/r². */
// deno-fmt-ignore
const SERIES: number[] = [
  1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040, 1 / 40320, 1 / 362880, 1 / 3628800, 1 / 39916800,
  1 / 479001600, 1 / 6227020800, 1 / 87178291200,
];

/** What {@link expm1Reduced} and {@link expm1WithTail} left over. */
let rest = 0.0;

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
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  return expOfPair(x, 0);
}

/** e^(x + xTail) for −746 ≤ x ≤ 710. */
export function expOfPair(x: number, xTail: number): number {
  const k = Math.round(x * ONE_OVER_LN2);
  const more = expm1Reduced(x, xTail, k);
  const head = 1 + more;
  return timesPowerOfTwo(head + (1 - head + more + rest), k);
}

/**
 * eˣ − 1, within 1 ulp also where eˣ is close to 1 and the subtraction would lose all digits.
 *
 * @param x Any number; NaN gives NaN
 * @returns eˣ − 1, from −1 to `Infinity`
 */
export function expm1(x: number): number {
  if (!(Math.abs(x) > 1e-17)) return x; // NaN, ±0, and where x + x²/2 rounds to x
  if (x < -38) return -1; // e⁻³⁸ is less than half an ulp of 1
  if (x > 40) return exp(x); // and 1 is less than that of e⁴⁰
  const head = expm1WithTail(x);
  return head + rest;
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
  const e = expm1WithTail(2 * size);
  const divisor = e + 2;
  const divisorTail = e > 2 ? 2 - (divisor - e) + rest : e - (divisor - 2) + rest;
  const result = dividePairs(e, rest, divisor, divisorTail);
  return x > 0 ? result : -result;
}

/**
 * The logistic function σ(x) = 1/(1 + e⁻ˣ), within 1 ulp and without overflow on either side.
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
  if (x !== x) return x;
  if (x > 38) return 1; // e⁻³⁸ is less than half an ulp of 1
  if (x < -40) return exp(x); // as 1 + eˣ is 1
  const e = expWithTail(-Math.abs(x)), eTail = tail;
  const divisor = plusWithTail(1, e);
  const divisorTail = tail + eTail;
  return x > 0 ? dividePairs(1, 0, divisor, divisorTail) : dividePairs(e, eTail, divisor, divisorTail);
}

/** eˣ for |x| ≤ 700, with its tail in {@link tail}. */
export function expWithTail(x: number): number {
  const k = Math.round(x * ONE_OVER_LN2);
  const power = timesPowerOfTwo(1, k);
  const more = power * expm1Reduced(x, 0, k);
  return addPairs(power, 0, more, power * rest);
}

/** eˣ − 1 for −38 ≤ x ≤ 40, with what is left over in `rest`. */
function expm1WithTail(x: number): number {
  const k = Math.round(x * ONE_OVER_LN2);
  const more = expm1Reduced(x, 0, k);
  if (k === 0) return more;
  const power = timesPowerOfTwo(1, k); // eˣ − 1 = 2ᵏ(1 + more) − 1
  const one = k < 53 ? 1.0 : 0.0; // from 2⁵⁴ a float64 cannot hold 2ᵏ − 1; then the tail takes it
  const head = plusWithTail(power - one, power * more);
  rest = power * rest + tail - (1 - one);
  return head;
}

/** e^(x + xTail − k·ln 2) − 1, with what is left over in `rest`: the part of exp that needs care. */
function expm1Reduced(x: number, xTail: number, k: number): number {
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW - xTail;
  const r = high - low;
  const rTail = high - r - low;
  let series = 0.0;
  for (let i = SERIES.length - 1; i >= 0; i--) series = series * r + SERIES[i];
  const curved = r * r * series;
  const sum = r + curved; // |curved| < |r|
  rest = r - sum + curved + rTail * (1 + r);
  return sum;
}
