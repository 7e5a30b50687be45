import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  crossEntropyGradient,
  crossEntropyLoss,
  mseGradient,
  mseLoss,
  numericalGradient,
  parameter,
  Rng,
  ShapeError,
  tensor,
} from "backprop";

const logits = new Rng(2).randn([4, 5]);
const labels = [0, 4, 2, 2];

Deno.test("crossEntropyLoss() agrees with worked values", () => {
  assertEquals(crossEntropyLoss(tensor([[2, 1, 0.1]]), [0]).item().toFixed(6), "0.417030");
  assertAlmostEquals(crossEntropyLoss(tensor([[0, 0, 0, 0, 0]]), [3]).item(), Math.log(5), 1e-15); // chance
});

Deno.test("crossEntropyLoss() stays exact at logits of ±1000", () => {
  assertEquals(crossEntropyLoss(tensor([[1000, -1000]]), [0]).item(), 0);
  assertEquals(crossEntropyLoss(tensor([[1000, -1000]]), [1]).item(), 2000);
});

Deno.test("crossEntropyGradient() agrees with finite differences and with backward()", () => {
  const z = parameter(logits);
  crossEntropyLoss(z, labels).backward();
  const byHand = crossEntropyGradient(logits, labels);
  const slow = numericalGradient(() => crossEntropyLoss(logits, labels).item(), logits);
  byHand.data.forEach((g, i) => {
    assertLess(Math.abs(g - slow.data[i]), 1e-10);
    assertEquals(g, z.grad?.data[i]);
  });
});

Deno.test("every row of crossEntropyGradient() sums to zero", () => {
  for (const total of crossEntropyGradient(logits, labels).sum({ axis: 1 }).data) {
    assertLess(Math.abs(total), 1e-16);
  }
});

Deno.test("mseGradient() agrees with finite differences and with backward()", () => {
  const target = new Rng(3).randn([4, 5]), prediction = parameter(logits);
  mseLoss(prediction, target).backward();
  const slow = numericalGradient(() => mseLoss(logits, target).item(), logits);
  mseGradient(logits, target).data.forEach((g, i) => {
    assertLess(Math.abs(g - slow.data[i]), 1e-9);
    assertAlmostEquals(g, prediction.grad?.data[i] ?? NaN, 1e-15);
  });
});

Deno.test("mseLoss() never broadcasts: [N, 1] against [N] is an error", () => {
  assertThrows(
    () => mseLoss(tensor([[1], [2]]), tensor([1, 2])),
    ShapeError,
    "prediction has shape [2, 1], target [2]",
  );
  assertThrows(() => mseLoss(tensor([]), tensor([])), ShapeError, "at least one entry");
});

Deno.test("crossEntropyLoss() rejects labels outside 0…C−1, wrong counts and wrong ranks", () => {
  for (const bad of [5, -1, 1.5, NaN]) {
    assertThrows(() => crossEntropyLoss(logits, [0, bad, 1, 1]), RangeError, `label ${bad} at position 1`);
  }
  assertThrows(() => crossEntropyLoss(logits, [0, 1]), ShapeError, "need 4 class indices, got 2");
  assertThrows(() => crossEntropyLoss(tensor([1, 2]), [0]), ShapeError, "expected logits [N, C]");
});
