import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  DTypeError,
  full,
  noGrad,
  oneHot,
  ones,
  parameter,
  Rng,
  ShapeError,
  Tensor,
  tensor,
  zeros,
} from "backprop";

Deno.test("tensor() takes numbers, nested arrays and typed arrays", () => {
  assertEquals(tensor(5).shape, []);
  assertEquals(tensor([]).shape, [0]);
  assertEquals(tensor([[1, 2, 3], [4, 5, 6]]).shape, [2, 3]);
  assertEquals(tensor(Uint8Array.of(1, 2)).toArray(), [1, 2]);
  assertEquals(tensor([[[1], [2]]]).toArray(), [[[1], [2]]]);
});

Deno.test("tensor() rejects ragged rows and things that are not numbers", () => {
  assertThrows(() => tensor([[1, 2], [3]]), ShapeError, "rows must be equally long");
  assertThrows(() => tensor([1, [2]]), ShapeError, "rows must be equally long");
  // @ts-expect-error: what a cell, which is not type-checked, may pass
  assertThrows(() => tensor(["1"]), TypeError, "expected numbers, got a string");
});

Deno.test("a Tensor's shape must hold its numbers", () => {
  assertThrows(() => new Tensor(new Float64Array(5), [2, 3]), ShapeError, "[2, 3] holds 6 numbers, got 5");
  assertThrows(() => new Tensor(new Float64Array(2), [-1, -2]), ShapeError);
});

Deno.test("zeros, ones, full and oneHot make what they say, in either dtype", () => {
  assertEquals(zeros([2]).toArray(), [0, 0]);
  assertEquals(ones([1, 2], { dtype: "float32" }).dtype, "float32");
  assertEquals(full([], 7).item(), 7);
  assertEquals(oneHot([1], 3).toArray(), [[0, 1, 0]]);
  assertThrows(() => oneHot([3], 3), RangeError, "label 3 at position 0 is outside 0…2");
});

Deno.test("broadcasting agrees with writing the repetition out", () => {
  const axis = fc.constantFrom(1, 3);
  fc.assert(fc.property(axis, axis, axis, axis, fc.nat(), (a0, a1, b0, b1, seed) => {
    const a = new Rng(seed).randn([a0, a1]), b = new Rng(seed + 1).randn([b0, b1]);
    const out = a.mul(b);
    assertEquals(out.shape, [Math.max(a0, b0), Math.max(a1, b1)]);
    for (let i = 0; i < out.shape[0]; i++) {
      for (let j = 0; j < out.shape[1]; j++) {
        assertEquals(
          out.at(i, j),
          a.at(a0 === 1 ? 0 : i, a1 === 1 ? 0 : j) * b.at(b0 === 1 ? 0 : i, b1 === 1 ? 0 : j),
        );
      }
    }
  }));
});

Deno.test("broadcasting lines shapes up at the right and keeps empty axes", () => {
  assertEquals(zeros([2, 3, 4]).add(tensor([1, 2, 3, 4])).shape, [2, 3, 4]);
  assertEquals(zeros([0, 3]).add(ones([3])).shape, [0, 3]);
  assertEquals(zeros([]).add(ones([1])).shape, [1]);
});

Deno.test("a shape mismatch names the operation and both shapes", () => {
  assertThrows(() => zeros([2, 3]).add(zeros([2])), ShapeError, "add: cannot combine shapes [2, 3] and [2]");
  assertThrows(() => zeros([2, 3]).matmul(zeros([2, 3])), ShapeError, "[2, 3] by [2, 3]");
  assertThrows(() => zeros([]).matmul(zeros([3, 2])), ShapeError, "got [] and [3, 2]");
  assertThrows(() => zeros([2, 3]).reshape([4]), ShapeError, "which holds 4");
  assertThrows(() => zeros([3]).transpose(), ShapeError, "expected a matrix");
});

Deno.test("matmul suggests the transpose that would fit", () => {
  assertThrows(() => zeros([5, 3]).matmul(zeros([5, 2])), ShapeError, "Transpose the first?");
  assertThrows(() => zeros([5, 3]).matmul(zeros([2, 3])), ShapeError, "Transpose the second?");
});

Deno.test("float32 and float64 are never mixed silently", () => {
  const a = zeros([2, 2]), b = zeros([2, 2], { dtype: "float32" });
  assertThrows(() => a.add(b), DTypeError, "float64 and float32");
  assertThrows(() => b.matmul(a), DTypeError, "float32 by float64");
  assertEquals(b.add(1).dtype, "float32");
});

Deno.test("axes may be counted from the back, and a missing axis is an error", () => {
  const a = tensor([[1, 5], [7, 3]]);
  assertEquals(a.sum({ axis: -2 }).toArray(), [8, 8]);
  assertEquals(a.max({ axis: 1, keepDims: true }).toArray(), [[5], [7]]);
  assertEquals(a.min().item(), 1);
  assertThrows(() => a.sum({ axis: 2 }), RangeError, "axis 2 does not exist in shape [2, 2]");
  assertThrows(() => tensor(1).sum({ axis: 0 }), RangeError, "a scalar has no axes");
});

