import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  arange,
  concatenate,
  DTypeError,
  parameter,
  ShapeError,
  stack,
  Tensor,
  tensor,
  where,
  zeros,
} from "backprop";

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const counted = (shape: number[]) =>
  new Tensor(Float64Array.from({ length: product(shape) }, (_, i) => i), shape);
const product = (shape: number[]) => shape.reduce((size, n) => size * n, 1);

Deno.test("transpose() with an order moves every entry to the reordered index", () => {
  fc.assert(
    fc.property(
      shapes.chain((s) =>
        fc.tuple(fc.constant(s), fc.shuffledSubarray(s.map((_, i) => i), { minLength: s.length }))
      ),
      ([shape, order]) => {
        const a = counted(shape), b = a.transpose(order);
        assertEquals(b.shape, order.map((axis) => shape[axis]));
        forEachIndex(b.shape, (index) => {
          const source = new Array<number>(shape.length);
          order.forEach((axis, i) => source[axis] = index[i]);
          assertEquals(b.at(...index), a.at(...source));
        });
      },
    ),
  );
});

Deno.test("transpose() rejects an order that is not one, and more than two axes without any", () => {
  assertThrows(() => zeros([2, 3, 4]).transpose(), ShapeError, "got shape [2, 3, 4]");
  assertThrows(() => zeros([3]).transpose(), ShapeError, "expected a matrix");
  assertThrows(() => zeros([2, 3]).transpose([0]), RangeError, "must name each axis of shape [2, 3] once");
  assertThrows(() => zeros([2, 3]).transpose([1, 1]), RangeError);
  assertThrows(() => zeros([2, 3]).transpose([0, 2]), RangeError, "axis 2 does not exist");
  assertEquals(zeros([2, 3]).transpose([-1, 0]).shape, [3, 2]);
});

Deno.test("reshape() keeps the order of the numbers, and works one length out", () => {
  assertEquals(arange(6).reshape([2, -1]).toArray(), [[0, 1, 2], [3, 4, 5]]);
  assertEquals(zeros([2, 3, 4]).reshape([-1]).shape, [24]);
  assertEquals(zeros([0, 3]).reshape([-1, 3]).shape, [0, 3]);
  assertThrows(() => zeros([6]).reshape([4, -1]), ShapeError, "into [4, -1], whose other lengths hold 4");
  assertThrows(() => zeros([6]).reshape([-1, -1]), ShapeError);
  assertThrows(() => zeros([6]).reshape([-2, -3]), ShapeError);
  assertThrows(() => zeros([0]).reshape([0, -1]), ShapeError);
});

Deno.test("slice() with ranges takes the entries in all of them", () => {
  fc.assert(
    fc.property(
      shapes.chain((s) =>
        fc.tuple(fc.constant(s), fc.tuple(...s.map((n) => fc.tuple(fc.nat(n), fc.nat(n)))))
      ),
      ([shape, pairs]) => {
        const ranges = pairs.map(([i, j]): [number, number] => [Math.min(i, j), Math.max(i, j)]);
        const a = counted(shape), b = a.slice(ranges);
        assertEquals(b.shape, ranges.map(([from, to]) => to - from));
        forEachIndex(
          b.shape,
          (index) => assertEquals(b.at(...index), a.at(...index.map((i, axis) => i + ranges[axis][0]))),
        );
      },
    ),
  );
});

Deno.test("slice() leaves axes without a range whole, and copies", () => {
  const a = arange(6).reshape([2, 3]);
  assertEquals(a.slice([[], [1]]).toArray(), [[1, 2], [4, 5]]);
  assertEquals(a.slice([[1]]).toArray(), [[3, 4, 5]]);
  assertEquals(a.slice([]).toArray(), a.toArray());
  a.slice(0, 1).data[0] = 99;
  a.slice([[], [0, 1]]).data[0] = 99;
  assertEquals(a.at(0, 0), 0);
  assertThrows(() => a.slice([[], [], []]), RangeError, "got 3 ranges for shape [2, 3]");
  assertThrows(() => a.slice([[], [2, 4]]), RangeError, "≤ 3 for axis 1 of shape [2, 3], got from 2 to 4");
  assertThrows(() => a.slice(-1), RangeError, "got from -1 to 2");
  assertThrows(() => tensor(1).slice(0), RangeError, "a scalar has no axes");
});

Deno.test("indexSelect() takes slices in any order, as often as asked, from lists and from tensors", () => {
  const a = arange(6).reshape([2, 3]);
  assertEquals(a.indexSelect([1, 1, 0]).toArray(), [[3, 4, 5], [3, 4, 5], [0, 1, 2]]);
  assertEquals(a.indexSelect(Uint8Array.of(2, 0), -1).toArray(), [[2, 0], [5, 3]]);
  assertEquals(a.indexSelect(tensor([1])).toArray(), [[3, 4, 5]]);
  assertEquals(a.indexSelect([]).shape, [0, 3]);
  const bias = parameter(zeros([3], { dtype: "float32" }), { dtype: "float32" });
  bias.indexSelect(new Array(100).fill(2)).sum().backward();
  assertEquals(bias.grad?.toArray(), [0, 0, 100]);
});

