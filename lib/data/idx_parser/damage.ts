/*
 * Where a gzip stream breaks off. zlib says that one is damaged and not where, so this walks through it: it reads every
 * symbol as inflating would, and counts the bytes that come of it instead of writing them down.
 *
 * The format: RFC 1952 (gzip) around RFC 1951 (deflate).
 */

import { type Code, codeOf, FIXED } from "./huffman.ts";

/** How far a stream can be read. */
export interface Break {
  /** So many of its bytes are in order. */
  good: number;
  /** So many bytes come of those. */
  inflated: number;
}

/** Something else than should follow, found once these bytes were read. */
class Damage {
  constructor(readonly good: number) {}
}
/** The stream ends before it is complete. */
class Cut {}

/** Walks through a gzip stream that does not inflate, to the place where it breaks off or ends. */
export function findBreak(bytes: Uint8Array): Break {
  const walk = new Walk(bytes);
  try {
    while (walk.member());
    // Nothing wrong to be seen: then what came out has another checksum than the trailer says.
    return { good: walk.checksumAt + 3, inflated: walk.inflated };
  } catch (end) {
    if (end instanceof Damage) return { good: end.good, inflated: walk.inflated };
    if (!(end instanceof Cut)) throw end;
    return { good: walk.checksumAt === 0 ? bytes.length : walk.checksumAt + 3, inflated: walk.inflated };
  }
}

/** The order in which a block lists the lengths of the codes for code lengths. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Least length of a match, and extra bits that are added to it, for symbols 257… */
const LENGTHS = steps(3, [
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
]);
const LONGEST = 258;
/** The same for how far back a match lies. */
const DISTANCES = steps(1, [0, 0, 0, 0].concat(Array.from({ length: 26 }, (_, i) => 1 + (i >> 1))));

