/** A stretch of memory from which pieces are taken and given back: the first gap that is large enough. */

/** Pieces begin at such multiples: a line of the processor's caches, so that no two pieces share one. */
const ALIGNMENT = 64;

/** Keeps the books of a stretch of memory; it does not touch the memory itself. */
export class Arena {
  /** What is free, by address; no two gaps touch. */
  readonly #gaps: { from: number; to: number }[];

  /** @param from The first byte, @param to the one after the last; multiples of 64 */
  constructor(from: number, to: number) {
    this.#gaps = [{ from, to }];
  }

  /** The address of a piece; `undefined` if no gap is large enough. */
  take(bytes: number): number | undefined {
    const size = rounded(bytes);
    const i = this.#gaps.findIndex(({ from, to }) => to - from >= size);
    if (i < 0) return undefined;
    const gap = this.#gaps[i], at = gap.from;
    gap.from += size;
    if (gap.from === gap.to) this.#gaps.splice(i, 1);
    return at;
  }

  /** Give back a piece of `bytes` bytes. */
  give(at: number, bytes: number): void {
    const to = at + rounded(bytes);
    let i = this.#gaps.findIndex(({ from }) => from >= to);
    if (i < 0) i = this.#gaps.length;
    const before = this.#gaps[i - 1], after = this.#gaps[i];
    const joinsBefore = before?.to === at, joinsAfter = after?.from === to;
    if (joinsBefore && joinsAfter) {
      before.to = after.to;
      this.#gaps.splice(i, 1);
    } else if (joinsBefore) before.to = to;
    else if (joinsAfter) after.from = at;
    else this.#gaps.splice(i, 0, { from: at, to });
  }
}

function rounded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
