import { assertEquals, assertThrows } from "@std/assert";
import {
  accuracy,
  confusionMatrix,
  crossEntropyLoss,
  oneHot,
  ones,
  parameter,
  ShapeError,
  Tensor,
  tensor,
} from "backprop";

const logits = tensor([[3, 1, 0], [0, 2, 1], [5, 4, 3], [0, 0, 1]]);

Deno.test("accuracy() is the share of rows whose largest logit is right", () => {
  assertEquals(accuracy(logits, [0, 1, 2, 2]), 0.75);
});

Deno.test("confusionMatrix() has a row for every true class and a column for every predicted one", () => {
  assertEquals(confusionMatrix(logits, [0, 1, 2, 2]), [[1, 0, 0], [0, 1, 0], [1, 0, 1]]);
});

Deno.test("metrics reject counts that differ, empty data and unknown labels", () => {
  assertThrows(() => accuracy(logits, [0]), ShapeError, "logits [4, 3] need 4 class indices, got 1");
  assertThrows(() => accuracy(tensor([]), []), ShapeError);
  assertThrows(() => accuracy(tensor([]).reshape([0, 3]), []), ShapeError, "at least one row");
  assertThrows(() => confusionMatrix(logits, [0, 1, 2, 3]), RangeError, "label 3 at position 3");
});

Deno.test("metrics take labels in each form that the loss takes", () => {
  for (const labels of [[0, 1, 2, 2], Uint8Array.of(0, 1, 2, 2), tensor([0, 1, 2, 2])]) {
    assertEquals(accuracy(logits, labels), 0.75);
    assertEquals(confusionMatrix(logits, labels)[2], [1, 0, 1]);
    assertEquals(Number.isFinite(crossEntropyLoss(logits, labels).item()), true);
    assertEquals(oneHot(labels, 3).argmax(), [0, 1, 2, 2]);
  }
});

/** What is no label, and how it is refused everywhere. */
const WRONG: [name: string, labels: unknown, says: string][] = [
  [
    "texts",
    ["0", "1", "2", "2"],
    "expected class indices, got string at position 0. Make them numbers first",
  ],
  ["truth values", [true, false, true, true], "expected class indices, got boolean at position 0"],
  ["nothing", [0, 1, undefined, 2], "expected class indices, got undefined at position 2"],
  ["nulls", [0, null, 1, 2], "expected class indices, got object at position 1"],
  ["holes", [0, , 1, 2], "expected class indices, got undefined at position 1"],
  ["big integers", [0n, 1n, 2n, 2n], "expected class indices, got bigint at position 0"],
  ["rows", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]], "Wrap probabilities in tensor(…)"],
  ["fractions", [0, 1, 0.5, 2], "label 0.5 at position 2 is outside 0…2"],
  ["NaN", [0, NaN, 1, 2], "label NaN at position 1 is outside 0…2"],
  ["a class that does not exist", [0, 1, 3, 2], "label 3 at position 2 is outside 0…2"],
  ["a negative class", [0, 1, -1, 2], "label -1 at position 2 is outside 0…2"],
  ["fractions in a tensor", tensor([0, 1, 0.5, 2]), "label 0.5 at position 2 is outside 0…2"],
  ["a text", "0122", "class indices"],
  ["null", null, "class indices"],
  ["undefined", undefined, "class indices"],
  ["a number", 3, "class indices"],
  ["a parameter", parameter([0, 1, 2, 2]), "gradient"],
  ["a tensor of another shape", tensor([[0], [1], [2], [2]]), "[4, 1]"],
];

for (const [name, labels, says] of WRONG) {
  Deno.test(`labels that are ${name} are refused by the loss, the metrics and oneHot alike`, () => {
    const uses: ((labels: number[]) => unknown)[] = [
      (labels) => crossEntropyLoss(logits, labels),
      (labels) => accuracy(logits, labels),
      (labels) => confusionMatrix(logits, labels),
      (labels) => oneHot(labels, 3),
    ];
    for (const use of uses) {
      const error = assertThrows(() => use(labels as number[]), Error, says);
      assertEquals(["TypeError", "RangeError", "ShapeError"].includes(error.name), true, error.name);
    }
  });
}

Deno.test("logits that are no logits are refused by the loss and the metrics alike", () => {
  const uses: ((logits: Tensor, labels: number[]) => unknown)[] = [
    crossEntropyLoss,
    accuracy,
    confusionMatrix,
  ];
  for (const use of uses) {
    assertThrows(() => use([0, 1] as unknown as Tensor, [0, 1]), TypeError, "to be a Tensor, got an array");
    assertThrows(() => use(tensor([0, 1]), [0, 1]), ShapeError, "expected logits [N, C], got shape [2]");
    assertThrows(() => use(ones([2, 1]), [0, 0]), ShapeError, "[2, 1] know one class only");
    assertThrows(() => use(ones([2, 1]), [0, 1]), RangeError, "outside 0…0; the logits know one class only");
    assertThrows(() => use(ones([2, 2, 2]), [0, 0]), ShapeError, "expected logits [N, C]");
  }
});
