import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DTypeError, parameter, Rng, ShapeError, stack, Tensor, tensor, zeros } from "backprop";

/** Integers, so that every order of summation gives the same sum. */
const some = (seed: number, shape: number[]) =>
  tensor(new Rng(seed).integers(-9, 10, shape.reduce((size, n) => size * n, 1))).reshape(shape);

Deno.test("a product of batches is the product of each pair of matrices, broadcast", () => {
  const length = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(length, length, length, length, fc.boolean(), fc.boolean(), (batch, m, k, n, oneA, oneB) => {
      const a = some(1, [oneA ? 1 : batch, m, k]), b = some(2, [oneB ? 1 : batch, k, n]);
      const part = (x: Tensor, i: number) =>
        x.slice(x.shape[0] === 1 ? 0 : i, x.shape[0] === 1 ? 1 : i + 1).squeeze(0);
      const count = Math.max(a.shape[0], b.shape[0]);
      const expected = stack(Array.from({ length: count }, (_, i) => part(a, i).matmul(part(b, i))));
      assertEquals(a.matmul(b).toArray(), expected.toArray());
    }),
  );
});

Deno.test("matmul has NumPy's shapes", () => {
  const shapes: [number[], number[], number[]][] = [
    [[3], [3], []],
    [[3], [3, 2], [2]],
    [[2, 3], [3], [2]],
    [[2, 3], [3, 4], [2, 4]],
    [[5, 2, 3], [3, 4], [5, 2, 4]],
    [[2, 3], [5, 3, 4], [5, 2, 4]],
    [[5, 2, 3], [3], [5, 2]],
    [[3], [5, 3, 4], [5, 4]],
    [[6, 1, 2, 3], [5, 3, 4], [6, 5, 2, 4]],
    [[0, 3], [3, 4], [0, 4]],
    [[2, 0], [0, 4], [2, 4]],
    [[0, 2, 3], [3, 4], [0, 2, 4]],
    [[0], [0], []],
  ];
  for (const [a, b, c] of shapes) assertEquals(zeros(a).matmul(zeros(b)).shape, c);
});

Deno.test("a vector is a row on the left and a column on the right", () => {
  const M = tensor([[1, 2], [3, 4]]), v = tensor([10, 1]);
  assertEquals([v.matmul(M).toArray(), M.matmul(v).toArray(), v.matmul(v).item()], [[13, 24], [12, 34], 101]);
});

Deno.test("a product of batches in which one matrix serves all sums its gradient over the batch", () => {
  const A = some(3, [4, 2, 3]), W = parameter(some(4, [3, 2])), V = parameter(some(4, [1, 3, 2]));
  A.matmul(W).sum().backward();
  A.matmul(V).sum().backward();
  assertEquals(W.grad?.toArray(), V.grad?.squeeze(0).toArray());
});

Deno.test("matmul rejects scalars, lengths that differ, batches that do not broadcast, and mixed dtypes", () => {
  assertThrows(() => zeros([]).matmul(zeros([2])), ShapeError, "To scale a tensor by a number, use mul()");
  assertThrows(() => zeros([3]).matmul(zeros([4])), ShapeError, "cannot multiply [3] by [4]");
  assertThrows(() => zeros([2, 3, 4]).matmul(zeros([2, 3, 4])), ShapeError, "Transpose the first?");
  assertThrows(
    () => zeros([2, 3, 4]).matmul(zeros([3, 4, 5])),
    ShapeError,
    "matmul: cannot combine shapes [2] and [3]",
  );
  assertThrows(
    () => zeros([2, 3]).matmul(zeros([4])),
    ShapeError,
    "the first has 3 columns, the second 4 rows",
  );
  assertThrows(
    () => zeros([3]).matmul(zeros([3, 1], { dtype: "float32" })),
    DTypeError,
    "float64 by float32",
  );
});
