/**
 * Double-double arithmetic for the tests: a number as the sum of two float64, about 104 bits.
 *
 * A function returns the leading float64 of its result and leaves the second in {@link low}.
 */

/** The second piece of the last result. */
export let low = 0;

export function plus(a: number, aLow: number, b: number, bLow: number): number {
  const sum = a + b, part = sum - a;
  const error = (a - (sum - part)) + (b - part);
  const lows = aLow + bLow, lowPart = lows - aLow;
  const lowError = (aLow - (lows - lowPart)) + (bLow - lowPart);
  const head = settle(sum, error + lows);
  return settle(head, low + lowError);
}

export function times(a: number, aLow: number, b: number, bLow: number): number {
  const p = a * 134217729, aHigh = p - (p - a), aRest = a - aHigh;
  const q = b * 134217729, bHigh = q - (q - b), bRest = b - bHigh;
  const product = a * b;
  const error = aRest * bRest - (product - aHigh * bHigh - aRest * bHigh - aHigh * bRest);
  return settle(product, error + (a * bLow + aLow * b));
}

export function over(a: number, aLow: number, b: number, bLow: number): number {
  const first = a / b;
  const product = times(first, 0, b, bLow);
  const rest = plus(a, aLow, -product, -low);
  return settle(first, rest / b);
}

/** Σ cᵢ·xⁱ with the coefficients as pairs. */
export function polynomial(
  coefficients: readonly (readonly [number, number])[],
  x: number,
  xLow: number,
): number {
  let sum = 0;
  low = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) {
    sum = times(sum, low, x, xLow);
    sum = plus(sum, low, coefficients[i][0], coefficients[i][1]);
  }
  return sum;
}

function settle(head: number, rest: number): number {
  const sum = head + rest;
  low = rest - (sum - head);
  return sum;
}
