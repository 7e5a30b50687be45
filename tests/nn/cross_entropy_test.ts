import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  crossEntropyGradient,
  crossEntropyLoss,
  oneHot,
  parameter,
  Rng,
  ShapeError,
  softmax,
  Tensor,
  tensor,
  zeros,
} from "backprop";
import { assertNear } from "./support.ts";

const logits = new Rng(2).randn([4, 5]);
const labels = [0, 4, 2, 2];

Deno.test("crossEntropyLoss() agrees with worked values", () => {
  assertEquals(crossEntropyLoss(tensor([[2, 1, 0.1]]), [0]).item().toFixed(6), "0.417030");
  assertAlmostEquals(crossEntropyLoss(tensor([[0, 0, 0, 0, 0]]), [3]).item(), Math.log(5), 1e-15); // chance
  const sure = tensor([[0.9, 0.1]]).log();
  assertEquals(crossEntropyLoss(sure, [0]).item().toFixed(5), "0.10536"); // −ln 0.9
  assertEquals(crossEntropyLoss(sure, [1]).item().toFixed(5), "2.30259"); // −ln 0.1
});

Deno.test("crossEntropyLoss() stays exact at logits of ±1000", () => {
  assertEquals(crossEntropyLoss(tensor([[1000, -1000]]), [0]).item(), 0);
  assertEquals(crossEntropyLoss(tensor([[1000, -1000]]), [1]).item(), 2000);
  assertEquals(crossEntropyLoss(tensor([[1000, -1000]]), tensor([[0.5, 0.5]])).item(), 1000);
  assertEquals(crossEntropyGradient(tensor([[1000, -1000]]), [1]).toArray(), [[1, -1]]);
});

Deno.test("a class that is impossible and not wanted costs nothing", () => {
  assertEquals(crossEntropyLoss(tensor([[0, -Infinity]]), [0]).item(), 0);
});

Deno.test("every row of crossEntropyGradient() sums to zero", () => {
  const targets = [labels, softmax(new Rng(5).randn([4, 5]))];
  for (const target of targets) {
    const g = crossEntropyGradient(logits, target, { labelSmoothing: 0.3, classWeights: [1, 2, 3, 0.5, 1] });
    for (const total of g.sum({ axis: 1 }).data) assertLess(Math.abs(total), 1e-15);
  }
});

Deno.test("crossEntropyLoss() is at least the entropy of soft targets, and reaches it where both agree", () => {
  const row = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(row, row, (a, b) => {
    const q = softmax(tensor([a]));
    const entropy = -q.mul(q.log()).sum().item();
    assertAlmostEquals(crossEntropyLoss(tensor([a]), q).item(), entropy, 1e-12);
    assertLess(entropy, crossEntropyLoss(tensor([b]), q).item() + 1e-12);
  }));
});

Deno.test("crossEntropyLoss() does not change when a row of logits is shifted", () => {
  fc.assert(fc.property(fc.integer({ min: -500, max: 500 }), (shift) => {
    const shifted = crossEntropyLoss(logits.add(shift), labels).item();
    assertAlmostEquals(shifted, crossEntropyLoss(logits, labels).item(), 1e-12);
  }));
});

Deno.test("the mean weighs by class: indices are divided by the weights used, probabilities by N", () => {
  const classWeights = [1, 1, 4, 1, 2];
  const entries = crossEntropyLoss(logits, labels, { classWeights, reduction: "none" });
  const plain = crossEntropyLoss(logits, labels, { reduction: "none" });
  assertNear(entries, plain.mul(tensor([1, 2, 4, 4])), "weighted entries", 1e-14);
  const total = entries.sum().item();
  assertAlmostEquals(crossEntropyLoss(logits, labels, { classWeights }).item(), total / 11, 1e-14);
  const soft = oneHot(labels, 5);
  assertAlmostEquals(crossEntropyLoss(logits, soft, { classWeights }).item(), total / 4, 1e-14);
});

Deno.test("full label smoothing asks for every class alike, whatever the label", () => {
  const even = crossEntropyLoss(logits, labels, { labelSmoothing: 1 }).item();
  assertAlmostEquals(crossEntropyLoss(logits, [1, 1, 1, 1], { labelSmoothing: 1 }).item(), even, 1e-14);
  assertAlmostEquals(crossEntropyLoss(logits, zeros([4, 5]).add(0.2)).item(), even, 1e-14);
});

Deno.test("the type checker refuses probabilities where logits are wanted", () => {
  const p = softmax(logits);
  // @ts-expect-error: softmax twice
  crossEntropyLoss(p, labels);
  // @ts-expect-error: softmax twice
  crossEntropyGradient(p, labels);
  const scores: Tensor = p.mul(2); // what was computed from probabilities may be anything
  crossEntropyLoss(scores, labels);
  assertEquals(Object.getOwnPropertySymbols(p), []); // the mark is in the type only
});