class Walk {
  inflated = 0;
  checksumAt = 0;
  #bit = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** One stream of those that may follow one another; whether another one does. */
  member(): boolean {
    const start = this.inflated;
    this.checksumAt = 0;
    this.#header();
    while (!this.#block(start));
    this.#bit = Math.ceil(this.#bit / 8) * 8;
    this.checksumAt = this.#bit / 8;
    this.#take(32);
    // Another length means another checksum, too, which stands before it.
    if (this.#take(32) >>> 0 !== (this.inflated - start) >>> 0) throw new Damage(this.checksumAt + 3);
    const at = this.#bit / 8;
    return this.bytes[at] === 0x1f && this.bytes[at + 1] === 0x8b;
  }

  #header(): void {
    const magic = this.#take(16), method = this.#take(8), flags = this.#take(8);
    if (magic !== 0x8b1f || method !== 8 || flags > 0x1f) this.#wrong();
    this.#skip(6);
    if (flags & 4) this.#skip(this.#take(16));
    for (const text of [8, 16]) if (flags & text) { while (this.#take(8) !== 0); }
    if (flags & 2) this.#skip(2);
  }

  /** One block; whether it was the last. */
  #block(start: number): boolean {
    const isLast = this.#take(1) === 1, type = this.#take(2);
    if (type === 0) this.#stored();
    else if (type === 1) this.#symbols(start, FIXED.literals, FIXED.distances);
    else if (type === 2) {
      const { literals, distances } = this.#codes();
      this.#symbols(start, literals, distances);
    } else this.#wrong();
    return isLast;
  }

  #stored(): void {
    this.#bit = Math.ceil(this.#bit / 8) * 8;
    const length = this.#take(16);
    if (this.#take(16) !== (length ^ 0xffff)) this.#wrong();
    const there = Math.min(length, this.bytes.length - this.#bit / 8);
    this.inflated += there;
    this.#skip(length);
  }

  /** The two codes that a block begins with. */
  #codes(): { literals: Code; distances: Code } {
    const counts = [this.#take(5) + 257, this.#take(5) + 1], listed = this.#take(4) + 4;
    if (counts[0] > 286 || counts[1] > 30) this.#wrong();
    const lengths = new Array<number>(19).fill(0);
    for (const symbol of ORDER.slice(0, listed)) lengths[symbol] = this.#take(3);
    const code = this.#code(lengths), all: number[] = [];
    while (all.length < counts[0] + counts[1]) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        all.push(symbol);
        continue;
      }
      if (symbol === 16 && all.length === 0) this.#wrong();
      const again = symbol === 16
        ? 3 + this.#take(2)
        : symbol === 17
        ? 3 + this.#take(3)
        : 11 + this.#take(7);
      const length = symbol === 16 ? all[all.length - 1] : 0;
      for (let i = 0; i < again; i++) all.push(length);
    }
    if (all.length > counts[0] + counts[1] || all[256] === 0) this.#wrong();
    return { literals: this.#code(all.slice(0, counts[0])), distances: this.#code(all.slice(counts[0])) };
  }

  #symbols(start: number, literals: Code, distances: Code): void {
    for (let symbol; (symbol = this.#afterLiterals(literals)) !== 256;) {
      const length = LENGTHS[symbol - 257];
      if (length === undefined && symbol !== 285) this.#wrong();
      const long = length ? length.least + this.#take(length.extra) : LONGEST;
      const distance = DISTANCES[this.#symbol(distances)];
      if (distance === undefined) this.#wrong();
      if (distance.least + this.#take(distance.extra) > Math.min(this.inflated - start, 32768)) this.#wrong();
      this.inflated += long;
    }
  }

  /** Counts literals up to the first other symbol, which it gives: nine symbols of ten are literals, so no more is done. */
  #afterLiterals(code: Code): number {
    const { bytes } = this, { table, bits } = code, mask = (1 << bits) - 1, last = bytes.length - 4;
    let at = Math.floor(this.#bit / 8), bit = this.#bit & 7, count = 0, used = 0;
    while (at < last) {
      const entry = table[(bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16) >> bit & mask];
      if (entry === 0 || entry >= 256 << 4) break;
      count++;
      used = bit + (entry & 15);
      at += used >> 3;
      bit = used & 7;
    }
    this.inflated += count;
    this.#bit = 8 * at + bit;
    const symbol = this.#symbol(code);
    if (symbol >= 256) return symbol;
    this.inflated++;
    return this.#afterLiterals(code); // among the last bytes, one by one
  }

  #code(lengths: readonly number[]): Code {
    return codeOf(lengths) ?? this.#wrong();
  }

  #symbol({ table, bits }: Code): number {
    const entry = table[this.#peek(bits)];
    const used = entry & 15;
    if (
      this.#bit + used > 8 * this.bytes.length || (entry === 0 && this.#bit + bits > 8 * this.bytes.length)
    ) throw new Cut();
    if (entry === 0) {
      this.#bit += bits;
      this.#wrong();
    }
    this.#bit += used;
    return entry >> 4;
  }

  /** The next bits, up to 15; 0 beyond the end. */
  #peek(count: number): number {
    const at = Math.floor(this.#bit / 8), { bytes } = this;
    const three = (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0) << 16;
    return (three >> (this.#bit & 7)) & ((1 << count) - 1);
  }

  #take(count: number): number {
    if (this.#bit + count > 8 * this.bytes.length) throw new Cut();
    if (count > 16) return this.#take(16) | this.#take(count - 16) << 16;
    if (count === 16) return this.#take(8) | this.#take(8) << 8;
    const value = this.#peek(count);
    this.#bit += count;
    return value;
  }

  #skip(bytes: number): void {
    this.#bit += 8 * bytes;
    if (this.#bit > 8 * this.bytes.length) throw new Cut();
  }

  /** The byte with the bit before this one is the first that does not belong there. */
  #wrong(): never {
    throw new Damage(Math.ceil(this.#bit / 8) - 1);
  }
}

/** Numbers that begin at `least`, each followed by as many as its extra bits can tell apart. */
function steps(least: number, extras: readonly number[]): { least: number; extra: number }[] {
  return extras.map((extra) => {
    const step = { least, extra };
    least += 1 << extra;
    return step;
  });
}
