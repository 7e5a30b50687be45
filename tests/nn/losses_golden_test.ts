import { assertEquals } from "@std/assert";
import {
  binaryCrossEntropyGradient,
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsGradient,
  binaryCrossEntropyWithLogitsLoss,
  crossEntropyGradient,
  crossEntropyLoss,
  huberGradient,
  huberLoss,
  maeGradient,
  maeLoss,
  mseGradient,
  mseLoss,
  type NestedNumbers,
  parameter,
  Tensor,
  tensor,
} from "backprop";
import * as backprop from "backprop";
import { assertNear, golden } from "./support.ts";

type Target = Tensor | number[];
// deno-lint-ignore no-explicit-any
type Options = any; // whatever the golden file says

const losses: Record<
  string,
  {
    loss: (x: Tensor, target: Target, options: Options) => Tensor;
    gradient: (x: Tensor, target: Target, options: Options) => Tensor;
  }
> = {
  mse: {
    loss: (x, y, o) => mseLoss(x, y as Tensor, o),
    gradient: (x, y, o) => mseGradient(x, y as Tensor, o),
  },
  mae: {
    loss: (x, y, o) => maeLoss(x, y as Tensor, o),
    gradient: (x, y, o) => maeGradient(x, y as Tensor, o),
  },
  huber: {
    loss: (x, y, o) => huberLoss(x, y as Tensor, o),
    gradient: (x, y, o) => huberGradient(x, y as Tensor, o),
  },
  binaryCrossEntropy: {
    loss: (x, y, o) => binaryCrossEntropyLoss(x, y as Tensor, o),
    gradient: (x, y, o) => binaryCrossEntropyGradient(x, y as Tensor, o),
  },
  binaryCrossEntropyWithLogits: {
    loss: (x, y, o) => binaryCrossEntropyWithLogitsLoss(x, y as Tensor, o),
    gradient: (x, y, o) => binaryCrossEntropyWithLogitsGradient(x, y as Tensor, o),
  },
  crossEntropy: { loss: crossEntropyLoss, gradient: crossEntropyGradient },
};

interface Case {
  loss: string;
  options: Record<string, unknown>;
  prediction: NestedNumbers;
  target: NestedNumbers;
  value: NestedNumbers;
  r: NestedNumbers;
  gradient: NestedNumbers;
  tolerance: number;
}

const { cases } = await golden<{ cases: Case[] }>("pytorch_losses.json");

for (const [name, { loss, gradient }] of Object.entries(losses)) {
  Deno.test(`${name}: value and gradient agree with PyTorch in every case`, () => {
    const mine = cases.filter((c) => c.loss === name);
    assertEquals(mine.length >= 3, true);
    for (const c of mine) {
      const what = `${name} ${JSON.stringify(c.options)}`;
      const indices = name === "crossEntropy" && typeof (c.target as number[])[0] === "number";
      const target = indices ? c.target as number[] : tensor(c.target);
      const prediction = parameter(c.prediction), r = tensor(c.r);
      const value = loss(prediction, target, c.options);
      assertNear(value, c.value, what);
      value.backward(r);
      assertNear(prediction.grad, c.gradient, `gradient of ${what} by backward()`, c.tolerance);
      // The function beside the loss gives the gradient of L itself, or of ΣL: r comes on top.
      const rows = name === "crossEntropy" && r.shape.length === 1 ? r.reshape([r.size, 1]) : r;
      const byHand = gradient(tensor(c.prediction), target, c.options).mul(rows);
      assertNear(byHand, c.gradient, `gradient of ${what} by hand`, c.tolerance);
    }
  });
}

Deno.test("every loss of the library has golden cases", () => {
  const all = Object.keys(backprop).filter((name) => name.endsWith("Loss"));
  assertEquals(all.sort(), Object.keys(losses).map((name) => `${name}Loss`).sort());
});

Deno.test("crossEntropyLoss() takes class indices as a list, a typed array and a tensor alike", () => {
  const logits = tensor([[1, 2, 3], [0, 0, 5]]);
  const fromList = crossEntropyLoss(logits, [2, 0]).item();
  assertEquals(crossEntropyLoss(logits, Uint8Array.of(2, 0)).item(), fromList);
  assertEquals(crossEntropyLoss(logits, tensor([2, 0])).item(), fromList);
  assertEquals(crossEntropyLoss(logits, tensor([[0, 0, 1], [1, 0, 0]])).item(), fromList);
});

Deno.test("losses and their gradients keep float32", () => {
  const small = { dtype: "float32" } as const;
  const half = tensor([[0.5, 0.25]], small), whole = tensor([[1, 0]], small);
  for (const [name, { loss, gradient }] of Object.entries(losses)) {
    for (const reduction of ["mean", "sum", "none"]) {
      const x = parameter(half);
      const value = loss(x, whole, { reduction });
      value.sum().backward();
      assertEquals([value.dtype, x.grad?.dtype], ["float32", "float32"], name);
      assertEquals(gradient(half, whole, { reduction }).dtype, "float32", name);
    }
  }
});
