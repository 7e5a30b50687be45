/** Runs that were made after the second zoo had shown two faults of the rules and those were mended. */
import {
  Adam,
  AdamW,
  binaryCrossEntropyLoss,
  cosineSchedule,
  crossEntropyLoss,
  type Examples,
  heNormal,
  huberLoss,
  LeakyReLU,
  Linear,
  moons,
  mseLoss,
  noisySine,
  ReLU,
  Residual,
  Rng,
  Sequential,
  SGD,
  Sigmoid,
  softmax,
  spirals,
  Tensor,
  tensor,
  zeros,
} from "backprop";
import {
  adam,
  type Animal,
  descend,
  digits,
  fitted,
  ownLoop,
  reordered,
  rescaled,
  sortedByClass,
  stack,
  zeroGrad,
} from "./keeping.ts";

/** Four clouds, opposite ones of the same class: XOR with noise. */
function clouds(count: number, rng: Rng): Examples<Uint8Array> {
  const noise = rng.randn([count, 2]).mul(0.3);
  const corners = tensor(Array.from({ length: count }, (_, i) => [i % 2 ? 1 : -1, i % 4 < 2 ? 1 : -1]));
  const targets = Uint8Array.from({ length: count }, (_, i) => Number((i % 2 === 1) === (i % 4 < 2)));
  return { inputs: corners.add(noise), targets };
}

/** Two clouds, one of them with a share of the examples. */
function twoClouds(count: number, share: number, rng: Rng): Examples<Uint8Array> {
  const targets = Uint8Array.from({ length: count }, () => Number(rng.random() < share));
  const centers = tensor(Array.from(targets, (label) => [1.2 * label, 1.2 * label]));
  return { inputs: centers.add(rng.randn([count, 2])), targets };
}

export const broken: Animal[] = [
  {
    name: "digits, SGD with a learning rate of 5",
    planted: "learning-rate-too-high",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 16, 5], "relu", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 5 });
      return fitted(model, await digits(120, rng), { optimizer, epochs: 6, batchSize: 20, rng });
    },
  },
  {
    name: "one's own loop with a learning rate of 30",
    planted: "learning-rate-too-high",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const options = { update: descend(30), forget: zeroGrad, steps: 120, batchSize: 25, rng };
      const run = ownLoop(model, clouds(100, rng), options);
      run.history.steps.forEach((row, i) => run.history.steps[i] = { ...row, learningRate: 30 });
      return Promise.resolve(run);
    },
  },
  {
    name: "momentum and a learning rate of 1e-6",
    planted: "learning-rate-too-low",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 20, 20, 3], "relu", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 1e-6, momentum: 0.9 });
      return fitted(model, spirals({ perClass: 35, rng }), { optimizer, epochs: 30, batchSize: 35, rng });
    },
  },
  {
    name: "six layers of tanh with tiny weights",
    planted: "vanishing-gradients",
    run: (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) => rng.randn([inputs, outputs]).mul(0.05);
      const model = stack([2, 12, 12, 12, 12, 12, 2], "tanh", { rng, init });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
      return fitted(model, clouds(80, rng), { optimizer, epochs: 30, batchSize: 20, rng });
    },
  },
  {
    name: "biases of -20 in the second layer",
    planted: "dead-relus",
    run: (seed) => {
      const rng = new Rng(seed);
      const second = new Linear(16, 16, { rng });
      second.bias!.data.fill(-20);
      const layers = [new Linear(2, 16, { rng }), new ReLU(), second, new ReLU(), new Linear(16, 1, { rng })];
      const { inputs, targets } = clouds(80, rng);
      const data = { inputs, targets: tensor(Array.from(targets, (label) => [label])) };
      const model = new Sequential(...layers);
      return fitted(model, data, { optimizer: adam(model), loss: mseLoss, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "twelve noisy points a class, two wide layers",
    planted: "overfitting",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 64, 64, 3], "tanh", { rng });
      const data = spirals({ perClass: 12, noise: 0.2, turns: 0.5, rng });
      const validation = spirals({ perClass: 40, noise: 0.2, turns: 0.5, rng });
      return fitted(model, data, { optimizer: adam(model), epochs: 150, batchSize: 36, rng, validation });
    },
  },
  {
    name: "no hidden layer for four clouds",
    planted: "model-too-small",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(2, 2, { rng }));
      const optimizer = new SGD(model.parameters(), { learningRate: 0.3 });
      return fitted(model, clouds(80, rng), { optimizer, epochs: 40, batchSize: 40, rng });
    },
  },
  {
    name: "a loss of one's own that applies softmax first",
    planted: "softmax-twice",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 20, 3], "tanh", { rng });
      const loss = (z: Tensor, y: Uint8Array) => crossEntropyLoss(softmax(z) as Tensor, y);
      const data = spirals({ perClass: 30, turns: 0.4, rng });
      return fitted(model, data, { optimizer: adam(model, 0.03), loss, epochs: 50, batchSize: 30, rng });
    },
  },
  {
    name: "digits in the order of their labels",
    planted: "not-shuffled",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 16, 5], "relu", { rng });
      const data = await digits(150, rng);
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
      return fitted(model, reordered(data, sortedByClass(data)), { optimizer, epochs: 5, batchSize: 15 });
    },
  },
  {
    name: "momentum without zeroGrad",
    planted: "missing-zero-grad",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "relu", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.01, momentum: 0.5 });
      const update = () => optimizer.step();
      return Promise.resolve(
        ownLoop(model, clouds(100, rng), { update, forget: () => {}, steps: 150, batchSize: 50, rng }),
      );
    },
  },
  {
    name: "age and income",
    planted: "unscaled-inputs",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "relu", { rng });
      const data = rescaled(clouds(80, rng), [10, 15000], [40, 45000]);
      return fitted(model, data, { optimizer: adam(model, 0.001), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "zeros in two layers of ReLUs",
    planted: "symmetric-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) => zeros([inputs, outputs]);
      const model = stack([2, 16, 16, 2], "relu", { rng, init });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
      return fitted(model, clouds(80, rng), { optimizer, epochs: 30, batchSize: 20, rng });
    },
  },
  {
    name: "digits with the labels of others",
    planted: "labels-shuffled",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 12, 5], "relu", { rng });
      const { inputs, targets } = await digits(150, rng);
      const mixed = Uint8Array.from(rng.permutation(targets.length), (row) => targets[row]);
      const optimizer = new SGD(model.parameters(), { learningRate: 0.05 });
      return fitted(model, { inputs, targets: mixed }, { optimizer, epochs: 6, batchSize: 15, rng });
    },
  },
  {
    name: "the loss with a minus",
    planted: "wrong-sign",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 12, 3], "relu", { rng });
      const data = spirals({ perClass: 30, rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.01 });
      const step = optimizer.step.bind(optimizer);
      optimizer.step = () => {
        for (const { grad } of model.parameters()) grad!.data.forEach((g, i) => grad!.data[i] = -g);
        step();
      };
      return await fitted(model, data, { optimizer, epochs: 50, batchSize: 30, rng });
    },
  },
  {
    name: "an optimizer for the biases only",
    planted: "untrained-parameters",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const biases = model.parameters().filter(({ shape }) => shape.length === 1);
      const optimizer = new Adam(biases, { learningRate: 0.01 });
      return fitted(model, clouds(80, rng), { optimizer, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "three in a hundred",
    planted: "class-imbalance",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 8, 2], "relu", { rng });
      const optimizer = adam(model, 0.005);
      return fitted(model, twoClouds(250, 0.04, rng), { optimizer, epochs: 15, batchSize: 25, rng });
    },
  },
  {
    name: "AdamW with a weight decay of 50",
    planted: "too-much-regularization",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 20, 1], "tanh", { rng });
      const data = rescaled(noisySine({ count: 70, rng }), [4], [-2]);
      const optimizer = new AdamW(model.parameters(), { learningRate: 0.01, weightDecay: 50 });
      return fitted(model, data, { optimizer, loss: mseLoss, epochs: 50, batchSize: 20, rng });
    },
  },
  {
    name: "NaN in one's own loop",
    planted: "bad-data",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 12, 2], "tanh", { rng });
      const data = clouds(80, rng);
      data.inputs.data[31 * seed] = NaN;
      return Promise.resolve(
        ownLoop(model, data, { update: descend(0.1), forget: zeroGrad, steps: 60, batchSize: 20, rng }),
      );
    },
  },
  {
    name: "weights from 0 to 1 for digits",
    planted: "large-initial-weights",
    run: async (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) => rng.uniform([inputs, outputs], 0, 1);
      const model = stack([784, 12, 5], "tanh", { rng, init });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.01 });
      return fitted(model, await digits(120, rng), { optimizer, epochs: 6, batchSize: 20, rng });
    },
  },
];

