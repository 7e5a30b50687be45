/** The natural logarithm and what is made of it: log, log1p, softplus; for powers see `powers.ts`. */

import { exponentOf, timesPowerOfTwo } from "./bits.ts";
import { exp, expWithTail, LN2_HIGH, LN2_LOW } from "./exponentials.ts";
import { plusWithTail, tail, timesWithTail } from "./tails.ts";

/** 2/3, 2/5, … 2/23: the series of (2·artanh(s) − 2s)/s³ in s². */
// deno-fmt-ignore
export const SERIES: number[] = [
  2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11, 2 / 13, 2 / 15, 2 / 17, 2 / 19, 2 / 21, 2 / 23,
];

/** What {@link logReduced} and {@link log1pOfPair} left over. */
let rest = 0.0;

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
  let series = 0.0;
  for (let i = SERIES.length - 1; i >= 0; i--) series = series * z + SERIES[i];
  const small = 2 * sTail + s * z * series + k * LN2_LOW;
  const kLn2 = k * LN2_HIGH;
  const sum = plusWithTail(kLn2, 2 * s);
  rest = tail + small;
  return sum;
}
