import { assertEquals, assertThrows } from "@std/assert";
import { accuracy, confusionMatrix, ShapeError, tensor } from "backprop";

const logits = tensor([[3, 1, 0], [0, 2, 1], [5, 4, 3], [0, 0, 1]]);

Deno.test("accuracy() is the share of rows whose largest logit is right", () => {
  assertEquals(accuracy(logits, [0, 1, 2, 2]), 0.75);
});

Deno.test("confusionMatrix() has a row for every true class and a column for every predicted one", () => {
  assertEquals(confusionMatrix(logits, [0, 1, 2, 2]), [[1, 0, 0], [0, 1, 0], [1, 0, 1]]);
});

Deno.test("metrics reject counts that differ, empty data and unknown labels", () => {
  assertThrows(() => accuracy(logits, [0]), ShapeError, "shape [4, 3] and 1 indices");
  assertThrows(() => accuracy(tensor([]), []), ShapeError);
  assertThrows(() => confusionMatrix(logits, [0, 1, 2, 3]), RangeError, "label 3 at position 3");
});