export const healthy: Animal[] = [
  {
    name: "probabilities and the loss for them",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 1], "tanh", { rng }, new Sigmoid());
      const { inputs, targets } = clouds(80, rng);
      const data = { inputs, targets: tensor(Array.from(targets, (label) => [label])) };
      const optimizer = adam(model, 0.03);
      return fitted(model, data, { optimizer, loss: binaryCrossEntropyLoss, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "residual, leaky, a schedule, mixed data in their order",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const block = new Sequential(new Linear(16, 16, { rng }), new LeakyReLU());
      const model = new Sequential(
        new Linear(2, 16, { rng }),
        new LeakyReLU(),
        new Residual(block),
        new Linear(16, 2, { rng }),
      );
      const schedule = cosineSchedule({ learningRate: 0.02, steps: 160 });
      return fitted(model, clouds(80, rng), { optimizer: adam(model), epochs: 40, batchSize: 20, schedule });
    },
  },
  {
    name: "Huber and AdamW",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 24, 1], "tanh", { rng });
      const optimizer = new AdamW(model.parameters(), { learningRate: 0.05, weightDecay: 0.01 });
      const data = rescaled(noisySine({ count: 80, rng }), [4], [-2]);
      return fitted(model, data, { optimizer, loss: huberLoss, epochs: 80, batchSize: 40, rng });
    },
  },
  {
    name: "overlapping moons with validation",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 8, 2], "tanh", { rng });
      const validation = moons({ count: 100, noise: 0.35, rng });
      const data = moons({ count: 200, noise: 0.35, rng });
      return fitted(model, data, {
        optimizer: adam(model, 0.02),
        epochs: 25,
        batchSize: 25,
        rng,
        validation,
      });
    },
  },
  {
    name: "one's own loop with Adam on digits",
    planted: "healthy",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 16, 5], "relu", { rng, init: heNormal });
      const optimizer = adam(model, 0.003);
      const update = () => optimizer.step();
      return ownLoop(model, await digits(160, rng), {
        update,
        forget: zeroGrad,
        steps: 60,
        batchSize: 20,
        rng,
      });
    },
  },
];
