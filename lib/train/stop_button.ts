/** The Stop button of a notebook, as far as a long computation is concerned. */

/** What the kernel of this repository offers to code that runs long; other kernels and plain programs do not. */
interface StopHook {
  /** Fires when the running cell is stopped; each cell has its own. */
  readonly signal: AbortSignal;
  /** Says that Stop has been obeyed, so that the cell may go on with its next line. */
  handled(): void;
}

/** A signal for a computation, and a way to say that it has obeyed. */
export interface StopButton {
  /** Fires when the button is pressed, or when the caller's own signal does; `undefined` if there is neither. */
  readonly signal: AbortSignal | undefined;
  /** To be called when the computation returns what it has because of the signal. */
  obeyed(): void;
}

/**
 * The Stop button of the cell that runs, together with a signal that a caller may have passed.
 *
 * @example
 * ```ts
 * import { stopButton } from "./stop_button.ts";
 *
 * const stop = stopButton(AbortSignal.abort());
 * if (stop.signal?.aborted) stop.obeyed(); // in a notebook, the cell goes on
 * ```
 */
export function stopButton(own?: AbortSignal): StopButton {
  const hook = (globalThis as { [name: symbol]: unknown })[Symbol.for("backprop.stop")] as
    | StopHook
    | undefined;
  if (!hook) return { signal: own, obeyed: () => {} };
  const pressed = hook.signal;
  return {
    signal: own ? AbortSignal.any([own, pressed]) : pressed,
    obeyed: () => pressed.aborted && hook.handled(),
  };
}
