import { Adam, type Optimizer, parameter, RMSprop, SGD, surfaceChart, type Tensor } from "backprop";
import type { Figure } from "./figure.ts";

type Surface = (x: Tensor, y: Tensor) => Tensor;

const SURFACES: Record<"bowl" | "ravine" | "saddle", Surface> = {
  bowl: (x, y) => x.mul(x).add(y.mul(y)),
  ravine: (x, y) => x.mul(x).div(20).add(y.mul(y)),
  saddle: (x, y) => x.mul(x).sub(y.mul(y)).add(y.pow(4).div(4)),
};

/** How different optimizers go down the same slope. */
export const optimizerPaths: Figure = {
  says: "Walks of SGD, momentum, RMSprop and Adam over one surface, from one start",
  options: {
    surface: { default: "ravine", says: "bowl, ravine (twenty times steeper across than along) or saddle" },
    "learning-rate": { default: "0.1", says: "for all optimizers" },
    momentum: { default: "0.9", says: "of the walk with momentum, 0 to less than 1" },
    steps: { default: "40", says: "how many steps, 1 to 1000" },
    x: { default: "-4", says: "start" },
    y: { default: "1.5", says: "start" },
  },
  draw(settings) {
    const surface = SURFACES[settings.choice("surface", ["bowl", "ravine", "saddle"])];
    const learningRate = settings.number("learning-rate", { least: 0 });
    const momentum = settings.number("momentum", { least: 0, most: 0.9999 });
    const steps = settings.number("steps", { least: 1, most: 1000, whole: true });
    const start: [number, number] = [settings.number("x"), settings.number("y")];
    const optimizers: Record<string, (parameters: Tensor[]) => Optimizer> = {
      "SGD": (parameters) => new SGD(parameters, { learningRate }),
      "momentum": (parameters) => new SGD(parameters, { learningRate, momentum }),
      "RMSprop": (parameters) => new RMSprop(parameters, { learningRate }),
      "Adam": (parameters) => new Adam(parameters, { learningRate }),
    };
    const paths = Object.entries(optimizers).map(([label, make]) => ({
      label,
      points: walk(surface, make, start, steps),
    }));
    const f = (x: number, y: number) => surface(parameter([x]), parameter([y])).item();
    const reach = 1.15 * Math.max(1, ...start.map(Math.abs));
    const chart = surfaceChart(f, {
      x: [-reach, reach],
      y: [-reach / 2, reach / 2],
      xLabel: "x",
      yLabel: "y",
      valueLabel: "height",
      paths,
      levels: 12,
    });
    const text = paths.map(({ label, points }) =>
      `${label.padEnd(9)} ends at height ${f(...points.at(-1)!).toPrecision(4)}`
    );
    return { chart, text: text.join("\n") };
  },
};

function walk(
  surface: Surface,
  make: (parameters: Tensor[]) => Optimizer,
  start: [number, number],
  steps: number,
): [number, number][] {
  const [x, y] = start.map((value) => parameter([value]));
  const optimizer = make([x, y]);
  const points: [number, number][] = [start];
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    surface(x, y).sum().backward();
    optimizer.step();
    if (!Number.isFinite(x.item()) || Math.abs(x.item()) > 1e6 || Math.abs(y.item()) > 1e6) break;
    points.push([x.item(), y.item()]);
  }
  return points;
}
