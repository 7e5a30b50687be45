import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { huberGradient, huberLoss, maeGradient, maeLoss, mseLoss, ShapeError, tensor } from "backprop";
import { assertNear } from "./support.ts";

Deno.test("an error of 10 contributes 100 to mseLoss(), 10 to maeLoss() and 9.5 to huberLoss()", () => {
  const y = tensor([0, 0]), prediction = tensor([10, 0]);
  assertEquals(mseLoss(prediction, y).item(), 50);
  assertEquals(maeLoss(prediction, y).item(), 5);
  assertEquals(huberLoss(prediction, y).item(), 4.75);
});

Deno.test("mseLoss() never broadcasts: [N, 1] against [N] is an error that names both", () => {
  assertThrows(
    () => mseLoss(tensor([[1], [2]]), tensor([1, 2])),
    ShapeError,
    "prediction has shape [2, 1], target [2]; they must be equal",
  );
  assertThrows(() => mseLoss(tensor([]), tensor([])), ShapeError, "Is the batch empty?");
});

Deno.test("at a perfect prediction the derivative of maeLoss() and of huberLoss() is 0", () => {
  assertEquals(maeGradient(tensor([3]), tensor([3])).toArray(), [0]);
  assertEquals(huberGradient(tensor([3]), tensor([3])).toArray(), [0]);
});

Deno.test("huberLoss() and its slope have no jump at delta", () => {
  for (const delta of [0.5, 1, 3]) {
    const at = tensor([delta]), after = tensor([delta * (1 + 1e-12)]), zero = tensor([0]);
    assertEquals(huberLoss(at, zero, { delta }).item(), delta * delta / 2);
    assertNear(huberLoss(after, zero, { delta }), huberLoss(at, zero, { delta }), "just above", 1e-10);
    assertEquals(huberGradient(at, zero, { delta }).item(), delta);
    assertEquals(huberGradient(after.neg(), zero, { delta }).item(), -delta);
  }
});

Deno.test("huberLoss() is half of mseLoss() below delta, and grows like delta times maeLoss() above", () => {
  fc.assert(fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (error) => {
    const x = tensor([error]), zero = tensor([0]);
    assertNear(huberLoss(x, zero), mseLoss(x, zero).div(2), "small error", 1e-15);
    const far = tensor([error + 100]), further = tensor([error + 200]);
    const growth = huberLoss(further, zero, { delta: 2 }).sub(huberLoss(far, zero, { delta: 2 }));
    assertNear(growth, maeLoss(further, far).mul(2), "large error", 1e-12);
  }));
});

Deno.test("huberLoss() wants a positive delta", () => {
  for (const delta of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => huberLoss(tensor([1]), tensor([1]), { delta }),
      RangeError,
      `delta must be a positive number, got ${delta}`,
    );
    assertThrows(
      () => huberGradient(tensor([1]), tensor([1]), { delta }),
      RangeError,
      "huberGradient: delta",
    );
  }
});

Deno.test("a target that is not finite is named with its place", () => {
  assertThrows(
    () => mseLoss(tensor([[1, 2], [3, 4]]), tensor([[1, 2], [Infinity, 4]])),
    RangeError,
    "mseLoss: target Infinity at [1, 0]; expected finite numbers",
  );
  assertThrows(
    () => mseLoss(tensor([1]), [1] as unknown as Parameters<typeof mseLoss>[1]),
    TypeError,
    "expected the target to be a Tensor, got an array; wrap it in tensor(…)",
  );
});
