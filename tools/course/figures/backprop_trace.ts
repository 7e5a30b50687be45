import {
  type ActivationLayer,
  Linear,
  ReLU,
  Rng,
  Sequential,
  Sigmoid,
  Tanh,
  trace,
  traceChart,
} from "backprop";
import { UsageError } from "../../shared/arguments.ts";
import type { Figure } from "./figure.ts";

const ACTIVATIONS: Record<string, () => ActivationLayer> = {
  sigmoid: () => new Sigmoid(),
  tanh: () => new Tanh(),
  relu: () => new ReLU(),
};

/** A chain of one-unit layers, with every number forward and backward. */
export const backpropTrace: Figure = {
  says: "A pass through a chain of single units, with every value forward and every gradient backward",
  options: {
    x: { default: "1", says: "what goes in" },
    y: { default: "1", says: "what should come out; 0 to 1 if the last activation is sigmoid" },
    weights: { default: "0.5,0.5", says: "one weight a layer; as many as you like" },
    biases: { default: "0", says: "one bias a layer, or one for all" },
    activations: { default: "sigmoid", says: "sigmoid, tanh or relu, one a layer or one for all" },
    "learning-rate": { default: "", says: "if given, the table shows each parameter after a step" },
  },
  draw(settings) {
    const weights = numbers("weights", settings.list("weights"));
    const biases = repeated("biases", numbers("biases", settings.list("biases")), weights.length);
    const names = repeated("activations", settings.list("activations"), weights.length);
    const layers = weights.flatMap((weight, i) => {
      const activation = ACTIVATIONS[names[i]];
      if (!activation) {
        throw new UsageError(
          `--activations are ${Object.keys(ACTIVATIONS).join(", ")}, and got "${names[i]}".`,
        );
      }
      const linear = new Linear(1, 1, { rng: new Rng(0) }); // its random weight is replaced
      linear.weight.data[0] = weight;
      linear.bias!.data[0] = biases[i];
      return [linear, activation()];
    });
    const isProbability = names.at(-1) === "sigmoid";
    const y = settings.number("y", isProbability ? { least: 0, most: 1 } : {});
    const learningRate = settings.values["learning-rate"] === ""
      ? undefined
      : settings.number("learning-rate", { least: 0 });
    const passes = trace(new Sequential(...layers), settings.number("x"), y, { learningRate });
    return { chart: traceChart(passes), text: passes.toString() };
  },
};

function numbers(option: string, items: string[]): number[] {
  return items.map((item) => {
    const value = Number(item);
    if (Number.isFinite(value)) return value;
    throw new UsageError(`--${option} needs numbers with commas between, and got "${item}".`);
  });
}

/** One for each layer. */
function repeated<Item>(option: string, items: Item[], count: number): Item[] {
  if (items.length === 1) return Array(count).fill(items[0]);
  if (items.length === count) return items;
  throw new UsageError(
    `--${option} needs one value, or ${count}, one for each weight; it got ${items.length}.`,
  );
}
