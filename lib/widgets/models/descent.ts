/** One run of an optimizer on a surface: the library's own optimizers and gradients. */

import { formatNumber } from "../../checks/format.ts";
import { Adam } from "../../optim/adam.ts";
import type { Optimizer } from "../../optim/optimizer.ts";
import { RMSprop } from "../../optim/rmsprop.ts";
import { SGD } from "../../optim/sgd.ts";
import { FLOAT64 } from "../../tensor/dtype.ts";
import { parameter, tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LossSurface, Place } from "./loss_surfaces.ts";

/** What can be chosen. */
export type OptimizerName = "SGD" | "momentum" | "RMSprop" | "Adam";

/** The optimizers, as they are offered. */
export const OPTIMIZERS: Record<
  OptimizerName,
  { title: string; rule: string; make(parameters: Tensor[], learningRate: number): Optimizer }
> = {
  SGD: {
    title: "gradient descent",
    rule: "w ← w − η·g",
    make: (parameters, learningRate) => new SGD(parameters, { learningRate }),
  },
  momentum: {
    title: "momentum 0.9",
    rule: "v ← 0.9·v + g     w ← w − η·v",
    make: (parameters, learningRate) => new SGD(parameters, { learningRate, momentum: 0.9 }),
  },
  RMSprop: {
    title: "RMSprop",
    rule: "s ← 0.99·s + 0.01·g²     w ← w − η·g / (√s + ε)",
    make: (parameters, learningRate) => new RMSprop(parameters, { learningRate }),
  },
  Adam: {
    title: "Adam",
    rule: "m ← 0.9·m + 0.1·g     v ← 0.999·v + 0.001·g²     w ← w − η·m̂ / (√v̂ + ε)",
    make: (parameters, learningRate) => new Adam(parameters, { learningRate }),
  },
};

/** Why the loss of a run may rise and fall. */
const WHY_BACK_AND_FORTH: Record<OptimizerName, string> = {
  SGD: "the steps cross the valley again and again. A smaller learning rate would settle.",
  momentum: "it rolls past the lowest point, and back. What it keeps of earlier steps carries it on.",
  RMSprop:
    "its steps are about as long as η, however flat the ground is. A smaller learning rate would settle.",
  Adam: "it rolls past the lowest point, and back. What it keeps of earlier gradients carries it on.",
};

/** How a run stands. */
export type Verdict = "start" | "moving" | "back and forth" | "stuck" | "arrived" | "diverged";

/** Steeper than this is not flat. */
const FLAT = 0.01;
/** Nearer than this to a minimum is there. */
const NEAR = 0.03;

/** A run: its places, losses and gradients so far. */
export class Descent {
  readonly path: Place[] = [];
  readonly losses: number[] = [];
  readonly gradients: Place[] = [];
  readonly #x: Tensor;
  readonly #y: Tensor;
  readonly #optimizer: Optimizer;

  constructor(
    readonly surface: LossSurface,
    readonly optimizer: OptimizerName,
    readonly learningRate: number,
    start: Place,
  ) {
    this.#x = parameter(start.x, FLOAT64);
    this.#y = parameter(start.y, FLOAT64);
    this.#optimizer = OPTIMIZERS[optimizer].make([this.#x, this.#y], learningRate);
    this.#note();
  }

  /** Where it is now. */
  get here(): Place {
    return this.path[this.path.length - 1];
  }

  /** ∂L/∂x and ∂L/∂y here. */
  get gradient(): Place {
    return this.gradients[this.gradients.length - 1];
  }

  get loss(): number {
    return this.losses[this.losses.length - 1];
  }

  /** Whether another step would lead nowhere. */
  get ended(): boolean {
    return ["diverged", "arrived"].includes(this.verdict) || this.verdict === "stuck" && this.#stands();
  }

  /** One step of the optimizer, unless the run has ended. */
  step(): void {
    if (this.ended) return;
    this.#optimizer.step();
    this.#note();
  }

