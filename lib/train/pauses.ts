/** Letting the rest of the program have its turn. */

/** Milliseconds between pauses: often enough for a button, seldom enough to cost nothing. */
const EVERY = 50;

/**
 * Pauses in a long computation, at most one every 50 ms.
 *
 * Training is one long computation: without pauses neither a click on Stop nor the drawing of a progress bar would get
 * through before its end. A pause at every step would cost more than the step.
 */
export class Pauses {
  #last: number;

  /** @param now Clock in milliseconds */
  constructor(private readonly now: () => number) {
    this.#last = now();
  }

  /** Lets the event loop turn once, if it has not done so for 50 ms. */
  async breathe(): Promise<void> {
    if (this.now() - this.#last < EVERY) return;
    // A timer, not a resolved promise: only then do messages, clicks and other timers get their turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#last = this.now();
  }
}
