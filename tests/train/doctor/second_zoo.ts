/**
 * Runs that were made after the rules of the doctor were fixed, with other data, networks and optimizers: how well the
 * rules do where they were not made. Later changes of the rules must not be made with an eye on these.
 */
import {
  Adam,
  BatchNorm1d,
  binaryCrossEntropyWithLogitsLoss,
  Dropout,
  type Examples,
  exerciseLine,
  fit,
  History,
  l2Penalty,
  Linear,
  lossSurfaceLine,
  moons,
  mseLoss,
  noisySine,
  ReLU,
  Rng,
  Sequential,
  SGD,
  Sigmoid,
  Softmax,
  spirals,
  takeRows,
  Tanh,
  type Targets,
  Tensor,
  tensor,
  xor,
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
  sgd,
  sortedByClass,
  stack,
  zeroGrad,
} from "./keeping.ts";

const spiralsOf = (seed: number, turns = 0.4) =>
  spirals({ perClass: 30 + 10 * (seed % 3), turns, rng: new Rng(100 + seed) });
const sineOf = (seed: number) =>
  rescaled(noisySine({ count: 60 + 10 * (seed % 3), rng: new Rng(200 + seed) }), [4], [-2]);
const mse = mseLoss as (prediction: Tensor, target: Targets) => Tensor;

