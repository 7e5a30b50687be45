/** Runs that no rule was made with: written when the rules were finished. No rule may be changed for their sake. */
import {
  AdamW,
  type Examples,
  l2Penalty,
  Linear,
  mseLoss,
  Rng,
  Sequential,
  SGD,
  Softmax,
  type Targets,
  Tensor,
  tensor,
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

/** A disc (class 0) in a ring (class 1). */
function rings(count: number, rng: Rng, outer = 0.5): Examples<Uint8Array> {
  const targets = Uint8Array.from({ length: count }, () => Number(rng.random() < outer));
  const points = Array.from(targets, (label) => {
    const angle = 2 * Math.PI * rng.random();
    const radius = label === 0 ? 0.9 * rng.random() : 1 + 0.8 * rng.random();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { inputs: tensor(points), targets };
}

/** Targets that depend on five inputs along a plane, with noise. */
function plane(count: number, rng: Rng, noise = 0.1): Examples<Tensor> {
  const inputs = rng.randn([count, 5]);
  const truth = tensor([[1], [-2], [0.5], [0], [1.5]]);
  return { inputs, targets: inputs.matmul(truth).add(rng.randn([count, 1]).mul(noise)) };
}

const mse = mseLoss as (prediction: Tensor, target: Targets) => Tensor;
const countOf = (seed: number) => 70 + 15 * (seed % 3);

export const broken: Animal[] = [
  {
    name: "momentum 0.95 at a learning rate of 1",
    planted: "learning-rate-too-high",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([5, 20, 1], "tanh", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 1, momentum: 0.95 });
      return fitted(model, plane(countOf(seed), rng), {
        optimizer,
        loss: mseLoss,
        epochs: 30,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "AdamW at 3e-6",
    planted: "learning-rate-too-low",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 24, 2], "relu", { rng });
      const optimizer = new AdamW(model.parameters(), { learningRate: 3e-6 });
      return fitted(model, rings(countOf(seed), rng), { optimizer, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "six layers of sigmoids for digits",
    planted: "vanishing-gradients",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 16, 16, 16, 16, 16, 16, 5], "sigmoid", { rng });
      return fitted(model, await digits(100, rng), {
        optimizer: sgd(model, 0.1),
        epochs: 8,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "weights from -0.2 to 0 on pixels",
    planted: "dead-relus",
    run: async (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) => rng.uniform([inputs, outputs], -0.2, 0);
      const model = stack([784, 16, 5], "relu", { rng, init });
      return fitted(model, await digits(100, rng), {
        optimizer: sgd(model, 0.1),
        epochs: 8,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "fifteen noisy examples of five inputs",
    planted: "overfitting",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([5, 64, 1], "tanh", { rng });
      const data = plane(15, rng, 2), validation = plane(80, rng, 2);
      return fitted(model, data, {
        optimizer: adam(model, 0.01),
        loss: mseLoss,
        epochs: 200,
        batchSize: 15,
        rng,
        validation,
      });
    },
  },
  {
    name: "no hidden layer for a disc in a ring",
    planted: "model-too-small",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(2, 2, { rng }));
      return fitted(model, rings(countOf(seed), rng), {
        optimizer: adam(model, 0.05),
        epochs: 40,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "a softmax layer for digits",
    planted: "softmax-twice",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 16, 5], "relu", { rng }, new Softmax());
      return fitted(model, await digits(100, rng), {
        optimizer: adam(model, 0.005),
        epochs: 10,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "first the disc, then the ring",
    planted: "not-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const data = rings(countOf(seed), rng);
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 });
      return fitted(model, reordered(data, sortedByClass(data)), { optimizer, epochs: 20, batchSize: 10 });
    },
  },
  {
    name: "no zeroGrad for a plane",
    planted: "missing-zero-grad",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(5, 1, { rng }));
      return Promise.resolve(ownLoop(model, plane(countOf(seed), rng), {
        loss: mse,
        update: descend(0.01),
        forget: () => {},
        steps: 120,
        batchSize: 35,
        rng,
      }));
    },
  },
  {
    name: "digits with pixels from 0 to 255",
    planted: "unscaled-inputs",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = stack([784, 16, 5], "relu", { rng });
      const { inputs, targets } = await digits(100, rng);
      const data = { inputs: inputs.mul(255), targets };
      return fitted(model, data, { optimizer: sgd(model, 0.1), epochs: 8, batchSize: 20, rng });
    },
  },
  {
    name: "all weights 0.2",
    planted: "symmetric-weights",
    run: (seed) => {
      const rng = new Rng(seed);
      const init = (inputs: number, outputs: number) =>
        tensor(Array(inputs * outputs).fill(0.2)).reshape([inputs, outputs]);
      const model = stack([2, 16, 2], "tanh", { rng, init });
      return fitted(model, rings(countOf(seed), rng), {
        optimizer: sgd(model, 0.1),
        epochs: 40,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "labels of other points",
    planted: "labels-shuffled",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const { inputs, targets } = rings(countOf(seed), rng);
      const mixed = Uint8Array.from(rng.permutation(targets.length), (row) => targets[row]);
      return fitted(model, { inputs, targets: mixed }, {
        optimizer: adam(model),
        epochs: 40,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "uphill on a plane",
    planted: "wrong-sign",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([5, 10, 1], "relu", { rng });
      return Promise.resolve(ownLoop(model, plane(countOf(seed), rng), {
        loss: mse,
        update: descend(-0.001),
        forget: zeroGrad,
        steps: 150,
        batchSize: 20,
        rng,
      }));
    },
  },
  {
    name: "an optimizer for the first layer only",
    planted: "untrained-parameters",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 12, 2], "tanh", { rng });
      const optimizer = new SGD(model.layers[0].parameters(), { learningRate: 0.1 });
      return fitted(model, rings(countOf(seed), rng), { optimizer, epochs: 40, batchSize: 20, rng });
    },
  },
  {
    name: "one in twenty-five",
    planted: "class-imbalance",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 10, 2], "tanh", { rng });
      const data = rings(200, rng, 0.06);
      return fitted(model, data, { optimizer: adam(model, 0.005), epochs: 12, batchSize: 20, rng });
    },
  },
  {
    name: "an L2 penalty of 0.5",
    planted: "too-much-regularization",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const penalty = () => l2Penalty(model.parameters(), 0.5);
      return fitted(model, rings(countOf(seed), rng), {
        optimizer: adam(model),
        epochs: 40,
        batchSize: 20,
        rng,
        penalty,
      });
    },
  },
];

