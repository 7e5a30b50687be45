import {
  gradNorm,
  heNormal,
  type Init,
  Linear,
  lineChart,
  mseLoss,
  ReLU,
  Rng,
  Sequential,
  Sigmoid,
  Tanh,
  xavierNormal,
} from "backprop";
import type { Figure } from "./figure.ts";

/** Each activation with the first weights that suit it. */
const LAYERS = {
  sigmoid: [Sigmoid, xavierNormal],
  tanh: [Tanh, xavierNormal],
  relu: [ReLU, heNormal],
} as const;

/** How long the gradient is, layer by layer. */
export const gradientDepth: Figure = {
  says: "Length of the gradient in each layer of deep networks: vanishing and exploding",
  options: {
    depth: { default: "10", says: "hidden layers, 2 to 60" },
    width: { default: "32", says: "units in each, 1 to 256" },
    scale: { default: "1", says: "factor on the first weights; above 1 gradients may explode" },
    seed: { default: "42", says: "of weights and data" },
  },
  draw(settings) {
    const depth = settings.number("depth", { least: 2, most: 60, whole: true });
    const width = settings.number("width", { least: 1, most: 256, whole: true });
    const scale = settings.number("scale", { least: 0 });
    const seed = settings.number("seed", { least: 0, whole: true });
    const rows = Object.entries(LAYERS).flatMap(([series, [Activation, base]]) => {
      const rng = new Rng(seed);
      const init: Init = (...of) => base(...of).mul(scale);
      const layers = Array.from({ length: depth }, () => new Linear(width, width, { rng, init }));
      layers.push(new Linear(width, 1, { rng, init }));
      const model = new Sequential(
        ...layers.flatMap((layer, i) => i < depth ? [layer, new Activation()] : [layer]),
      );
      mseLoss(model.forward(rng.randn([64, width])), rng.randn([64, 1])).backward();
      return layers.map(({ weight }, i) => ({ x: i + 1, y: gradNorm([weight]), series }));
    });
    const chart = lineChart(rows, {
      xLabel: "layer, from the input",
      yLabel: "length of ∂L/∂W",
      logY: true,
      title: `Gradients in ${depth} hidden layers, first weights times ${scale}`,
    });
    return { chart };
  },
};
