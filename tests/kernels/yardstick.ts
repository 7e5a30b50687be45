/**
 * Elementary functions to about 75 bits, as a yardstick for those of the library, and written apart from them with
 * another method: tables of 256 values, short series, and double-double arithmetic throughout. They in turn are
 * compared with mpmath in elementary_test.ts.
 *
 * As in double_double.ts, the second piece of a result is in {@link low} there.
 */
import { low, over, plus, polynomial, times } from "./double_double.ts";

type Pair = readonly [number, number];
const LN2_OVER_256: readonly number[] = [0.0027076061740622863, 9.058776616587108e-20, 2.229573608756333e-36];
const PI_OVER_128: readonly number[] = [0.02454369260617026, 9.567553118338697e-19, -2.3396639138424529e-35];

/** 1/n! as pairs. */
const inverseFactorial: Pair[] = [[1, 0]];
for (let n = 1; n <= 34; n++) {
  const [head, rest] = inverseFactorial[n - 1];
  inverseFactorial.push([over(head, rest, n, 0), low]);
}
const exponential = (terms: number) => inverseFactorial.slice(0, terms);
/** Every second 1/n!, with alternating signs: sin x = x·Σ of the odd ones in x², cos x = Σ of the even ones. */
const alternating = (first: number, terms: number) =>
  Array.from({ length: terms }, (_, i): Pair => {
    const [head, rest] = inverseFactorial[first + 2 * i];
    return i % 2 === 0 ? [head, rest] : [-head, -rest];
  });
const table = (f: (i: number) => number) => Array.from({ length: 256 }, (_, i): Pair => [f(i), low]);

const multiple = (step: readonly number[], i: number): Pair => [times(step[0], step[1], i, 0), low];
const powers = table((i) => polynomial(exponential(32), ...multiple(LN2_OVER_256, i)));
const square = ([a, aLow]: Pair): Pair => [times(a, aLow, a, aLow), low];
/** sin and cos of i·π/128, folded from the first eighth of the circle. */
function onCircle(i: number): { sine: Pair; cosine: Pair } {
  if (i > 64) {
    const { sine, cosine } = onCircle(i - 64);
    return { sine: cosine, cosine: [-sine[0], -sine[1]] };
  }
  const angle = multiple(PI_OVER_128, i), z = square(angle);
  const cosine: Pair = [polynomial(alternating(0, 17), ...z), low];
  const overAngle = polynomial(alternating(1, 17), ...z);
  return { sine: [times(overAngle, low, ...angle), low], cosine };
}
const circle = Array.from({ length: 256 }, (_, i) => onCircle(i));

const EXP_TERMS = exponential(8);
const EXPM1_TERMS = inverseFactorial.slice(1, 12);
const SINE_TERMS = alternating(1, 5), COSINE_TERMS = alternating(0, 5);

/** x − n·step, with the step in three pieces. */
function minusMultiple(x: number, xLow: number, n: number, step: readonly number[]): number {
  let rest = x;
  let restLow = xLow;
  for (const piece of step) {
    const product = times(n, 0, piece, 0);
    rest = plus(rest, restLow, -product, -low);
    restLow = low;
  }
  return rest;
}

/** e^(x + xLow), as long as it and 2⁻¹⁰⁰ of it are normal numbers. */
export function exp(x: number, xLow = 0): number {
  const n = Math.round(x / LN2_OVER_256[0]);
  const r = minusMultiple(x, xLow, n, LN2_OVER_256);
  const power = polynomial(EXP_TERMS, r, low);
  const entry = powers[n & 255];
  return scaled(times(power, low, entry[0], entry[1]), n >> 8);
}

function scaled(head: number, k: number): number {
  const half = k >> 1; // 2ᵏ itself may overflow
  const factor = 2 ** half, other = 2 ** (k - half);
  const rest = low;
  return plus(head * factor * other, rest * factor * other, 0, 0);
}

export function expm1(x: number): number {
  if (Math.abs(x) > 0.05) {
    const e = exp(x);
    return plus(e, low, -1, 0);
  }
  const series = polynomial(EXPM1_TERMS, x, 0);
  return times(series, low, x, 0);
}

/** One step of Newton's from the built-in logarithm y: ln x = y + d − d²/2 + … with d = x·e⁻ʸ − 1. */
export function log(x: number): number {
  if (!(x > 1e-250 && x < 1e250)) { // e⁻ʸ, or the splitting of x, would overflow or lose its second piece
    const k = x < 1 ? 100 : -100;
    const more = log(x * 2 ** k), moreLow = low;
    const shift = times(LN2_OVER_256[0], LN2_OVER_256[1], 256 * k, 0);
    return plus(more, moreLow, -shift, -low);
  }
  const y = Math.log(x);
  const e = exp(-y);
  const product = times(e, low, x, 0);
  const d = plus(product, low, -1, 0);
  return plus(y, 0, d, low - d * d / 2);
}

/** The same for ln(1 + x), with d = (x − (eʸ − 1))/eʸ. */
export function log1p(x: number): number {
  const y = Math.log1p(x);
  const e = expm1(y), eLow = low;
  const difference = plus(x, 0, -e, -eLow);
  const d = over(difference, low, 1 + e, 0);
  return plus(y, 0, d, low - d * d / 2);
}

export function tanh(x: number): number {
  const e = expm1(2 * x), eLow = low;
  const divisor = plus(e, eLow, 2, 0);
  return over(e, eLow, divisor, low);
}

export function logistic(x: number): number {
  const e = exp(-Math.abs(x)), eLow = low;
  const divisor = plus(e, eLow, 1, 0);
  return x > 0 ? over(1, 0, divisor, low) : over(e, eLow, divisor, low);
}

/** ln(1 + e) from e = eˣ, or for x > 0 x + ln(1 + e) from e = e⁻ˣ, by Newton's step as in {@link log1p}. */
export function softplus(x: number): number {
  const power = exp(-Math.abs(x)), powerLow = low;
  const y = Math.log1p(power);
  const e = expm1(y), eLow = low;
  const difference = plus(power, powerLow, -e, -eLow);
  const d = over(difference, low, 1 + e, 0);
  const ln = plus(y, 0, d, low - d * d / 2);
  return plus(ln, low, Math.max(x, 0), 0);
}

export function pow(x: number, y: number): number {
  const ln = log(x);
  const product = times(ln, low, y, 0);
  return exp(product, low);
}

export function sin(x: number, quarters = 0): number {
  const n = Math.round(x / PI_OVER_128[0]);
  const r = minusMultiple(x, 0, n, PI_OVER_128), rLow = low;
  const z = times(r, rLow, r, rLow), zLow = low;
  const overR = polynomial(SINE_TERMS, z, zLow);
  const s = times(overR, low, r, rLow), sLow = low;
  const c = polynomial(COSINE_TERMS, z, zLow), cLow = low;
  // sin(a + r) = sin a·cos r + cos a·sin r
  const { sine, cosine } = circle[(n + 64 * quarters) & 255];
  const one = times(sine[0], sine[1], c, cLow), oneLow = low;
  const two = times(cosine[0], cosine[1], s, sLow);
  return plus(one, oneLow, two, low);
}

export function cos(x: number): number {
  return sin(x, 1);
}