  get verdict(): Verdict {
    const { loss, here, path, losses } = this;
    if (!Number.isFinite(loss) || loss > 1e6 || Math.hypot(here.x, here.y) > 1e3) return "diverged";
    if (path.length === 1) return "start";
    const slope = length(this.gradient);
    const moved = distance(here, path[path.length - 2]);
    if (this.#minimum !== undefined && slope < 0.1 && moved < NEAR) return "arrived";
    const recent = losses.slice(-7);
    const ups = recent.filter((value, i) => i > 0 && value > recent[i - 1] + 1e-12).length;
    if (ups >= 2 && ups < recent.length - 1 || ups >= 3) return "back and forth";
    if (slope < FLAT && this.#minimum === undefined && moved < 0.005) return "stuck";
    return "moving";
  }

  /** A sentence or two on how it stands, and why. */
  inWords(): string {
    const { surface, here, loss, losses, learningRate } = this;
    const steps = this.path.length - 1;
    const at = `Step ${steps}: loss ${formatNumber(loss)}.`;
    switch (this.verdict) {
      case "start":
        return `${surface.lesson} Click on the map to start elsewhere.`;
      case "diverged":
        return `It diverged after ${steps} steps: a learning rate of ${learningRate} makes each step overshoot farther ` +
          "than the one before. Reset, and take a smaller rate.";
      case "arrived":
        return surface.minima.length > 1 && this.#minimum === surface.minima[1] && this.#lower
          ? `It settled after ${steps} steps in the higher valley. The deeper one is elsewhere, and no slope here says so.`
          : `It arrived at a minimum after ${steps} steps: loss ${
            formatNumber(loss)
          }, and the gradient is almost zero.`;
      case "back and forth":
        return `${at} The loss goes up and down: ${WHY_BACK_AND_FORTH[this.optimizer]}`;
      case "stuck":
        return `${at} It is stuck: the gradient is only ${
          formatNumber(length(this.gradient))
        }, so it hardly moves, ` +
          `and this is no minimum. ${
            surface.name === "saddle" ? "It is the saddle itself." : "The ground is level here."
          }`;
      case "moving": {
        const before = losses[losses.length - 2];
        const change = Math.abs(before - loss);
        const outside = here.x < surface.xRange[0] || here.x > surface.xRange[1] ||
          here.y < surface.yRange[0] || here.y > surface.yRange[1];
        return `${at} The last step ${loss > before ? "raised" : "lowered"} it by ${formatNumber(change)}.` +
          (outside ? " It has left the map." : "");
      }
    }
  }

  /** The minimum that it is at, if it is at one. */
  get #minimum(): Place | undefined {
    return this.surface.minima.find((minimum) => distance(this.here, minimum) < NEAR * 2);
  }

  /** Whether another minimum is deeper than the one it is at. */
  get #lower(): boolean {
    const [a, b] = this.surface.minima.map((place) => lossAt(this.surface, place));
    return b - a > 1e-6;
  }

  /** Whether it stands quite still: a saddle, to the last digit. */
  #stands(): boolean {
    return length(this.gradient) < 1e-6;
  }

  #note() {
    this.#optimizer.zeroGrad();
    const loss = this.surface.loss(this.#x, this.#y);
    loss.backward();
    this.path.push({ x: this.#x.item(), y: this.#y.item() });
    this.losses.push(loss.item());
    this.gradients.push({ x: this.#x.grad!.item(), y: this.#y.grad!.item() });
  }
}

/** The loss of one place. */
export function lossAt(surface: LossSurface, { x, y }: Place): number {
  return surface.loss(tensor(x, FLOAT64), tensor(y, FLOAT64)).item();
}

function length({ x, y }: Place): number {
  return Math.sqrt(x * x + y * y);
}

function distance(a: Place, b: Place): number {
  return length({ x: a.x - b.x, y: a.y - b.y });
}
