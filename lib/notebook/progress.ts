import { checkNames } from "../checks/options.ts";
import { kernel } from "./jupyter.ts";
import { live, type LiveView } from "./show.ts";
import { type ProgressState, renderProgress } from "./progress_view.ts";

/** Options of {@link progress}. */
export interface ProgressOptions {
  /** What is being done, e.g. `"training"` */
  label: string;
  /** How many units there are to do, more than 0 */
  total: number;
  /** What is counted, in the plural (default `"steps"`) */
  unit?: string;
  /** Clock in milliseconds (default `performance.now`); for tests */
  now?: () => number;
}

/** Redrawing more often than this (milliseconds) cannot be seen, only paid for. A terminal gets a line each time. */
const REDRAW = { notebook: 100, terminal: 2000 };
/** Speed is measured over the last so many milliseconds: long enough to be calm, short enough to follow a change. */
const WINDOW = 20_000;

/**
 * A progress bar in place; made by {@link progress}.
 *
 * @example
 * ```ts
 * import { Progress, progress } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const bar = await progress({ label: "reading", total: 2, unit: "files" });
 * assertEquals(bar instanceof Progress, true);
 * await bar.update(1);
 * await bar.finish();
 * ```
 */
export class Progress {
  readonly #view: LiveView;
  readonly #options: Required<ProgressOptions>;
  readonly #started: number;
  readonly #samples: { time: number; done: number }[];
  #done = 0;
  #note = "";
  #drawn: number;
  #finished = false;

  /** Called by {@link progress} */
  constructor(view: LiveView, options: Required<ProgressOptions>, started: number) {
    this.#view = view;
    this.#options = options;
    this.#started = started;
    this.#drawn = started;
    this.#samples = [{ time: started, done: 0 }];
  }

  /**
   * Says how many units are done. Cheap enough for every step: it redraws at most ten times a second, and then
   * lets the event loop turn, so that Stop and the kernel's messages get through.
   *
   * @param done Units done so far, not since the last call
   * @param note What else to show, e.g. `"loss 0.123"`
   * @throws {RangeError} If done is not a number from 0
   *
   * @example
   * ```ts
   * import { progress } from "backprop";
   *
   * const bar = await progress({ label: "training", total: 3 });
   * for (let step = 1; step <= 3; step++) await bar.update(step, `loss ${1 / step}`);
   * await bar.finish();
   * ```
   */
  async update(done: number, note?: string): Promise<void> {
    if (!(done >= 0) || !Number.isFinite(done)) {
      throw new RangeError(`update() expects how many ${this.#options.unit} are done, from 0, got ${done}.`);
    }
    this.#done = done;
    if (note !== undefined) this.#note = note;
    const time = this.#options.now();
    if (this.#finished || time - this.#drawn < (kernel() ? REDRAW.notebook : REDRAW.terminal)) return;
    this.#drawn = time;
    this.#remember(time);
    await this.#view.send("update_display_data", renderProgress(this.#state(time)), 0);
  }

  /**
   * Replaces the bar by one line with the total time.
   *
   * @param note What to keep, e.g. `"loss 0.089"` (default: the last one)
   *
   * @example
   * ```ts
   * import { progress } from "backprop";
   *
   * const bar = await progress({ label: "reading", total: 4, unit: "files" });
   * await bar.update(4);
   * await bar.finish("35,735 images");
   * ```
   */
  async finish(note?: string): Promise<void> {
    if (note !== undefined) this.#note = note;
    this.#finished = true;
    await this.#view.update(renderProgress(this.#state(this.#options.now())));
  }

  #remember(time: number) {
    const samples = this.#samples;
    if (this.#done < samples.at(-1)!.done) samples.length = 0; // counted from the start again
    samples.push({ time, done: this.#done });
    while (samples.length > 2 && samples[1].time <= time - WINDOW) samples.shift();
  }

  #state(time: number): ProgressState {
    const { label, total, unit } = this.#options;
    const [oldest, newest] = [this.#samples[0], this.#samples.at(-1)!];
    const speed = (newest.done - oldest.done) / (newest.time - oldest.time);
    const left = speed > 0 ? Math.max(0, total - this.#done) / speed : undefined;
    return {
      label,
      unit,
      total,
      done: this.#done,
      note: this.#note,
      elapsed: time - this.#started,
      left,
      finished: this.#finished,
    };
  }
}

/**
 * Shows a progress bar that is redrawn in place: done of total, percent, time gone, time left.
 *
 * Time left is what the remaining units take at the speed of the last 20 seconds.
 *
 * @returns The bar, with `update` and `finish`
 * @throws {RangeError} If total is not a number above 0
 *
 * @example
 * ```ts
 * import { progress } from "backprop";
 *
 * const bar = await progress({ label: "training", total: 100 });
 * for (let step = 1; step <= 100; step++) await bar.update(step);
 * await bar.finish("loss 0.089");
 * ```
 */
export async function progress(options: ProgressOptions): Promise<Progress> {
  checkNames("progress()", ["label", "total", "unit", "now"], options);
  const { label, total, unit = "steps", now = () => performance.now() } = options;
  if (!(total > 0) || !Number.isFinite(total)) {
    throw new RangeError(`progress() needs a total above 0 to show progress towards, got ${total}.`);
  }
  const started = now();
  const state = { label, unit, total, done: 0, note: "", elapsed: 0, left: undefined, finished: false };
  const view = await live(renderProgress(state));
  return new Progress(view, { label, total, unit, now }, started);
}