Deno.test("crossEntropyLoss() rejects labels outside 0…C−1, wrong counts and wrong ranks", () => {
  for (const bad of [5, -1, 1.5, NaN]) {
    const says = `label ${bad} at position 1 is outside 0…4`;
    assertThrows(() => crossEntropyLoss(logits, [0, bad, 1, 1]), RangeError, says);
    assertThrows(() => crossEntropyLoss(logits, tensor([0, bad, 1, 1])), RangeError, says);
  }
  assertThrows(
    () => crossEntropyLoss(logits, [0, 1]),
    ShapeError,
    "logits [4, 5] need 4 class indices, got 2",
  );
  assertThrows(
    () => crossEntropyLoss(tensor([1, 2]), [0]),
    ShapeError,
    "expected logits [N, C], got shape [2]",
  );
  assertThrows(() => crossEntropyLoss(zeros([0, 3]), []), ShapeError, "Is the batch empty?");
  assertThrows(
    () => crossEntropyLoss(logits, zeros([4, 1, 5])),
    ShapeError,
    "need a target of class indices [4] or of probabilities [4, 5], got shape [4, 1, 5]",
  );
});

Deno.test("crossEntropyLoss() rejects class indices that require a gradient, and other things than numbers", () => {
  assertThrows(
    () => crossEntropyLoss(logits, parameter(labels)),
    TypeError,
    "the target requires a gradient",
  );
  const nested = [[1, 0], [0, 1], [1, 0], [1, 0]] as unknown as number[];
  assertThrows(
    () => crossEntropyLoss(logits, nested),
    TypeError,
    "expected class indices, got an array at position 0. Wrap probabilities in tensor(…)",
  );
  const names = ["a", "b", "c", "d"] as unknown as number[];
  assertThrows(() => crossEntropyLoss(logits, names), TypeError, "got string at position 0");
  for (const [bad, kind] of [[3, "number"], [null, "null"], ["abcd", "string"], [{}, "object"]] as const) {
    assertThrows(
      () => crossEntropyLoss(logits, bad as unknown as number[]),
      TypeError,
      `expected the target to be 4 class indices, or a tensor of probabilities [4, 5], got ${kind}`,
    );
  }
});

Deno.test("crossEntropyLoss() rejects rows that are no probabilities", () => {
  const z = tensor([[1, 2], [3, 4]]);
  assertThrows(
    () => crossEntropyLoss(z, tensor([[0.5, 0.5], [0.5, 0.4]])),
    RangeError,
    "row 1 of the target sums to 0.9; probabilities sum to 1",
  );
  assertThrows(
    () => crossEntropyLoss(z, tensor([[1.5, -0.5], [0, 1]])),
    RangeError,
    "target -0.5 at [0, 1]; expected a probability, not negative",
  );
  assertThrows(() => crossEntropyLoss(z, tensor([[1, NaN], [0, 1]])), RangeError, "target NaN at [0, 1]");
  assertThrows(() => crossEntropyLoss(z, tensor([[Infinity, 0], [0, 1]])), RangeError, "sums to Infinity");
});

Deno.test("soft targets in float32 may be off by its rounding", () => {
  const dtype = "float32";
  const soft = softmax(tensor(new Rng(1).randn([8, 100]).toArray(), { dtype }));
  assertEquals(
    crossEntropyLoss(zeros([8, 100], { dtype }), soft).item().toFixed(4),
    Math.log(100).toFixed(4),
  );
});

Deno.test("crossEntropyLoss() checks its options", () => {
  for (const labelSmoothing of [-0.1, 1.1, NaN]) {
    assertThrows(
      () => crossEntropyLoss(logits, labels, { labelSmoothing }),
      RangeError,
      `labelSmoothing must be from 0 to 1, got ${labelSmoothing}`,
    );
  }
  assertThrows(
    () => crossEntropyLoss(logits, labels, { classWeights: [1, 2] }),
    RangeError,
    "expected 5 classWeights, one per class of the logits, got 2",
  );
  for (const bad of [-1, NaN, Infinity]) {
    assertThrows(
      () => crossEntropyLoss(logits, labels, { classWeights: [1, 1, bad, 1, 1] }),
      RangeError,
      "classWeights must be finite and not negative",
    );
  }
  const classWeights = [0, 1, 0, 1, 0]; // none of labels 0, 4, 2
  assertThrows(
    () => crossEntropyLoss(logits, labels, { classWeights }),
    RangeError,
    "every class in this batch has weight 0",
  );
  assertEquals(crossEntropyLoss(logits, [0, 0, 2, 2], { classWeights, reduction: "sum" }).item(), 0);
});
