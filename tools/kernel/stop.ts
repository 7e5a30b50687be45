import type { InnerKernel } from "./inner.ts";
import { log } from "./log.ts";

/** Milliseconds. */
const PATIENCE = {
  /** From Stop until the cell must have let the event loop turn once; else it is a loop that must be torn off. */
  hear: 450,
  /** From then until it must have ended. */
  end: 500,
  /** The same question, asked of one that did not end. */
  hearAgain: 100,
  /** Between attempts to end what was torn off. */
  collect: 60,
};

/** A cell that has survived so many attempts, a second apart, never ends. */
const MOST_ATTEMPTS = 4;

/**
 * Ends the cell that runs, politely first.
 *
 * Everything that awaits is told, and has a moment. A loop that never awaits is terminated by V8. Where nothing is left
 * that could end the cell, its promise is collected as garbage, which ends it too. The kernel lives in each case.
 */
export class Stop {
  readonly #inner: InnerKernel;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #giveUp: () => void;
  #attempts = 0;
  #cell: number | undefined;

  /** `giveUp` is called when a cell cannot be ended in any way. */
  constructor(inner: InnerKernel, giveUp: () => void) {
    this.#inner = inner;
    this.#giveUp = giveUp;
  }

  /** A person pressed Stop while this cell was running; pressed again, it has less time. */
  press(cell: number): void {
    const again = this.#cell === cell;
    this.#clear();
    this.#cell = cell;
    this.#inner.order({ do: "stop", id: cell });
    this.#later(again ? PATIENCE.hearAgain : PATIENCE.hear, () => this.#terminate());
  }

  /** The cell lets the event loop turn, and knows that it should end. */
  heard(cell: number): void {
    if (this.#cell !== cell) return;
    this.#clear();
    // Something of it was torn off before: what waits for that will wait for ever.
    if (this.#attempts > 0) this.#collectSoon();
    this.#later(PATIENCE.end, () => {
      this.#inner.order({ do: "stop", id: cell });
      this.#collect();
      this.#later(PATIENCE.hearAgain, () => this.#terminate());
    });
  }

  /** The cell has ended, or has obeyed and goes on. */
  done(): void {
    this.#clear();
    this.#cell = undefined;
    this.#attempts = 0;
  }

  /** Whether this cell is being stopped. */
  isFor(cell: number): boolean {
    return this.#cell === cell;
  }

  #terminate(): void {
    if (++this.#attempts > MOST_ATTEMPTS) return this.#giveUp();
    this.#inner.request("control", "interrupt_request", {});
    this.#collectSoon();
    this.#later(PATIENCE.end * 2, () => this.#terminate());
  }

  #collectSoon(): void {
    this.#later(PATIENCE.collect, () => this.#collect());
    this.#later(PATIENCE.collect * 3, () => this.#collect());
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
