/** A run that can be started and paused. */

import { button } from "./elements.ts";

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
    for (const each of [stepButton, runButton]) {
      // A button that is switched off while it has the focus would lose it: say it instead.
      each.setAttribute("aria-disabled", String(ended()));
      each.classList.toggle("off", ended());
    }
  }
  return { stepButton, runButton, pause, refresh };
}

/** A slider's place for a rate on a logarithmic scale, and back to two significant digits. */
export const LOG_RATE = {
  place: (rate: number) => Math.log10(rate),
  rate: (place: number) => Number((10 ** place).toPrecision(2)),
};
