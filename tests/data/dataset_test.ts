import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { takeRows } from "../../lib/data/dataset.ts";
import { ShapeError } from "../../lib/tensor/shape.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";

const pixels = Float32Array.of(1, 10, 2, 20, 3, 30);
const three = { images: new Tensor(pixels, [3, 2]), labels: Uint8Array.of(7, 8, 9) };

Deno.test("takeRows() copies the rows asked for, in that order, a row twice if asked for twice", () => {
  const { images, labels } = takeRows(three, [2, 0, 2]);
  assertEquals([...images.data], [3, 30, 1, 10, 3, 30]);
  assertEquals(images.shape, [3, 2]);
  assertEquals(images.dtype, "float32");
  assertEquals([...labels], [9, 7, 9]);

  images.data.fill(0);
  assertEquals([...three.images.data], [1, 10, 2, 20, 3, 30]);
});

Deno.test("takeRows() keeps every axis after the first", () => {
  const colour = { images: new Tensor(new Float64Array(24), [2, 3, 2, 2]), labels: new Uint8Array(2) };
  assertEquals(takeRows(colour, [1]).images.shape, [1, 3, 2, 2]);
});

Deno.test("takeRows() gives no rows when none are asked for", () => {
  const { images, labels } = takeRows(three, []);
  assertEquals([images.shape, labels.length], [[0, 2], 0]);
});

Deno.test("takeRows() rejects a row that is not there", () => {
  for (const row of [-1, 3, 0.5, NaN]) {
    const error = assertThrows(() => takeRows(three, [0, row]), RangeError);
    assertStringIncludes(error.message, `row numbers from 0 to 2, got ${row}`);
  }
});

Deno.test("takeRows() rejects as many labels as there are not images, naming both shapes", () => {
  const wrong = { images: three.images, labels: Uint8Array.of(1, 2) };
  assertThrows(() => takeRows(wrong, [0]), ShapeError, "got images [3, 2] and labels [2]");
  const scalar = { images: new Tensor(Float64Array.of(1), []), labels: Uint8Array.of(1) };
  assertThrows(() => takeRows(scalar, [0]), ShapeError, "got images [] and labels [1]");
});
