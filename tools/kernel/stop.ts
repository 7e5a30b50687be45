import type { InnerKernel } from "./inner.ts";

/** Milliseconds. */
const PATIENCE = {
  /** From Stop until the cell must have let the event loop turn once; else it is a loop that must be torn off. */
  hear: 450,
  /** From then until it must have ended. */
  end: 500,
  /** From tearing it off until that is tried again. */
  again: 1000,
  /** From tearing it off until whatever is left of it is told again. */
  repeat: 150,
  /** When to collect what was torn off. */
  collect: [30, 90, 180, 300],
};

/** A cell that has survived so many attempts to tear it off never ends. */
const MOST_ATTEMPTS = 8;
/** Nor does one that has been asked so many times. */
const MOST_QUESTIONS = 12;

/**
 * Ends the cell that runs, politely first.
 *
 * Everything that awaits is told, and has a moment. A loop that never awaits is terminated by V8, and only such a loop:
 * termination hits whatever runs, and where the event loop turns, that may be the kernel itself. Where nothing is left
 * that could end the cell, its promise is collected as garbage, which ends it too. The kernel lives in each case.
 */
export class Stop {
  readonly #inner: InnerKernel;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #giveUp: () => void;
  #attempts = 0;
  #questions = 0;
  #cell: number | undefined;

  /** `giveUp` is called when a cell cannot be ended in any way. */
  constructor(inner: InnerKernel, giveUp: () => void) {
    this.#inner = inner;
    this.#giveUp = giveUp;
  }

  /** A person pressed Stop while this cell was running. */
  press(cell: number): void {
    if (this.#cell !== cell) this.done();
    this.#cell = cell;
    this.#ask();
  }

  /** The cell lets the event loop turn, and knows that it should end. */
  heard(cell: number): void {
    if (this.#cell !== cell) return;
    this.#clear();
    // Something of it was torn off before: what waits for that will wait for ever.
    if (this.#attempts > 0) this.#collectSoon();
    this.#later(PATIENCE.end, () => {
      this.#collect();
      this.#ask();
    });
  }

  /** The cell has ended, or has obeyed and goes on. */
  done(): void {
    this.#clear();
    if (this.#cell !== undefined) this.#inner.stopped();
    this.#cell = undefined;
    this.#attempts = this.#questions = 0;
  }

  /** Whether this cell is being stopped. */
  isFor(cell: number): boolean {
    return this.#cell === cell;
  }

  #ask(): void {
    this.#clear();
    if (++this.#questions > MOST_QUESTIONS) return this.#giveUp();
    this.#inner.stop(this.#cell!);
    this.#later(PATIENCE.hear, () => this.#terminate());
  }

  #terminate(): void {
    if (++this.#attempts > MOST_ATTEMPTS) return this.#giveUp();
    this.#inner.interrupt();
    this.#collectSoon();
    // The termination may have hit whoever heard the first one; and it must not hit whoever hears this.
    this.#later(PATIENCE.repeat, () => this.#inner.stop(this.#cell!));
    this.#later(PATIENCE.again, () => this.#terminate());
  }

  #collectSoon(): void {
    for (const time of PATIENCE.collect) this.#later(time, () => this.#collect());
  }

  #collect(): void {
    this.#inner.order({ do: "collect", id: this.#cell ?? 0 });
  }

  #later(milliseconds: number, what: () => void): void {
    this.#timers.push(setTimeout(what, milliseconds));
  }

  #clear(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }
}
