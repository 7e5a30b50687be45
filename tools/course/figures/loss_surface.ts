import {
  concatenate,
  exerciseLine,
  leastSquares,
  lossSurfaceLine,
  mseLoss,
  noGrad,
  ones,
  parameter,
  SGD,
  surfaceChart,
} from "backprop";
import type { Figure } from "./figure.ts";

/** The loss of a line y = wx + b over w and b, with the steps of gradient descent. */
export const lossSurface: Figure = {
  says: "The mean squared error of a line over its slope w and intercept b, and a walk downhill",
  options: {
    data: { default: "surface", says: "surface (MSE 6.1718 at the origin) or exercise (seed 42)" },
    w: { default: "0", says: "slope to start from" },
    b: { default: "0", says: "intercept to start from" },
    "learning-rate": { default: "0.1", says: "length of a step for a gradient of length 1" },
    steps: { default: "25", says: "how many steps, 0 to 1000" },
  },
  draw(settings) {
    const { inputs: x, targets: y } = settings.choice("data", ["surface", "exercise"]) === "surface"
      ? lossSurfaceLine()
      : exerciseLine();
    const start: [number, number] = [settings.number("w"), settings.number("b")];
    const learningRate = settings.number("learning-rate", { least: 0 });
    const steps = settings.number("steps", { least: 0, most: 1000, whole: true });

    const [w, b] = start.map((value) => parameter([value]));
    const optimizer = new SGD([w, b], { learningRate });
    const points: [number, number][] = [start];
    for (let step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      mseLoss(x.mul(w).add(b), y).backward();
      optimizer.step();
      const here: [number, number] = [w.item(), b.item()];
      if (!here.every((value) => Math.abs(value) < 1e6)) break; // it diverged: the map would show nothing else
      points.push(here);
    }
    const minimum = [...leastSquares(concatenate([x, ones(x.shape)], { axis: 1 }), y).data] as [
      number,
      number,
    ];
    const view = (axis: 0 | 1): [number, number] => {
      const seen = [...points.slice(0, 4).map((point) => point[axis]), minimum[axis]];
      const [low, high] = [Math.min(...seen), Math.max(...seen)];
      const room = Math.max(1, 0.35 * (high - low));
      return [low - room, high + room];
    };
    const loss = (w: number, b: number) => noGrad(() => mseLoss(x.mul(w).add(b), y).item());
    const chart = surfaceChart(loss, {
      x: view(0),
      y: view(1),
      xLabel: "w",
      yLabel: "b",
      valueLabel: "loss",
      arrow: { at: start },
      minimum,
      paths: points.length > 1 ? [{ label: `${points.length - 1} steps`, points }] : undefined,
    });
    const last = points.at(-1)!;
    const row = (name: string, [w, b]: [number, number]) =>
      `${name.padEnd(8)} w ${w.toFixed(5)}  b ${b.toFixed(5)}  loss ${loss(w, b).toPrecision(6)}`;
    return { chart, text: [row("start", start), row("end", last), row("minimum", minimum)].join("\n") };
  },
};
