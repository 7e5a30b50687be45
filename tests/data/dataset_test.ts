import { assertEquals, assertStrictEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Examples, examplesOf, takeRows } from "../../lib/data/dataset.ts";
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

const line = {
  inputs: new Tensor(Float64Array.of(1, 2, 3), [3, 1]),
  targets: new Tensor(Float32Array.of(10, 11, 20, 21, 30, 31), [3, 2]),
};

Deno.test("takeRows() takes the rows of numeric targets too, each tensor in its own dtype", () => {
  const { inputs, targets } = takeRows(line, [2, 0]);
  assertEquals([inputs.toArray(), targets.toArray()], [[[3], [1]], [[30, 31], [10, 11]]]);
  assertEquals([inputs.dtype, targets.dtype], ["float64", "float32"]);
});

Deno.test("takeRows() keeps the names of a dataset, and its type", () => {
  const points: Examples<Uint8Array> = { inputs: line.inputs, targets: Uint8Array.of(0, 1, 0) };
  const chosen: Examples<Uint8Array> = takeRows(points, [1]);
  assertEquals(Object.keys(chosen), ["inputs", "targets"]);
  assertEquals([...chosen.targets], [1]);
  assertEquals(Object.keys(takeRows(three, [1])), ["images", "labels"]);
});

Deno.test("takeRows() keeps rows without numbers", () => {
  const empty = { inputs: new Tensor(new Float64Array(0), [2, 0]), targets: Uint8Array.of(4, 5) };
  assertEquals(takeRows(empty, [1]).inputs.shape, [1, 0]);
});

Deno.test("examplesOf() gives images and labels their general names and copies nothing", () => {
  const { inputs, targets } = examplesOf(three);
  assertStrictEquals(inputs, three.images);
  assertStrictEquals(targets, three.labels);
  assertStrictEquals(examplesOf(line).targets, line.targets);
});

Deno.test("takeRows() rejects as many targets as there are not inputs, naming both shapes", () => {
  const wrong = { inputs: line.inputs, targets: new Tensor(new Float64Array(4), [2, 2]) };
  assertThrows(() => takeRows(wrong, [0]), ShapeError, "got inputs [3, 1] and targets [2, 2]");
  const scalar = { inputs: line.inputs, targets: new Tensor(new Float64Array(1), []) };
  assertThrows(() => takeRows(scalar, [0]), ShapeError, "targets []");
});

Deno.test("takeRows() rejects what is no dataset, saying what it got", () => {
  const take = (dataset: unknown) => () => takeRows(dataset as Examples, [0]);
  assertThrows(take({ inputs: [[1]], targets: [1] }), TypeError, "got inputs Array and targets Array");
  assertThrows(take({ inputs: line.inputs }), TypeError, "targets undefined");
  assertThrows(take({ images: line.inputs, labels: [1, 2, 3] }), TypeError, "labels Array");
  assertThrows(take(undefined), TypeError, "got undefined");
  assertThrows(take(null), TypeError, "got null");
});
