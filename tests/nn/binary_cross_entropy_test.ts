import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  binaryCrossEntropyGradient,
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsGradient,
  binaryCrossEntropyWithLogitsLoss,
  crossEntropyLoss,
  tensor,
} from "backprop";

const one = tensor([1]), zero = tensor([0]);

Deno.test("binaryCrossEntropyLoss() of 0.9 for a yes is −ln 0.9, for a no −ln 0.1", () => {
  assertEquals(binaryCrossEntropyLoss(tensor([0.9]), one).item().toFixed(5), "0.10536");
  assertEquals(binaryCrossEntropyLoss(tensor([0.9]), zero).item().toFixed(5), "2.30259");
});

Deno.test("binaryCrossEntropyLoss() is finite at 0 and 1, and costs 100 nats for a certain mistake", () => {
  assertEquals(binaryCrossEntropyLoss(zero, one).item(), 100);
  assertEquals(binaryCrossEntropyLoss(one, zero).item(), 100);
  assertEquals(binaryCrossEntropyLoss(zero, zero).item(), 0);
  assertEquals(binaryCrossEntropyLoss(one, one).item(), 0);
  assertEquals(binaryCrossEntropyGradient(zero, one).item(), -1e12);
  assertEquals(binaryCrossEntropyGradient(one, one).item(), 0);
});

Deno.test("binaryCrossEntropyLoss() refuses logits, and points to the loss that takes them", () => {
  for (const bad of [1.5, -0.1, Infinity]) {
    assertThrows(
      () => binaryCrossEntropyLoss(tensor([0.5, bad]), tensor([1, 1])),
      RangeError,
      `prediction ${bad} at [1]; expected a probability from 0 to 1; for logits there is binaryCrossEntropyWithLogitsLoss`,
    );
  }
});

Deno.test("both refuse targets outside 0…1", () => {
  for (const loss of [binaryCrossEntropyLoss, binaryCrossEntropyWithLogitsLoss]) {
    for (const bad of [-1, 2]) {
      assertThrows(
        () => loss(tensor([0.5]), tensor([bad])),
        RangeError,
        `target ${bad} at [0]; expected 0, 1, or a probability between`,
      );
    }
  }
});

Deno.test("binaryCrossEntropyWithLogitsLoss() is exact at logits of ±1000", () => {
  const value = (z: number, y: number) => binaryCrossEntropyWithLogitsLoss(tensor([z]), tensor([y])).item();
  assertEquals([value(1000, 1), value(-1000, 0), value(1000, 0), value(-1000, 1)], [0, 0, 1000, 1000]);
  const slope = (z: number, y: number) =>
    binaryCrossEntropyWithLogitsGradient(tensor([z]), tensor([y])).item();
  assertEquals([slope(1000, 1), slope(-1000, 0), slope(1000, 0), slope(-1000, 1)], [0, 0, 1, -1]);
});

Deno.test("binaryCrossEntropyWithLogitsLoss() keeps its digits where it is very small", () => {
  // ln(1 + e⁻⁴⁰) = 4.248354255291589e-18 (mpmath); 1 + e⁻⁴⁰ itself would round to 1.
  const value = binaryCrossEntropyWithLogitsLoss(tensor([40]), one).item();
  assertAlmostEquals(value / 4.248354255291589e-18, 1, 1e-15);
  // ln(1 + e⁻²⁰) = 2.0611536203143807e-9
  assertAlmostEquals(
    binaryCrossEntropyWithLogitsLoss(tensor([20]), one).item() / 2.0611536203143807e-9,
    1,
    1e-15,
  );
});

Deno.test("of a logit and of its sigmoid the losses agree, and with the cross-entropy of two classes", () => {
  const logit = fc.double({ min: -15, max: 15, noNaN: true }),
    target = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(logit, target, (z, y) => {
    const value = binaryCrossEntropyWithLogitsLoss(tensor([z]), tensor([y])).item();
    const tolerance = 1e-8; // σ(z) near 1 keeps few digits of 1 − σ(z)
    assertAlmostEquals(binaryCrossEntropyLoss(tensor([z]).sigmoid(), tensor([y])).item(), value, tolerance);
    assertAlmostEquals(crossEntropyLoss(tensor([[z, 0]]), tensor([[y, 1 - y]])).item(), value, 1e-12);
  }));
});

Deno.test("posWeight multiplies the cost of positives only, one number for all or one for each column", () => {
  const z = tensor([[0.3, -2], [1, 0.5]]), y = tensor([[1, 0], [1, 1]]);
  const entries = (posWeight: number | number[]) =>
    binaryCrossEntropyWithLogitsLoss(z, y, { posWeight, reduction: "none" }).data;
  const plain = entries(1);
  assertEquals(entries(3), plain.map((l, i) => i === 1 ? l : 3 * l));
  assertEquals(entries([3, 5]), plain.map((l, i) => [3, 1, 3, 5][i] * l));
});

Deno.test("posWeight must fit the columns and be a weight", () => {
  const z = tensor([[0.3, -2]]), y = tensor([[1, 0]]);
  assertThrows(
    () => binaryCrossEntropyWithLogitsLoss(z, y, { posWeight: [1, 2, 3] }),
    RangeError,
    "expected posWeight to be a number or to hold 2, one per column of the logits, got 3",
  );
  for (const bad of [-1, NaN, Infinity]) {
    assertThrows(
      () => binaryCrossEntropyWithLogitsGradient(z, y, { posWeight: bad }),
      RangeError,
      `posWeight must be finite and not negative, got ${bad}`,
    );
  }
});