export const healthy: Animal[] = [
  {
    name: "a disc in a ring",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 24, 2], "relu", { rng });
      return fitted(model, rings(countOf(seed), rng), {
        optimizer: adam(model, 0.03),
        epochs: 50,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "a plane, plain gradient descent",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(5, 1, { rng }));
      return fitted(model, plane(countOf(seed), rng), {
        optimizer: sgd(model, 0.05),
        loss: mseLoss,
        epochs: 30,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "sorted digits, shuffled by fit, no hidden layer",
    planted: "healthy",
    run: async (seed) => {
      const rng = new Rng(seed);
      const model = new Sequential(new Linear(784, 5, { rng }));
      const data = await digits(120, rng);
      return fitted(model, reordered(data, sortedByClass(data)), {
        optimizer: sgd(model, 0.1),
        epochs: 12,
        batchSize: 20,
        rng,
      });
    },
  },
  {
    name: "momentum in one's own loop",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 16, 2], "tanh", { rng });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9 });
      const update = () => optimizer.step();
      return Promise.resolve(
        ownLoop(model, rings(100, rng), { update, forget: zeroGrad, steps: 250, batchSize: 25, rng }),
      );
    },
  },
  {
    name: "a wide network that is stopped in time",
    planted: "healthy",
    run: (seed) => {
      const rng = new Rng(seed);
      const model = stack([2, 48, 2], "relu", { rng });
      const data = rescaled(rings(100, rng), [1, 2]), validation = rescaled(rings(60, rng), [1, 2]);
      return fitted(model, data, {
        optimizer: adam(model, 0.03),
        epochs: 60,
        batchSize: 25,
        rng,
        validation,
        earlyStopping: { patience: 8 },
      });
    },
  },
];
