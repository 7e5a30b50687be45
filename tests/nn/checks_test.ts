// What the compiler would refuse must be refused by name: cells of a notebook run without a type check.
import { assertThrows } from "@std/assert";
import {
  BatchNorm1d,
  binaryCrossEntropyWithLogitsLoss,
  crossEntropyGradient,
  crossEntropyLoss,
  Dropout,
  huberLoss,
  l2Penalty,
  Linear,
  logSoftmax,
  mseGradient,
  mseLoss,
  ReLU,
  Rng,
  Sequential,
  Softmax,
  tensor,
} from "backprop";

// deno-lint-ignore no-explicit-any -- as in a cell
const untyped = (x: unknown): any => x;
const rng = new Rng(1);
const linear = new Linear(2, 3, { rng });
const [p, y] = [tensor([1, 2]), tensor([1, 3])];
const list = untyped([[1, 2]]);

const refusals: [what: string, f: () => unknown, says: string][] = [
  [
    "Linear: a list",
    () => linear.forward(list),
    "Linear(2 → 3): expected the input to be a Tensor, got an array; wrap it in tensor(…).",
  ],
  [
    "Sequential: a list",
    () => new Sequential(linear).forward(list),
    "layer 1, Linear(2 → 3): expected the input to be a Tensor",
  ],
  ["ReLU: a list", () => new ReLU().forward(list), "ReLU(): expected the input to be a Tensor"],
  ["Dropout: a list", () => new Dropout(0.5, { rng }).forward(list), "expected the input to be a Tensor"],
  ["BatchNorm1d: a list", () => new BatchNorm1d(2).forward(list), "expected the input to be a Tensor"],
  [
    "Softmax: a list",
    () => new Softmax().forward(list),
    "softmax: expected the first argument to be a Tensor",
  ],
  ["logSoftmax: a list", () => logSoftmax(list), "logSoftmax: expected the first argument to be a Tensor"],
  ["backward: a list", () => {
    linear.forward(tensor([[1, 2]]));
    linear.backward(list);
  }, "Linear(2 → 3): expected the gradient to be a Tensor"],
  [
    "Linear: a misspelt option",
    () => new Linear(1, 1, untyped({ rng, biass: false })),
    'unknown option "biass"; it knows rng, init, bias, dtype.',
  ],
  [
    "Linear: the name of an init",
    () => new Linear(1, 1, untyped({ rng, init: "he" })),
    "expected init to be a function such as heNormal, got a string.",
  ],
  [
    "Dropout: a misspelt option",
    () => new Dropout(0.5, untyped({ rng, from: "classic" })),
    'unknown option "from"',
  ],
  [
    "BatchNorm1d: PyTorch's eps",
    () => new BatchNorm1d(2, untyped({ eps: 1 })),
    'unknown option "eps"; it knows momentum, epsilon, dtype.',
  ],
  [
    "mseLoss: a misspelt option",
    () => mseLoss(p, y, untyped({ reduce: "sum" })),
    'mseLoss: unknown option "reduce"; it knows reduction.',
  ],
  [
    "mseLoss: a bare reduction",
    () => mseLoss(p, y, untyped("sum")),
    "mseLoss: expected an object of options, got a string; write { reduction: … }.",
  ],
  [
    "mseGradient: a misspelt option",
    () => mseGradient(p, y, untyped({ delta: 1 })),
    'mseGradient: unknown option "delta"',
  ],
  [
    "huberLoss: another name for delta",
    () => huberLoss(p, y, untyped({ beta: 1 })),
    "it knows reduction, delta.",
  ],
  [
    "binary cross-entropy: PyTorch's pos_weight",
    () => binaryCrossEntropyWithLogitsLoss(p, tensor([0, 1]), untyped({ pos_weight: 2 })),
    "it knows reduction, posWeight.",
  ],
  [
    "cross-entropy: PyTorch's label_smoothing",
    () => crossEntropyLoss(tensor([[1, 2]]), [0], untyped({ label_smoothing: 0.1 })),
    "it knows reduction, labelSmoothing, classWeights.",
  ],
  [
    "crossEntropyGradient: a misspelt option",
    () => crossEntropyGradient(tensor([[1, 2]]), [0], untyped({ weights: [1, 1] })),
    'crossEntropyGradient: unknown option "weights"',
  ],
  [
    "l2Penalty: numbers",
    () => l2Penalty(untyped([1, 2]), 1),
    "l2Penalty: expected the weights to be a Tensor, got a number",
  ],
];
for (const [what, f, says] of refusals) {
  Deno.test(`${what} is refused by name`, () => {
    assertThrows(f, TypeError, says);
  });
}
