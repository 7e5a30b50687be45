/** Sine and cosine. */

import { timesPowerOfTwo } from "./bits.ts";
import { plusWithTail, tail, timesWithTail } from "./tails.ts";

// π/2 in four pieces; the first three have 33 bits, so that k times each is exact for |k| < 2²⁰.
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32];
const TWO_OVER_PI = 0.6366197723675814;

/** −1/3!, 1/5!, …: the series of (sin r − r)/r³ in r². */
const SINE_SERIES = inverseFactorials([3, 5, 7, 9, 11, 13, 15, 17, 19]);
/** 1/4!, −1/6!, …: the series of (cos r − 1 + r²/2)/r⁴ in r². */
const COSINE_SERIES = inverseFactorials([4, 6, 8, 10, 12, 14, 16, 18]).map((x) => -x);

/** What {@link reduce} found: x = quadrant·π/2 + r + rTail. */
let r = 0, rTail = 0;

/**
 * Sine of an angle in radians, within 1 ulp for every float64.
 *
 * @param x Angle in radians; NaN and ±Infinity give NaN
 * @returns sin x, from −1 to 1
 * @example
 * ```ts
 * import { sin } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(sin(0), 0);
 * assertEquals(sin(Math.PI / 6).toFixed(12), "0.500000000000");
 * ```
 */
export function sin(x: number): number {
  if (Math.abs(x) < 1e-8) return x; // where x − x³/6 rounds to x; keeps −0
  return turned(x, 0);
}

/**
 * Cosine of an angle in radians, within 1 ulp for every float64.
 *
 * @param x Angle in radians; NaN and ±Infinity give NaN
 * @returns cos x, from −1 to 1
 * @example
 * ```ts
 * import { cos } from "backprop";
 * import { assertEquals } from "@std/assert";
 * assertEquals(cos(0), 1);
 * assertEquals(cos(Math.PI / 3).toFixed(12), "0.500000000000");
 * ```
 */
export function cos(x: number): number {
  return turned(x, 1); // cos x = sin(x + π/2)
}

/** sin(x + quarters·π/2). */
function turned(x: number, quarters: number): number {
  if (!Number.isFinite(x)) return NaN;
  const quadrant = (reduce(x) + quarters) & 3;
  const value = quadrant % 2 === 0 ? sineReduced() : cosineReduced();
  return quadrant < 2 ? value : -value;
}

/** sin(r + rTail) for |r| ≤ π/4: r − r³/6 + … */
function sineReduced(): number {
  const z = r * r;
  let series = 0;
  for (let i = SINE_SERIES.length - 1; i >= 0; i--) series = series * z + SINE_SERIES[i];
  return r + (r * z * series + rTail * (1 - z / 2));
}

/** cos(r + rTail) for |r| ≤ π/4: 1 − r²/2 + …, where the first two terms keep their tails. */
function cosineReduced(): number {
  const z = timesWithTail(r, r);
  const zTail = tail;
  let series = 0;
  for (let i = COSINE_SERIES.length - 1; i >= 0; i--) series = series * z + COSINE_SERIES[i];
  const head = 1 - z / 2;
  return head + ((1 - head) - z / 2 + (z * z * series - zTail / 2 - r * rTail));
}

/** Takes the multiple of π/2 out of x that leaves r with |r| ≤ π/4, and returns how often, modulo 4. */
function reduce(x: number): number {
  if (Math.abs(x) > 1e6) return reduceExactly(x);
  const k = Math.round(x * TWO_OVER_PI);
  const first = plusWithTail(x - k * HALF_PI[0], -k * HALF_PI[1]);
  const firstTail = tail;
  const second = plusWithTail(first, -k * HALF_PI[2]);
  const small = firstTail + tail - k * HALF_PI[3];
  r = second + small;
  rTail = small - (r - second);
  return k & 3;
}

/** π/2 times 2^FRACTION as an integer: enough bits for the largest float64, 2¹⁰²⁴, and 250 more. */
const FRACTION = 1280n;
let halfPi: bigint | undefined;

/** x modulo π/2 for huge x, where π/2 must be known to a thousand bits: in whole numbers. */
function reduceExactly(x: number): number {
  // Machin: π/4 = 4·arctan(1/5) − arctan(1/239)
  halfPi ??= 2n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));
  const scaled = Math.abs(x) < 4503599627370496 // below 2⁵² there may be digits behind the point, at most 33
    ? BigInt(x * 8589934592) << (FRACTION - 33n)
    : BigInt(x) << FRACTION;
  let quadrant = scaled / halfPi;
  let left = scaled % halfPi;
  if (2n * (left < 0n ? -left : left) > halfPi) {
    const sign = x > 0 ? 1n : -1n;
    quadrant += sign;
    left -= sign * halfPi;
  }
  const short = left >> 400n; // within the range of float64; 880 bits behind the point are left
  const head = Number(short);
  r = timesPowerOfTwo(head, -880);
  rTail = timesPowerOfTwo(Number(short - BigInt(head)), -880);
  return Number(BigInt.asUintN(2, quadrant));
}

/** arctan(1/n)·2^FRACTION = 1/n − 1/(3n³) + 1/(5n⁵) − … */
function arctanOfInverse(n: bigint): bigint {
  let power = (1n << FRACTION) / n, sum = 0n;
  for (let i = 1n; power !== 0n; i += 2n) {
    sum += i % 4n === 1n ? power / i : -power / i;
    power /= n * n;
  }
  return sum;
}

/** (−1)ⁱ⁺¹/n! for the i-th n: alternating signs, the first one negative. */
function inverseFactorials(numbers: number[]): number[] {
  return numbers.map((n, i) => {
    let factorial = 1;
    for (let j = 2; j <= n; j++) factorial *= j;
    return (i % 2 === 0 ? -1 : 1) / factorial;
  });
}
