import { assertEquals, assertThrows } from "@std/assert";
import { assertClose, eye, Rng, ShapeError, symmetricEigenvalues, tensor } from "backprop";

Deno.test("symmetricEigenvalues() finds the numbers of a diagonal, in rising order", () => {
  assertClose(symmetricEigenvalues(tensor([[3, 0, 0], [0, -1, 0], [0, 0, 2]])), [-1, 2, 3]);
  assertClose(symmetricEigenvalues(tensor([[7]])), [7]);
  assertClose(symmetricEigenvalues(eye(4)), [1, 1, 1, 1]);
  assertEquals(symmetricEigenvalues(tensor([[0, 0], [0, 0]])).toArray(), [0, 0]);
});

Deno.test("symmetricEigenvalues() keeps the trace and the sum of squares of random matrices", () => {
  const rng = new Rng(1);
  for (const n of [2, 3, 6, 12, 25]) {
    const B = rng.randn([n, n]);
    const A = B.add(B.transpose());
    const λ = symmetricEigenvalues(A);
    assertClose(λ.sum(), A.mul(eye(n)).sum(), 1e-10);
    assertClose(λ.square().sum(), A.square().sum(), 1e-10);
  }
});

Deno.test("symmetricEigenvalues() agrees with the closed form of the chain of springs", () => {
  // 2 on the diagonal, −1 beside it: λₖ = 2 − 2cos(kπ/(n+1))
  const n = 8;
  const A = Array.from(
    { length: n },
    (_, i) => Array.from({ length: n }, (_, j) => i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0),
  );
  const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)));
  assertClose(symmetricEigenvalues(tensor(A)), expected, 1e-12);
});

Deno.test("symmetricEigenvalues() leaves its argument as it was", () => {
  const A = tensor([[2, 1], [1, 2]]);
  symmetricEigenvalues(A);
  assertEquals(A.toArray(), [[2, 1], [1, 2]]);
});

Deno.test("symmetricEigenvalues() refuses what is not square, not symmetric or not finite", () => {
  assertThrows(() => symmetricEigenvalues(tensor([[1, 2]])), ShapeError, "square matrix [n, n], got [1, 2]");
  assertThrows(() => symmetricEigenvalues(tensor([[1, 2], [3, 1]])), RangeError, "3 at [1, 0], 2 at [0, 1]");
  assertThrows(() => symmetricEigenvalues(tensor([[NaN]])), RangeError, "NaN or infinite");
});
