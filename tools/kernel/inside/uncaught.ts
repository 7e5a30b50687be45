import { AsyncLocalStorage } from "node:async_hooks";
import { describeThrown, placeOfPromise, type Thrown } from "../cell/thrown.ts";
import { cellOf } from "./stack.ts";

/** How an error came to nobody: as a promise that was rejected, or out of a callback. */
export type Way = "rejection" | "callback";

/** An error that nobody caught. */
export interface Uncaught {
  /** The cell whose code it comes from, if that is known. */
  cell?: number;
  way: Way;
  thrown: Thrown;
  /** So many errors of this cell were told; this is the last. */
  isLast: boolean;
}

/** A timer that fails again and again need not fill the page. */
const MOST_OF_A_CELL = 10;

const running = new AsyncLocalStorage<number>();
// Bound, so that no cell can put something else in its place.
const run = running.run.bind(running) as typeof running.run;
const counts = new Map<number | undefined, number>();

/** Run code of a cell, so that whatever it leaves behind is known to be its own. */
export function asCell<T>(id: number, body: () => Promise<T>): Promise<T> {
  return run(id, body);
}

/**
 * Tell of every error that nobody catches, and keep it from Deno.
 *
 * Deno's kernel does not survive them: its event loop stands still until Jupyter asks for something, so that timers,
 * promises and what this program reads wait for ever; and where a cell is running, the thread ends.
 */
export function watchUncaught(tell: (uncaught: Uncaught) => void): void {
  const watch = (event: Event, way: Way, reason: unknown, frames: string[] = []) => {
    const cell = running.getStore();
    event.preventDefault();
    // A cell may listen itself, after this, and say that it has seen to it.
    let isHandled = false;
    Object.defineProperty(event, "preventDefault", { value: () => isHandled = true });
    queueMicrotask(() => {
      if (isHandled) return;
      const thrown = describeThrown(reason, Deno.inspect);
      if (cellOf(thrown.frames) === undefined) thrown.frames.push(...frames);
      const id = cell ?? cellOf(thrown.frames);
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      if (count <= MOST_OF_A_CELL) tell({ cell: id, way, thrown, isLast: count === MOST_OF_A_CELL });
    });
  };
  addEventListener(
    "unhandledrejection",
    (event) => watch(event, "rejection", event.reason, placeOfPromise(event.promise)),
  );
  addEventListener("error", (event) => watch(event, "callback", event.error ?? new Error(event.message)));
}
