/** One run of gradient descent on the loss of a line, and what to say about it. */

import { formatNumber } from "../../checks/format.ts";
import type { Line, LineSurface } from "./line_surface.ts";

/** How a run goes. */
export type Progress = "start" | "falling" | "slow" | "rising" | "arrived" | "diverged";

/** A run: its places, and the loss at each. */
export class LineDescent {
  readonly path: Line[];
  readonly losses: number[];

  constructor(readonly surface: LineSurface, start: Line, public learningRate: number) {
    this.path = [start];
    this.losses = [surface.at(start).loss];
  }

  /** One step, unless it has ended. */
  step(): void {
    if (this.ended) return;
    const next = this.surface.step(this.path[this.path.length - 1], this.learningRate);
    this.path.push(next);
    this.losses.push(this.surface.at(next).loss);
  }

  /** Whether another step would change anything worth seeing. */
  get ended(): boolean {
    return this.progress === "arrived" || this.progress === "diverged";
  }

  get progress(): Progress {
    const [before, loss] = this.losses.slice(-2);
    const last = loss ?? before;
    if (!Number.isFinite(last) || last > 1e6) return "diverged";
    const floor = this.surface.at(this.surface.shape.minimum).loss;
    if (last - floor < 1e-4) return "arrived";
    if (loss === undefined) return "start";
    if (loss > before) return "rising";
    return (before - loss) / (before - floor) < 0.12 ? "slow" : "falling";
  }

  /** A sentence on where it stands and why. */
  inWords(): string {
    const steps = this.path.length - 1;
    const last = this.losses[this.losses.length - 1];
    const rate = `learning rate ${this.learningRate}`;
    const limit = formatNumber(this.surface.limit);
    const at = `After ${steps} ${steps === 1 ? "step" : "steps"} the loss is ${formatNumber(last)}.`;
    switch (this.progress) {
      case "start":
        return `The ball stands at height ${formatNumber(last)}. Take a step, or let it run.`;
      case "falling":
        return `${at} It falls well with ${rate}.`;
      case "slow":
        return 2 * this.learningRate > this.surface.limit // above 1/λmax it goes from side to side
          ? `${at} It falls, but slowly: with ${rate}, each step jumps to the other side of the valley.`
          : `${at} It falls, but each step is short with ${rate}.`;
      case "rising":
        return `${at} The last step went uphill: it jumped over the valley. The limit 2/λmax is ${limit}, and ${rate} ` +
          `is ${this.learningRate > this.surface.limit ? "above" : "below"} it.`;
      case "arrived":
        return `Arrived: ${steps} steps with ${rate}, and the loss is ${
          last.toFixed(4)
        }, which is as low as it gets.`;
      case "diverged":
        return `Diverged after ${steps} steps with ${rate}: each step overshoots farther than the one before, because ` +
          `the rate is above 2/λmax = ${limit}. Reset, and take a smaller one.`;
    }
  }
}
