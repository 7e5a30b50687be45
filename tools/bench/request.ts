// What a program that takes part in the benchmark can be asked to do. Each reads requests as lines of JSON from its
// standard input and answers each with one line: { "seconds": … }, or another measure that the request names.

/** A network and how it is trained: dense layers with ReLU between them, float32, examples shuffled each time. */
export interface Training {
  task: "training";
  /** Units from the input to the output. */
  sizes: number[];
  batch: number;
  examples: number;
  /** Minibatches to train on; the answer is for all of them. */
  steps: number;
  loss: "crossEntropy" | "mse";
  optimizer: "adam" | "sgd";
  /** Backward layer by layer, not by autograd; only this library has both. */
  layerwise?: boolean;
}

/** The product of two float32 matrices, size × size; the answer is for one. */
export interface Product {
  task: "product";
  size: number;
}

/** How many bytes more are resident than before the first training; the answer is { "bytes": … }. */
export interface Memory {
  task: "memory";
}

/** The whole of `deno task mnist` with the data in memory, its test included; an error if it reads less than 98%. */
export interface Recipe {
  task: "recipe";
}

/** Something to do. */
export type BenchRequest = Training | Product | Memory | Recipe;

/** The network that the targets are about. */
export const MNIST: Training = {
  task: "training",
  sizes: [784, 128, 10],
  batch: 64,
  examples: 60_000,
  steps: 938,
  loss: "crossEntropy",
  optimizer: "adam",
};

/** The network of the lesson on XOR: so small that only the cost of an operation counts, not that of arithmetic. */
export const TINY: Training = {
  task: "training",
  sizes: [2, 8, 1],
  batch: 4,
  examples: 4,
  steps: 10_000,
  loss: "mse",
  optimizer: "sgd",
};
