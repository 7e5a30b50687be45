/** Runs that are wrong in one way each, and some that are right: what the rules of the doctor were made with. */
import {
  Adam,
  crossEntropyLoss,
  Dropout,
  exerciseLine,
  Linear,
  moons,
  mseLoss,
  noisySine,
  ReLU,
  Rng,
  Sequential,
  SGD,
  Softmax,
  spirals,
  split,
  takeRows,
  zeros,
} from "backprop";
import {
  adam,
  type Animal,
  descend,
  fitted,
  ownLoop,
  reordered,
  rescaled,
  sgd,
  sortedByClass,
  stack,
  zeroGrad,
} from "./keeping.ts";

/** Two moons, a different number of points for each seed. */
const moonsOf = (seed: number, noise = 0.1) =>
  moons({ count: 60 + 20 * (seed % 3), noise, rng: new Rng(seed) });

export const broken: Animal[] = [
  {
    name: "SGD with a learning rate of 5 on a regression",
    planted: "learning-rate-too-high",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16 + 8 * (seed % 3), 1], "tanh", { rng });
      return fitted(model, noisySine({ count: 60, rng }), {
        optimizer: sgd(model, 5),
        loss: mseLoss,
        epochs: 40,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "Adam with a learning rate of 3",
    planted: "learning-rate-too-high",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 16, 2], "tanh", { rng });
      return fitted(model, moonsOf(seed), { optimizer: adam(model, 3), epochs: 25, batchSize: 20, rng });
    },
  },
  {
    name: "SGD with a learning rate of 1e-5",
    planted: "learning-rate-too-low",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 12 + 4 * (seed % 3), 2], "tanh", { rng });
      return fitted(model, moonsOf(seed), { optimizer: sgd(model, 1e-5), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "eight layers of sigmoids",
    planted: "vanishing-gradients",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, ...Array(7 + seed % 3).fill(8), 2], "sigmoid", { rng });
      return fitted(model, moonsOf(seed), { optimizer: sgd(model), epochs: 25, batchSize: 20, rng });
    },
  },
  {
    name: "negative weights before ReLUs on inputs from 0 to 1",
    planted: "dead-relus",
    run: (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) => rng.uniform([inputs, outputs], -1, 0);
      const model = stack([2, 16, 2], "relu", { rng, init });
      const data = rescaled(moonsOf(seed), [0.3, 0.5], [0.4, 0.4]);
      return fitted(model, data, { optimizer: adam(model), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "a large network on 24 noisy points",
    planted: "overfitting",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 32, 32, 2], "relu", { rng });
      const data = moons({ count: 24, noise: 0.4, rng });
      const validation = moons({ count: 60, noise: 0.4, rng });
      return fitted(model, data, {
        optimizer: adam(model),
        epochs: 100 + 20 * (seed % 3),
        batchSize: 24,
        rng,
        validation,
      });
    },
  },
  {
    name: "no hidden layer on spirals",
    planted: "model-too-small",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(2, 3, { rng }));
      const data = spirals({ perClass: 30 + 10 * (seed % 3), rng });
      return fitted(model, data, { optimizer: adam(model, 0.05), epochs: 60, batchSize: 30, rng });
    },
  },
  {
    name: "a softmax layer before the cross-entropy",
    planted: "softmax-twice",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng }, new Softmax());
      return fitted(model, moonsOf(seed), { optimizer: adam(model, 0.02), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "softmax in one's own loop",
    planted: "softmax-twice",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 3], "tanh", { rng });
      const data = spirals({ perClass: 30, turns: 0.3, rng });
      const run = ownLoop(model, data, {
        loss: (out, target) => {
          const e = out.exp();
          return crossEntropyLoss(e.div(e.sum({ axis: 1, keepDims: true })), target);
        },
        update: descend(0.5),
        forget: zeroGrad,
        steps: 200,
        batchSize: 30,
        rng,
      });
      return Promise.resolve({ ...run, options: { data } }); // the loss is inside the loop, so the doctor is not told
    },
  },
  {
    name: "sorted by class and not shuffled",
    planted: "not-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "relu", { rng });
      const data = moonsOf(seed);
      return fitted(model, reordered(data, sortedByClass(data)), {
        optimizer: sgd(model, 0.3),
        epochs: 25,
        batchSize: 8,
      });
    },
  },
  {
    name: "no zeroGrad",
    planted: "missing-zero-grad",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 8 + 4 * (seed % 3), 2], "tanh", { rng });
      return Promise.resolve(
        ownLoop(model, moonsOf(seed), {
          update: descend(0.1),
          forget: () => {},
          steps: 200,
          batchSize: 20,
          rng,
        }),
      );
    },
  },
  {
    name: "one input in millimetres",
    planted: "unscaled-inputs",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "relu", { rng });
      return fitted(model, rescaled(moonsOf(seed), [1, 1000]), {
        optimizer: sgd(model),
        epochs: 40,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "years as inputs of a regression",
    planted: "unscaled-inputs",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "tanh", { rng });
      return fitted(model, rescaled(noisySine({ count: 60, rng }), [50], [1970]), {
        optimizer: adam(model),
        loss: mseLoss,
        epochs: 60,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "all weights 0",
    planted: "symmetric-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng, init: (inputs, outputs) => zeros([inputs, outputs]) });
      return fitted(model, moonsOf(seed), { optimizer: adam(model), epochs: 30, batchSize: 20, rng });
    },
  },
  {
    name: "all weights 0.5",
    planted: "symmetric-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 3], "relu", {
        rng,
        init: (inputs, outputs) => zeros([inputs, outputs]).add(0.5),
      });
      return fitted(model, spirals({ perClass: 40, rng }), {
        optimizer: adam(model),
        epochs: 30,
        batchSize: 30,
        rng,
      });
    },
  },
  {
    name: "labels shuffled apart from the inputs",
    planted: "labels-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const { inputs, targets } = moonsOf(seed);
      const data = {
        inputs,
        targets: Uint8Array.from(rng.permutation(targets.length), (row) => targets[row]),
      };
      return fitted(model, data, { optimizer: adam(model), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "plus in the update",
    planted: "wrong-sign",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      return Promise.resolve(
        ownLoop(model, moonsOf(seed), {
          update: descend(-0.02),
          forget: zeroGrad,
          steps: 150 + 50 * (seed % 3),
          batchSize: 20,
          rng,
        }),
      );
    },
  },
  {
    name: "an optimizer for the last layer only",
    planted: "untrained-parameters",
    run: (seed) => {
      const rng = new Rng(seed);
      const last = new Linear(6, 2, { rng });
      const model = new Sequential(new Linear(2, 6, { rng }), new ReLU(), last);
      const optimizer = new Adam(last.parameters(), { learningRate: 0.01 });
      return fitted(model, moonsOf(seed), { optimizer, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "one example in twenty of a class that overlaps",
    planted: "class-imbalance",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 8, 2], "tanh", { rng });
      const all = moons({ count: 240, noise: 0.5, rng });
      const rows = Array.from(all.targets.keys()).filter((i) => all.targets[i] === 0 || i % 38 < 2);
      return fitted(model, takeRows(all, rows), { optimizer: adam(model), epochs: 25, batchSize: 20, rng });
    },
  },
  {
    name: "weight decay of 0.5 for 0.0005",
    planted: "too-much-regularization",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1, weightDecay: 0.5 });
      return fitted(model, moonsOf(seed), { optimizer, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "a missing number in one row",
    planted: "bad-data",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const data = moonsOf(seed);
      data.inputs.data[7 + seed] = NaN;
      return fitted(model, data, { optimizer: adam(model), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "standard normal weights times ten",
    planted: "large-initial-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 32, 32, 2], "tanh", {
        rng,
        init: (inputs, outputs) => rng.randn([inputs, outputs]).mul(10),
      });
      return fitted(model, moonsOf(seed), { optimizer: sgd(model, 0.01), epochs: 40, batchSize: 20, rng });
    },
  },
];

