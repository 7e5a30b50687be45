// What holds for every loss; the peculiarities of each are in the files of their own.
import { assertEquals, assertThrows } from "@std/assert";
import {
  binaryCrossEntropyGradient,
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsGradient,
  binaryCrossEntropyWithLogitsLoss,
  crossEntropyGradient,
  crossEntropyLoss,
  DTypeError,
  huberGradient,
  huberLoss,
  type LossReduction,
  maeGradient,
  maeLoss,
  mseGradient,
  mseLoss,
  numericalGradient,
  parameter,
  Rng,
  ShapeError,
  softmax,
  Tensor,
  tensor,
  zeros,
} from "backprop";
import { record } from "../../lib/tensor/record.ts";
import { assertGradients, assertNear } from "./support.ts";

type Loss = (prediction: Tensor, target: Tensor, options?: { reduction?: LossReduction }) => Tensor;

const rng = new Rng(1);
const numbers = () => rng.randn([3, 4]);
const probabilities = () => rng.uniform([3, 4], 0.1, 0.9);
const delta = 0.7, posWeight = [0.5, 2, 1, 3], classWeights = [1, 0.5, 2, 0], labelSmoothing = 0.2;

/** Name, loss, the gradient beside it, a prediction and a target that suit it. */
const losses: [string, Loss, Loss, Tensor, Tensor][] = [
  ["mse", mseLoss, mseGradient, numbers(), numbers()],
  ["mae", maeLoss, maeGradient, numbers(), numbers()],
  ["huber", huberLoss, huberGradient, numbers().mul(2), numbers()],
  [
    "huber with delta",
    (x, y, o) => huberLoss(x, y, { ...o, delta }),
    (x, y, o) => huberGradient(x, y, { ...o, delta }),
    numbers(),
    numbers(),
  ],
  [
    "binaryCrossEntropy",
    binaryCrossEntropyLoss,
    binaryCrossEntropyGradient,
    probabilities(),
    probabilities(),
  ],
  [
    "binaryCrossEntropyWithLogits",
    binaryCrossEntropyWithLogitsLoss,
    binaryCrossEntropyWithLogitsGradient,
    numbers(),
    probabilities(),
  ],
  [
    "binaryCrossEntropyWithLogits with posWeight",
    (x, y, o) => binaryCrossEntropyWithLogitsLoss(x, y, { ...o, posWeight }),
    (x, y, o) => binaryCrossEntropyWithLogitsGradient(x, y, { ...o, posWeight }),
    numbers(),
    probabilities(),
  ],
  ["crossEntropy", crossEntropyLoss, crossEntropyGradient, numbers(), tensor([3, 0, 1])],
  ["crossEntropy, soft", crossEntropyLoss, crossEntropyGradient, numbers(), softmax(numbers())],
  [
    "crossEntropy with all options",
    (x, y, o) => crossEntropyLoss(x, y, { ...o, classWeights, labelSmoothing }),
    (x, y, o) => crossEntropyGradient(x, y, { ...o, classWeights, labelSmoothing }),
    numbers(),
    tensor([3, 0, 1]),
  ],
];
const reductions: LossReduction[] = ["mean", "sum", "none"];

for (const [name, loss, gradient, prediction, target] of losses) {
  Deno.test(`${name}: by hand = by backward() = by finite differences, for every reduction`, () => {
    for (const reduction of reductions) {
      assertGradients((x) => loss(x, target, { reduction }), [prediction], `${name} ${reduction}`);
      const x = parameter(prediction), options = { reduction };
      loss(x, target, options).sum().backward();
      assertNear(x.grad, gradient(prediction, target, options), `${name} ${reduction} by hand`, 1e-14);
    }
  });

  Deno.test(`${name}: "sum" and "mean" are made of the numbers of "none"`, () => {
    const entries = loss(prediction, target, { reduction: "none" });
    const sum = loss(prediction, target, { reduction: "sum" });
    assertNear(sum, entries.sum(), "sum", 1e-14);
    assertEquals([sum.shape, loss(prediction, target).shape], [[], []]);
    assertEquals(
      loss(prediction, target).item(),
      loss(prediction, target, { reduction: "mean" }).item(),
    );
  });

  Deno.test(`${name}: refuses what it cannot compare`, () => {
    for (const f of [loss, gradient]) {
      const refuses = (error: new (message?: string) => Error, says: string, call: () => Tensor) =>
        assertThrows(call, error, says);
      const wrong = "product" as LossReduction; // cells are not type-checked
      refuses(RangeError, 'unknown reduction "product"', () => f(prediction, target, { reduction: wrong }));
      refuses(TypeError, "(prediction, target)", () => f(prediction, parameter(target)));
      refuses(TypeError, "prediction to be a Tensor", () => f([1] as unknown as Tensor, target));
      refuses(TypeError, "target", () => f(prediction, undefined as unknown as Tensor));
      refuses(ShapeError, "at least one entry, got shape [0, 4]", () => f(zeros([0, 4]), zeros([0, 4])));
      refuses(ShapeError, "[3, 4]", () => f(prediction, zeros([4, 3])));
      refuses(ShapeError, "[3, 4]", () => f(prediction, zeros([1, 4])));
      refuses(ShapeError, "[3, 4]", () => f(prediction, zeros([3, 1])));
      refuses(ShapeError, "", () => f(prediction, zeros([])));
      const bad = parameter(target).detach();
      bad.data[1] = NaN;
      refuses(RangeError, "NaN", () => f(prediction, bad));
      if (target.shape.length === 2) {
        const small = tensor(target.toArray(), { dtype: "float32" });
        refuses(DTypeError, "float32", () => f(prediction, small));
      }
    }
  });

  Deno.test(`${name}: a NaN in the prediction is passed on, for training to notice`, () => {
    const broken = parameter(prediction);
    broken.data[2] = NaN;
    const value = loss(broken, target);
    value.backward();
    assertEquals([value.item(), broken.grad?.data[2]], [NaN, NaN]);
  });
}

Deno.test("the check of the losses' gradients notices a missing 1/n and a missing 2", () => {
  const target = numbers();
  const wrongBy = (factor: number) => (x: Tensor) =>
    record(mseLoss(x.detach(), target), [x], (g) => [mseGradient(x, target).mul(factor).mul(g)], "wrong");
  assertGradients(wrongBy(1), [numbers()]);
  for (const factor of [12, 0.5, -1]) {
    assertThrows(() => assertGradients(wrongBy(factor), [numbers()]), Error);
  }
});

Deno.test("a loss leaves its inputs as they are, and records only what is to be differentiated", () => {
  for (const [name, loss, , prediction, target] of losses) {
    const before = [prediction.toArray(), target.toArray()];
    assertEquals(loss(prediction, target).requiresGrad, false, name);
    numericalGradient(() => loss(prediction, target).item(), prediction);
    assertEquals([prediction.toArray(), target.toArray()], before, name);
  }
});
