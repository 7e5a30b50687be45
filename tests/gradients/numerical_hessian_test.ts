import { assertEquals, assertThrows } from "@std/assert";
import { assertClose, numericalHessian, Rng, symmetricEigenvalues, tensor } from "backprop";

Deno.test("numericalHessian() of ½xᵀAx is A, wherever x is", () => {
  const rng = new Rng(5);
  const B = rng.randn([4, 4]), A = B.add(B.transpose()), x = rng.randn([4]);
  assertClose(numericalHessian(() => x.matmul(A).mul(x).sum().item() / 2, x), A, 1e-4);
});

Deno.test("numericalHessian() tells a saddle from a minimum", () => {
  const w = tensor([0, 0]);
  const loss = () => (w.at(0) * w.at(1) - 1) ** 2; // the smallest network with two layers
  assertClose(symmetricEigenvalues(numericalHessian(loss, w)), [-2, 2], 1e-4);
  w.data.set([1, 1]);
  assertClose(symmetricEigenvalues(numericalHessian(loss, w)), [0, 4], 1e-4);
});

Deno.test("numericalHessian() puts x back, also when f throws", () => {
  const x = tensor([1, 2]);
  numericalHessian(() => x.square().sum().item(), x);
  assertEquals(x.toArray(), [1, 2]);
  const fails = () => {
    throw new Error("no");
  };
  assertThrows(() => numericalHessian(fails, x), Error, "no");
  assertEquals(x.toArray(), [1, 2]);
});

Deno.test("numericalHessian() refuses float32, and a function that is not finite", () => {
  assertThrows(() => numericalHessian(() => 0, tensor([1], { dtype: "float32" })), TypeError, "float64");
  assertThrows(() => numericalHessian(() => NaN, tensor([1])), RangeError, "not finite");
});
