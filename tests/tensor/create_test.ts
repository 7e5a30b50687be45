import { assertEquals, assertThrows } from "@std/assert";
import { arange, eye, fromArray, linspace, ShapeError } from "backprop";

Deno.test("arange() counts up and down, and gives nothing where there is no way", () => {
  assertEquals(arange(3).toArray(), [0, 1, 2]);
  assertEquals(arange(1, 4).toArray(), [1, 2, 3]);
  assertEquals(arange(5, 0, -2).toArray(), [5, 3, 1]);
  assertEquals(arange(0, 1, 0.25).toArray(), [0, 0.25, 0.5, 0.75]);
  assertEquals([arange(0).shape, arange(3, 1).shape, arange(-2).shape], [[0], [0], [0]]);
  assertEquals(arange(2, undefined, 1, { dtype: "float32" }).dtype, "float32");
  assertThrows(() => arange(0, 3, 0), RangeError, "a step other than 0");
  assertThrows(() => arange(Infinity), RangeError, "finite");
});

Deno.test("linspace() includes both ends exactly, as NumPy's does", () => {
  assertEquals(linspace(-2, 2, 5).toArray(), [-2, -1, 0, 1, 2]);
  // np.linspace(0, 1, 7)
  const sevenths = [
    0,
    0.16666666666666666,
    0.3333333333333333,
    0.5,
    0.6666666666666666,
    0.8333333333333333,
    1,
  ];
  assertEquals(linspace(0, 1, 7).toArray(), sevenths);
  assertEquals(linspace(0.1, 0.3, 20).at(19), 0.3);
  assertEquals(linspace(4, 4, 1).toArray(), [4]);
  assertThrows(() => linspace(0, 1, 1), RangeError, "cannot place 1 numbers from 0 to 1");
  assertThrows(() => linspace(0, 1, 0), RangeError);
  assertThrows(() => linspace(0, 1, 2.5), RangeError);
});

Deno.test("eye() has ones on its diagonal only", () => {
  assertEquals(eye(3).toArray(), [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
  assertEquals([eye(0).shape, eye(1, { dtype: "float32" }).dtype], [[0, 0], "float32"]);
  assertThrows(() => eye(-1), RangeError, "n ≥ 0");
});

Deno.test("fromArray() copies a list or a typed array into a shape", () => {
  const bytes = Uint8Array.of(0, 128, 255, 7);
  const image = fromArray(bytes, [2, 2], { dtype: "float32" });
  bytes[0] = 99;
  assertEquals([image.toArray(), image.dtype], [[[0, 128], [255, 7]], "float32"]);
  assertEquals(fromArray([1, 2, 3], [3, 1]).toArray(), [[1], [2], [3]]);
  assertThrows(() => fromArray([1, 2, 3], [2, 2]), ShapeError, "[2, 2] holds 4 numbers, got 3");
});