export const broken: Animal[] = [
  {
    name: "momentum of 0.9 and a learning rate of 2",
    planted: "learning-rate-too-high",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 24, 3], "relu", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 2, momentum: 0.9 });
      return fitted(model, spiralsOf(seed), { optimizer, epochs: 30, batchSize: 30, rng });
    },
  },
  {
    name: "the line of the exercise at a learning rate of 1.1",
    planted: "learning-rate-too-high",
    run: (seed) => {
      const model = new Sequential(new Linear(1, 1, { rng: new Rng(seed) }));
      return fitted(model, exerciseLine({ seed: 42 + seed }), {
        optimizer: sgd(model, 1.1 + 0.1 * (seed % 3)),
        loss: mseLoss,
        epochs: 60,
        batchSize: 100,
      });
    },
  },
  {
    name: "Adam with a learning rate of 1e-6",
    planted: "learning-rate-too-low",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "tanh", { rng });
      const optimizer = adam(model, 1e-6);
      return fitted(model, sineOf(seed), { optimizer, loss: mseLoss, epochs: 50, batchSize: 20, rng });
    },
  },
  {
    name: "nine narrow layers of sigmoids, Adam",
    planted: "vanishing-gradients",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, ...Array(9).fill(6 + seed % 3), 1], "sigmoid", { rng });
      const optimizer = adam(model, 0.001);
      return fitted(model, sineOf(seed), { optimizer, loss: mseLoss, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "biases of -10 before ReLUs",
    planted: "dead-relus",
    run: (seed) => {
      const rng = new Rng(seed);
      const hidden = new Linear(2, 20, { rng });
      hidden.bias!.data.fill(-10);
      const model = new Sequential(hidden, new ReLU(), new Linear(20, 3, { rng }));
      return fitted(model, spiralsOf(seed), { optimizer: sgd(model), epochs: 40, batchSize: 30, rng });
    },
  },
  {
    name: "a wide network on ten points of a noisy sine",
    planted: "overfitting",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 40, 40, 1], "tanh", { rng });
      const data = rescaled(noisySine({ count: 10, noise: 0.4, rng }), [4], [-2]);
      const validation = rescaled(noisySine({ count: 50, noise: 0.4, rng }), [4], [-2]);
      return fitted(model, data, {
        optimizer: adam(model),
        loss: mseLoss,
        epochs: 250,
        batchSize: 10,
        rng,
        validation,
      });
    },
  },
  {
    name: "a straight line through a sine",
    planted: "model-too-small",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(1, 1, { rng }));
      return fitted(model, sineOf(seed), {
        optimizer: sgd(model, 0.05),
        loss: mseLoss,
        epochs: 60,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "two hidden units for spirals",
    planted: "model-too-small",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 2, 3], "tanh", { rng });
      return fitted(model, spiralsOf(seed, 0.8), {
        optimizer: adam(model, 0.05),
        epochs: 70,
        batchSize: 30,
        rng,
      });
    },
  },
  {
    name: "a softmax layer, three classes, momentum",
    planted: "softmax-twice",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 24, 3], "relu", { rng }, new Softmax());
      const optimizer = new SGD(model.parameters(), { learningRate: 0.2, momentum: 0.9 });
      return fitted(model, spiralsOf(seed), { optimizer, epochs: 50, batchSize: 30, rng });
    },
  },
  {
    name: "a sigmoid layer before the loss for logits",
    planted: "sigmoid-twice",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 1], "tanh", { rng }, new Sigmoid());
      const { inputs, targets } = moons({ count: 80, rng });
      const data = { inputs, targets: tensor(Array.from(targets, (label) => [label])) };
      const loss = binaryCrossEntropyWithLogitsLoss;
      return fitted(model, data, { optimizer: adam(model, 0.02), loss, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "three classes in their order",
    planted: "not-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 24, 3], "tanh", { rng });
      const data = spiralsOf(seed);
      return fitted(model, reordered(data, sortedByClass(data)), {
        optimizer: adam(model, 0.01),
        epochs: 20,
        batchSize: 10,
      });
    },
  },
  {
    name: "a time series in its order",
    planted: "not-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "tanh", { rng });
      return fitted(model, sineOf(seed), {
        optimizer: sgd(model, 0.1),
        loss: mseLoss,
        epochs: 25,
        batchSize: 10,
      });
    },
  },
  {
    name: "no zeroGrad on a regression",
    planted: "missing-zero-grad",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 12, 1], "tanh", { rng });
      return Promise.resolve(ownLoop(model, sineOf(seed), {
        loss: mse,
        update: descend(0.02),
        forget: () => {},
        steps: 150,
        batchSize: 30,
        rng,
      }));
    },
  },
  {
    name: "Adam without zeroGrad",
    planted: "missing-zero-grad",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 3], "relu", { rng });
      const optimizer = adam(model, 0.01);
      return Promise.resolve(ownLoop(model, spiralsOf(seed), {
        update: () => optimizer.step(),
        forget: () => {},
        steps: 150,
        batchSize: 30,
        rng,
      }));
    },
  },
  {
    name: "pixels from 0 to 255",
    planted: "unscaled-inputs",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const data = rescaled(moons({ count: 80, rng }), [70, 120], [80, 80]);
      return fitted(model, data, { optimizer: sgd(model, 0.05), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "lengths in kilometres that should be metres",
    planted: "unscaled-inputs",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "relu", { rng });
      const data = rescaled(moons({ count: 80, rng }), [0.001, 0.001]);
      return fitted(model, data, { optimizer: sgd(model, 0.1), epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "targets in thousands",
    planted: "unscaled-targets",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "relu", { rng });
      const { inputs, targets } = sineOf(seed);
      const data = { inputs, targets: targets.mul(2000).add(5000) };
      return fitted(model, data, { optimizer: adam(model), loss: mseLoss, epochs: 50, batchSize: 20, rng });
    },
  },
  {
    name: "all weights 0.1 in a regression",
    planted: "symmetric-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) =>
        tensor(Array(inputs * outputs).fill(0.1)).reshape([inputs, outputs]);
      const model = stack([1, 12, 12, 1], "tanh", { rng, init });
      return fitted(model, sineOf(seed), {
        optimizer: adam(model),
        loss: mseLoss,
        epochs: 40,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "three classes, labels shuffled apart",
    planted: "labels-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 24, 3], "relu", { rng });
      const { inputs, targets } = spiralsOf(seed);
      const data = {
        inputs,
        targets: Uint8Array.from(rng.permutation(targets.length), (row) => targets[row]),
      };
      return fitted(model, data, { optimizer: adam(model), epochs: 50, batchSize: 30, rng });
    },
  },
  {
    name: "targets of a regression shuffled apart, with validation",
    planted: "labels-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "tanh", { rng });
      const { inputs, targets } = sineOf(seed);
      const { targets: mixed } = takeRows(
        { inputs: targets, targets } as Examples<Tensor>,
        rng.permutation(targets.size),
      );
      return fitted(model, { inputs, targets: mixed }, {
        optimizer: adam(model),
        loss: mseLoss,
        epochs: 50,
        batchSize: 20,
        rng,
        validation: sineOf(seed + 1),
      });
    },
  },
  {
    name: "an optimizer of one's own that climbs",
    planted: "wrong-sign",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 12, 1], "tanh", { rng });
      const data = sineOf(seed);
      const optimizer = {
        learningRate: 0.005,
        zeroGrad: () => zeroGrad(model.parameters()),
        step: () => descend(-0.005)(model.parameters()),
      };
      const options = { optimizer, loss: mse, epochs: 40, batchSize: 20, rng, quiet: true };
      const history = await fit(model, data as Examples, options);
      return { history, model, options: { data, ...options } };
    },
  },
  {
    name: "a frozen first layer of four units",
    planted: "untrained-parameters",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 4, 4, 3], "tanh", { rng });
      model.layers[0].freeze();
      model.layers[2].freeze();
      const optimizer = new Adam(model.parameters().filter((w) => w.requiresGrad), { learningRate: 0.02 });
      return fitted(model, spiralsOf(seed), { optimizer, epochs: 50, batchSize: 30, rng });
    },
  },
  {
    name: "a rare third class",
    planted: "class-imbalance",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 12, 3], "tanh", { rng });
      const all = spirals({ perClass: 100, noise: 0.2, turns: 0.3, rng });
      const rows = Array.from(all.targets.keys()).filter((i) => all.targets[i] !== 2 || i % 75 < 6);
      return fitted(model, takeRows(all, rows), { optimizer: adam(model), epochs: 20, batchSize: 20, rng });
    },
  },
  {
    name: "dropout of 0.95",
    planted: "too-much-regularization",
    run: (seed) => {
      const rng = new Rng(seed);
      const drop = new Dropout(0.95, { rng: new Rng(seed + 50) });
      const model = new Sequential(new Linear(2, 24, { rng }), new Tanh(), drop, new Linear(24, 3, { rng }));
      return fitted(model, spiralsOf(seed), { optimizer: adam(model), epochs: 40, batchSize: 30, rng });
    },
  },
  {
    name: "an L2 penalty of 1",
    planted: "too-much-regularization",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "tanh", { rng });
      const penalty = () => l2Penalty(model.parameters(), 1);
      const optimizer = adam(model, 0.02);
      return fitted(model, sineOf(seed), {
        optimizer,
        loss: mseLoss,
        epochs: 50,
        batchSize: 20,
        rng,
        penalty,
      });
    },
  },
  {
    name: "an infinite target",
    planted: "bad-data",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([1, 16, 1], "tanh", { rng });
      const data = sineOf(seed);
      data.targets.data[5 * seed] = Infinity;
      const loss = (p: Tensor, y: Tensor) => p.sub(y).square().mean();
      return fitted(model, data, { optimizer: adam(model), loss, epochs: 30, batchSize: 20, rng });
    },
  },
  {
    name: "the logarithm of a ReLU",
    planted: "undefined-operation",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 1], "tanh", { rng }, new ReLU());
      const { inputs, targets } = moons({ count: 80, rng });
      const data = { inputs, targets: tensor(Array.from(targets, (label) => [label])) };
      const loss = (p: Tensor, y: Tensor) => y.mul(p.log()).mean().neg();
      return fitted(model, data, { optimizer: adam(model), loss, epochs: 30, batchSize: 20, rng });
    },
  },
  {
    name: "weights without 1/√inputs before ReLUs",
    planted: "large-initial-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) => rng.randn([inputs, outputs]).mul(3);
      const model = stack([2, 32, 32, 3], "relu", { rng, init });
      return fitted(model, spiralsOf(seed), {
        optimizer: adam(model, 0.001),
        epochs: 30,
        batchSize: 30,
        rng,
      });
    },
  },
];