Deno.test("a sum over nothing is 0, an extreme of nothing is an error", () => {
  assertEquals(zeros([0]).sum().item(), 0);
  assertThrows(() => zeros([0]).max(), ShapeError, "nothing to choose from");
  assertThrows(() => zeros([2, 0]).argmax(), ShapeError, "is empty");
});

Deno.test("argmax() with keepDims gives a tensor in which the axis has length 1", () => {
  const x = tensor([[1, 3, 3], [9, 0, 2]], { dtype: "float32" });
  const along = [x.argmax({ keepDims: true }), x.argmax({ axis: 0, keepDims: true })];
  assertEquals(along.map(({ dtype, shape }) => [dtype, shape]), [["float32", [2, 1]], ["float32", [1, 3]]]);
  assertEquals(along.map((indices) => indices.toArray()), [[[1], [0]], [[1, 0, 0]]]);
});

Deno.test("argmax() gives the first NaN, where max() is NaN, as in NumPy and PyTorch", () => {
  assertEquals(tensor([1, NaN, 2]).argmax(), [1]);
  assertEquals(tensor([NaN, 5, NaN]).argmax(), [0]);
  assertEquals(tensor([Infinity, -Infinity, NaN]).argmax(), [2]);
  assertEquals(tensor([-Infinity, -Infinity]).argmax(), [0]);
  const x = tensor([[NaN, 1], [2, NaN], [3, 0]]);
  assertEquals(x.argmax(0), [0, 1]);
  assertEquals(x.argmax(1), [0, 1, 0]);
  assertEquals(x.argmax({ axis: 0, keepDims: true }).toArray(), [[0, 1]]);
  const numbers = fc.constantFrom(NaN, -Infinity, -1, 0, 1, Infinity);
  fc.assert(fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), (values) => {
    const [index] = tensor(values).argmax();
    assertEquals(values[index], tensor(values).max().item());
    assertEquals(values.findIndex((value) => Object.is(value, values[index])), index);
  }));
});

Deno.test("argmax() gives the first of equal entries, along any axis", () => {
  assertEquals(tensor([[1, 3, 3], [9, 0, 2]]).argmax(), [1, 0]);
  assertEquals(tensor([[1, 3, 3], [9, 0, 2]]).argmax(0), [1, 0, 0]);
});

Deno.test("transposing twice gives the tensor back", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (m, n) => {
    const a = new Rng(m * 7 + n).randn([m, n]);
    assertEquals(a.transpose().transpose().toArray(), a.toArray());
  }));
});

Deno.test("slice(), at() and item() read what they say and reject what is not there", () => {
  const a = tensor([[1, 2], [3, 4], [5, 6]]);
  assertEquals(a.slice(1, 2).toArray(), [[3, 4]]);
  assertEquals(a.slice(2).toArray(), [[5, 6]]);
  assertEquals(a.at(2, 1), 6);
  assertThrows(() => a.slice(2, 4), RangeError, "got from 2 to 4");
  assertThrows(() => a.at(3, 0), RangeError, "[3, 0] does not exist in shape [3, 2]");
  assertThrows(() => a.at(0), RangeError);
  assertThrows(() => a.item(), ShapeError, "exactly one entry");
});

Deno.test("only tensors that require a gradient are recorded, and noGrad() records nothing", () => {
  const w = parameter([2]);
  assertEquals(tensor([1]).mul(2).requiresGrad, false);
  assertEquals(w.mul(2).requiresGrad, true);
  assertEquals(noGrad(() => w.mul(2)).requiresGrad, false);
  assertEquals(w.detach().mul(2).requiresGrad, false);
  assertThrows(
    () =>
      noGrad(() => {
        throw new Error("inside");
      }),
    Error,
    "inside",
  );
  assertEquals(w.mul(2).requiresGrad, true); // recording goes on after an error
});

Deno.test("parameter() copies, so training does not change the tensor it came from", () => {
  const start = tensor([1, 2]);
  parameter(start).data[0] = 9;
  assertEquals(start.toArray(), [1, 2]);
});

Deno.test("a tensor prints its shape, dtype and aligned numbers, without −0", () => {
  assertEquals(
    String(tensor([[1.5, 2, -3], [-0, 4, 0.25]])),
    "Tensor [2, 3] float64\n[[ 1.50,  2.00, -3.00],\n [ 0.00,  4.00,  0.25]]",
  );
  assertEquals(String(tensor(0.497)), "Tensor [] float64\n0.497");
  assertEquals(String(tensor([0.1], { dtype: "float32" })), "Tensor [1] float32\n[0.1]");
  assertEquals(String(tensor([NaN, Infinity, 1])), "Tensor [3] float64\n[     NaN, Infinity,        1]");
  assertEquals(String(tensor([1e-9, 1])), "Tensor [2] float64\n[1.0000e-9, 1.0000e+0]");
  assertEquals(String(zeros([20])), "Tensor [20] float64\n[0, 0, 0, …, 0, 0, 0]");
});