export const healthy: Animal[] = [
  {
    name: "moons, Adam",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      return fitted(model, moonsOf(seed), { optimizer: adam(model, 0.02), epochs: 60, batchSize: 20, rng });
    },
  },
  {
    name: "a straight line, full batches",
    planted: "healthy",
    run: (seed) => {
      const model = new Sequential(new Linear(1, 1, { rng: new Rng(seed) }));
      return fitted(model, exerciseLine({ seed: 42 + seed }), {
        optimizer: sgd(model),
        loss: mseLoss,
        epochs: 100,
        batchSize: 100,
      });
    },
  },
  {
    name: "a noisy sine",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 24, 1], "tanh", { rng });
      const optimizer = adam(model, 0.05);
      return fitted(model, rescaled(noisySine({ count: 80, rng }), [4], [-2]), {
        optimizer,
        loss: mseLoss,
        epochs: 120,
        batchSize: 40,
        rng,
      });
    },
  },
  {
    name: "spirals, ReLU",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 32, 3], "relu", { rng });
      return fitted(model, spirals({ perClass: 50, rng }), {
        optimizer: adam(model, 0.02),
        epochs: 60,
        batchSize: 30,
        rng,
      });
    },
  },
  {
    name: "overlapping moons, early stopping, dropout",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(
        new Linear(2, 32, { rng }),
        new ReLU(),
        new Dropout(0.2, { rng: new Rng(seed + 1) }),
        new Linear(32, 2, { rng }),
      );
      const { train, validation } = split(moons({ count: 160, noise: 0.25, rng }), { validation: 0.25, rng });
      return fitted(model, train, {
        optimizer: adam(model, 0.02),
        epochs: 40,
        batchSize: 20,
        rng,
        validation,
        earlyStopping: { patience: 10 },
      });
    },
  },
  {
    name: "one's own loop, done right",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      return Promise.resolve(
        ownLoop(model, moonsOf(seed), {
          update: descend(0.5),
          forget: zeroGrad,
          steps: 250,
          batchSize: 20,
          rng,
        }),
      );
    },
  },
];