Deno.test("indexSelect() rejects indices that are outside, no whole numbers, no list, or want a gradient", () => {
  const a = arange(6).reshape([2, 3]);
  assertThrows(
    () => a.indexSelect([0, 2]),
    RangeError,
    "index 2 at position 1 is not a whole number from 0 to 1",
  );
  assertThrows(() => a.indexSelect([-1]), RangeError, "index -1");
  assertThrows(() => a.indexSelect([0.5]), RangeError, "index 0.5");
  assertThrows(() => a.indexSelect(tensor([[0]])), ShapeError, "expected indices [n], got shape [1, 1]");
  assertThrows(() => a.indexSelect(parameter([0])), TypeError, "a position has none");
  assertThrows(() => tensor(1).indexSelect([0]), RangeError, "a scalar has no axes");
});

Deno.test("broadcastTo() repeats as elementwise operations do, and refuses what they would have to shrink", () => {
  assertEquals(
    tensor([[1], [2]]).broadcastTo([2, 2, 3]).toArray(),
    tensor([[1], [2]]).add(zeros([2, 2, 3])).toArray(),
  );
  assertEquals(tensor(7).broadcastTo([2]).toArray(), [7, 7]);
  assertThrows(() => zeros([2, 3]).broadcastTo([3]), ShapeError, "cannot repeat shape [2, 3] up to [3]");
  assertThrows(() => zeros([2]).broadcastTo([1]), ShapeError, "cannot repeat");
  assertThrows(() => zeros([2]).broadcastTo([3]), ShapeError, "broadcastTo");
});

Deno.test("squeeze() and unsqueeze() take axes of length 1 away and put them in", () => {
  assertEquals(zeros([1, 3, 1]).squeeze().shape, [3]);
  assertEquals(zeros([1, 3, 1]).squeeze(-1).shape, [1, 3]);
  assertThrows(() => zeros([1, 3]).squeeze(1), ShapeError, "axis 1 of shape [1, 3] has length 3, not 1");
  assertEquals([0, 1, -1].map((axis) => zeros([3]).unsqueeze(axis).shape), [[1, 3], [3, 1], [3, 1]]);
  assertEquals(zeros([]).unsqueeze(0).shape, [1]);
});

Deno.test("concatenate() is undone by slice(), along any axis", () => {
  fc.assert(fc.property(fc.nat(2), fc.nat(3), fc.nat(3), (axis, n, m) => {
    const a = counted([2, 3, 2].with(axis, n)), b = counted([2, 3, 2].with(axis, m)).add(100);
    const joined = concatenate([a, b], { axis });
    const ranges = (from: number, to: number) =>
      [2, 3, 2].map((length, i): [number, number] => i === axis ? [from, to] : [0, length]);
    assertEquals(joined.slice(ranges(0, n)).toArray(), a.toArray());
    assertEquals(joined.slice(ranges(n, n + m)).toArray(), b.toArray());
  }));
});

Deno.test("stack() puts tensors along a new axis, from which indexing takes them out again", () => {
  const [a, b] = [arange(3), arange(3).add(10)];
  assertEquals(stack([a, b]).toArray(), [[0, 1, 2], [10, 11, 12]]);
  assertEquals(stack([a, b], { axis: -1 }).toArray(), [[0, 10], [1, 11], [2, 12]]);
  assertEquals(stack([tensor(1), tensor(2)]).toArray(), [1, 2]);
});

Deno.test("concatenate() and stack() reject what does not fit together", () => {
  assertThrows(() => concatenate([]), RangeError, "expected at least one tensor");
  assertThrows(() => stack([]), RangeError, "stack: expected at least one tensor");
  assertThrows(
    () => concatenate([zeros([2, 3]), zeros([2, 4])]),
    ShapeError,
    "cannot put [2, 4] behind [2, 3]",
  );
  assertThrows(() => concatenate([zeros([2]), zeros([2, 1])]), ShapeError);
  assertThrows(() => concatenate([tensor(1)]), RangeError, "a scalar has no axes");
  assertThrows(() => stack([zeros([2]), zeros([3])]), ShapeError, "got [2] and [3]");
  assertThrows(
    () => concatenate([zeros([1]), zeros([1], { dtype: "float32" })]),
    DTypeError,
    "float64 and float32",
  );
});

Deno.test("where() chooses entry by entry, also beside NaN, and takes numbers", () => {
  const a = tensor([NaN, 1, Infinity]);
  assertEquals(where(a.equal(a), a, 0).toArray(), [0, 1, Infinity]);
  assertEquals(where(tensor([[1], [0]]), tensor([1, 2]), -1).toArray(), [[1, 2], [-1, -1]]);
  assertEquals(where(tensor([1, 0]), 1, 2).toArray(), [1, 2]);
  const single = zeros([2], { dtype: "float32" });
  assertEquals(where(tensor([1, 0]), single, 1).dtype, "float32");
  assertThrows(() => where(tensor([1, 0]), single, tensor([1, 2])), DTypeError, "where");
  assertThrows(() => where(tensor([1, 0]), tensor([1, 2, 3]), 0), ShapeError, "where");
});

Deno.test("clip() moves what lies outside to the nearer bound, keeps NaN, and rejects crossed bounds", () => {
  assertEquals(tensor([-5, 0.5, 5, NaN]).clip(0, 1).toArray(), [0, 0.5, 1, NaN]);
  assertEquals(tensor([-5, 5]).clip(-Infinity, 1).toArray(), [-5, 1]);
  assertThrows(() => tensor([1]).clip(1, 0), RangeError, "expected low ≤ high, got 1 and 0");
  assertThrows(() => tensor([1]).clip(NaN, 0), RangeError);
});

function forEachIndex(
  shape: readonly number[],
  visit: (index: number[]) => void,
  index: number[] = [],
): void {
  if (index.length === shape.length) return visit(index);
  for (let i = 0; i < shape[index.length]; i++) forEachIndex(shape, visit, [...index, i]);
}