export const healthy: Animal[] = [
  {
    name: "batch normalization on spirals",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(
        new Linear(2, 32, { rng }),
        new BatchNorm1d(32),
        new ReLU(),
        new Linear(32, 3, { rng }),
      );
      return fitted(model, spiralsOf(seed), { optimizer: adam(model, 0.02), epochs: 60, batchSize: 30, rng });
    },
  },
  {
    name: "four to one, well apart",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const all = moons({ count: 160, rng });
      const rows = Array.from(all.targets.keys()).filter((i) => all.targets[i] === 0 || i % 8 < 2);
      return fitted(model, takeRows(all, rows), {
        optimizer: adam(model, 0.05),
        epochs: 60,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "XOR, full batches, one's own loop",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 12, 2], "tanh", { rng });
      const optimizer = adam(model, 0.05);
      return Promise.resolve(
        ownLoop(model, xor(), {
          update: () => optimizer.step(),
          forget: zeroGrad,
          steps: 150,
          batchSize: 4,
          rng,
        }),
      );
    },
  },
  {
    name: "one logit, momentum, float32",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const dtype = "float32";
      const model = stack([2, 16, 1], "relu", { rng, dtype });
      const { inputs, targets } = moons({ count: 80, rng, dtype });
      const data = { inputs, targets: tensor(Array.from(targets, (label) => [label]), { dtype }) };
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 });
      return fitted(model, data, {
        optimizer,
        loss: binaryCrossEntropyWithLogitsLoss,
        epochs: 50,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "random features: a frozen wide layer",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 64, 2], "tanh", { rng });
      model.layers[0].freeze();
      const optimizer = new Adam(model.parameters().filter((w) => w.requiresGrad), { learningRate: 0.05 });
      return fitted(model, moons({ count: 80, rng }), { optimizer, epochs: 60, batchSize: 20, rng });
    },
  },
  {
    name: "handwritten digits",
    planted: "healthy",
    run: async (seed) => {
      const rng = new Rng(seed);
      const data = await digits(300, rng, "float32");
      const model = stack([784, 24, 5], "relu", { rng, dtype: "float32" });
      const optimizer = adam(model, 0.003);
      const options = { optimizer, epochs: 6, batchSize: 20, rng, quiet: true };
      return { history: await fit(model, data, options), model, options: { data, ...options } };
    },
  },
  {
    name: "the line of the pictures, a history of losses alone",
    planted: "healthy",
    run: async (seed) => {
      const model = new Sequential(new Linear(1, 1, { rng: new Rng(seed) }));
      const data = lossSurfaceLine();
      const all = await fit(model, data, {
        optimizer: sgd(model, 0.1),
        loss: mseLoss,
        epochs: 60,
        batchSize: 20,
      });
      const history = new History();
      for (const row of all.steps) history.steps.push({ trainLoss: row.trainLoss } as typeof row);
      return { history, model, options: { data, loss: mseLoss } };
    },
  },
];
