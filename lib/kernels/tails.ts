/**
 * Numbers in two pieces: a float64 and its "tail", which is what rounding took from it. Together they hold
 * about 106 bits, and that is how our elementary functions stay within 1 ulp of the true value.
 *
 * A function here returns the first piece and leaves the second in {@link tail}, since returning both would
 * make an object for every operation.
 *
 * These files are compiled to WebAssembly as well (see `wasm/assembly/unary.ts`), so that both give the same bits.
 * There `0` begins an integer, and `0.0` a float64.
 */

/** What the last function of this file left over: its true result is what it returned plus `tail`. */
export let tail = 0.0;

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
