/** Thrown in a cell that a person stopped. */
export class Stopped extends Error {
  override name = "Stopped";
  constructor() {
    super("The cell was stopped. All variables keep their values.");
  }
}

/** How long a computation may take, after Stop, to come to an end by itself and give what it has; milliseconds. */
const GRACE = 300;

/** The cell that runs, as far as Stop is concerned. */
class Run {
  readonly controller = new AbortController();
  readonly waiting = new Set<() => void>();
  handled = false;
  /** Some code looks at the signal itself: it is given a moment to end in its own way. */
  cooperates = false;
  late = false;
  stoppedAt = 0;
  constructor(readonly id: number) {}
}

/**
 * What code of a library may know of Stop: `globalThis[Symbol.for("backprop.stop")]`.
 *
 * A loop that runs long looks at `signal.aborted`, or listens to it. If it then returns what it has rather than throws,
 * it calls `handled()`, and the cell goes on with the next line.
 */
export interface StopHook {
  /** Fires when the running cell is stopped; each cell has its own. */
  readonly signal: AbortSignal;
  /** Says that Stop has been obeyed, and the cell may go on. */
  handled(): void;
}

/** Stops cells that wait for something: every `await` of a cell goes through {@link Stopper.wait}. */
export class Stopper implements StopHook {
  readonly #onHandled: () => void;
  /** The number of the cell that should stop, or 0; written from elsewhere, while loops of the cell let nothing else in. */
  readonly asked: Int32Array;
  #run = new Run(0);
  /** A cell that was stopped before it could begin. */
  #early = 0;

  /** `onHandled` is called when a cell that was stopped goes on. */
  constructor(onHandled: () => void = () => {}, asked: Int32Array = new Int32Array(1)) {
    this.#onHandled = onHandled;
    this.asked = asked;
  }

  get signal(): AbortSignal {
    this.#run.cooperates = true;
    return this.#run.controller.signal;
  }

  handled(): void {
    if (!this.#run.controller.signal.aborted) return;
    this.#run.handled = true;
    this.#onHandled();
  }

  /** A cell begins. */
  begin(id: number): void {
    this.#run = new Run(id);
    if (this.#early === id) this.stop(id);
  }

  /** Stop the cell, which runs or is about to; an earlier one is left alone. Says whether it was such a cell. */
  stop(id: number): boolean {
    const run = this.#run;
    if (id > run.id) {
      this.#early = id;
      return true;
    }
    if (run.id !== id) return false;
    run.handled = false; // a second Stop is a new one
    const resume = () => {
      run.late = true;
      for (const resume of run.waiting) resume();
    };
    if (run.controller.signal.aborted) resume();
    if (!run.controller.signal.aborted) run.stoppedAt = performance.now();
    run.controller.abort(new Stopped());
    setTimeout(resume, GRACE);
    return true;
  }

  /** A turn of a cell's loop has seen that Stop was pressed: throws {@link Stopped}, if that was for this cell. */
  turn = (): void => {
    const run = this.#run;
    if (this.asked[0] !== run.id || run.handled) return;
    if (!run.controller.signal.aborted) this.stop(run.id);
    const mayGoOn = run.cooperates && performance.now() - run.stoppedAt < GRACE;
    if (!mayGoOn) throw new Stopped();
  };

  /** What a cell awaits: settles as `value` does, or is rejected with {@link Stopped} soon after Stop. */
  wait = <T>(value: T): Promise<Awaited<T>> => {
    const run = this.#run;
    const isStopped = () => run.controller.signal.aborted && !run.handled;
    const mayGoOn = () => run.cooperates && !run.late;
    if (isStopped() && !mayGoOn()) {
      Promise.resolve(value).catch(() => {});
      return Promise.reject(new Stopped());
    }
    return new Promise((resolve, reject) => {
      const resume = () => {
        if (!isStopped()) return;
        run.waiting.delete(resume);
        reject(new Stopped());
      };
      run.waiting.add(resume);
      Promise.resolve(value).then((result) => {
        run.waiting.delete(resume);
        if (isStopped() && !mayGoOn()) reject(new Stopped());
        else resolve(result as Awaited<T>);
      }, (error) => {
        run.waiting.delete(resume);
        reject(error);
      });
    });
  };

  /** What a cell's `for await` goes through: each of its steps is awaited as by {@link wait}. */
  each = <T>(values: AsyncIterable<T> | Iterable<T>): AsyncIterable<T> => {
    const { wait } = this;
    return {
      [Symbol.asyncIterator]() {
        const source = values as AsyncIterable<T> & Iterable<T>;
        const steps = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]();
        const isSync = source[Symbol.asyncIterator] === undefined;
        return {
          async next() {
            const step = await wait(steps.next());
            return step.done || !isSync ? step : { done: false, value: await wait(step.value) as T };
          },
          async return(value?: unknown) {
            await steps.return?.(value as never);
            return { done: true, value: value as T };
          },
        };
      },
    };
  };
}
