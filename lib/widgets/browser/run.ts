/** Runs: one that can be started and paused, its curve, and those before it. */

import { lossCurve, lossCurveInWords } from "../draw/loss_curve.ts";
import { button, switchOff } from "./elements.ts";
import { type Panel, panel } from "./panel.ts";
import type { Theme } from "./theme.ts";

/** What all runs have in common. */
interface Run {
  readonly path: readonly unknown[];
  readonly losses: readonly number[];
}

/** The run on show, and up to three before it that had other labels. */
export class Runs<R extends Run> {
  #earlier: R[] = [];

  constructor(public now: R, readonly label: (run: R) => string) {}

  /** Begins another run; the one before stays if it went anywhere, until another has its label. */
  begin(run: R): void {
    const kept = new Map<string, R>();
    for (const each of [...this.#earlier, this.now]) {
      if (each.path.length < 2) continue;
      kept.delete(this.label(each));
      kept.set(this.label(each), each);
    }
    kept.delete(this.label(run));
    this.#earlier = [...kept.values()].slice(-3);
    this.now = run;
  }

  /** Begins another run and forgets the others: curves that began elsewhere say nothing about it. */
  beginAnew(run: R): void {
    this.#earlier = [];
    this.now = run;
  }

  /** Their losses, the run on show before the earlier ones, as thin lines. */
  panel(theme: Theme, heightAt: (width: number) => number, floor?: number): Panel {
    return panel((width) => {
      const height = heightAt(width);
      const { reference, orange } = theme.colours;
      const curves = [
        ...this.#earlier.map((run) => ({ run, colour: reference, faint: true })),
        { run: this.now, colour: orange, above: true },
      ].map(({ run, ...look }) => ({ losses: run.losses, label: this.label(run), ...look }));
      return {
        height,
        body: lossCurve(curves, { width, height, floor, steps: 20 }, theme.colours),
        alternative: lossCurveInWords(this.now.losses),
      };
    });
  }
}

/** Buttons to go on by one step, or on and on. */
export interface Runner {
  readonly stepButton: HTMLButtonElement;
  readonly runButton: HTMLButtonElement;
  pause(): void;
  /** Switches the buttons off when there is nothing left to do. */
  refresh(): void;
}

/** Makes the buttons. Who asked their system for less motion sees the end of the run at once. */
export function runner(options: {
  step: () => void;
  ended: () => boolean;
  draw: () => void;
  /** Milliseconds between steps. */
  pace: number;
  /** Most steps of one run. */
  most: number;
}): Runner {
  const { step, ended, draw, pace, most } = options;
  let timer: ReturnType<typeof setInterval> | undefined;
  const pause = () => {
    clearInterval(timer);
    timer = undefined;
    refresh();
  };
  const start = () => {
    let left = most;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      while (left-- > 0 && !ended()) step();
      return draw();
    }
    timer = setInterval(() => {
      step();
      draw();
      if (ended() || --left <= 0) pause();
    }, pace);
    refresh();
  };
  const stepButton = button("Step", () => {
    pause();
    step();
    draw();
  }, "main");
  const runButton = button("Run", () => timer === undefined ? start() : pause());
  function refresh() {
    runButton.textContent = timer === undefined ? "Run" : "Pause";
    for (const each of [stepButton, runButton]) switchOff(each, ended());
  }
  return { stepButton, runButton, pause, refresh };
}

/** A slider's place for a rate on a logarithmic scale, and back to two significant digits. */
export const LOG_RATE = {
  place: (rate: number) => Math.log10(rate),
  rate: (place: number) => Number((10 ** place).toPrecision(2)),
};
