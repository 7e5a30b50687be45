import { assertEquals, assertThrows } from "@std/assert";
import { ShapeError, tensor } from "backprop";

Deno.test("equals() compares shape, dtype and every number exactly", () => {
  const a = tensor([[1, 2]]);
  assertEquals(a.equals(tensor([[1, 2]])), true);
  assertEquals(a.equals(tensor([[1, 2 + 1e-15]])), false);
  assertEquals(a.equals(tensor([1, 2])), false);
  assertEquals(a.equals(tensor([[1, 2]], { dtype: "float32" })), false);
  assertEquals(tensor([NaN]).equals(tensor([NaN])), false);
  assertEquals(tensor([0]).equals(tensor([-0])), true);
});

Deno.test("allClose() follows |a − b| ≤ atol + rtol·|b|, as NumPy does", () => {
  const b = tensor([100, 1e-9]);
  assertEquals(tensor([100.0009, 0]).allClose(b), true);
  assertEquals(tensor([100.002, 0]).allClose(b), false);
  assertEquals(tensor([100.002, 0]).allClose(b, { rtol: 1e-4 }), true);
  assertEquals(tensor([100, 0]).allClose(b, { atol: 0 }), false);
  assertEquals(tensor([NaN]).allClose(tensor([NaN])), false);
  assertEquals(tensor([Infinity]).allClose(tensor([Infinity])), true);
  assertEquals(tensor([Infinity]).allClose(tensor([1])), false);
  assertEquals(tensor([0.1], { dtype: "float32" }).allClose(tensor([0.1])), true);
  assertThrows(() => tensor([1]).allClose(tensor([[1]])), ShapeError, "shapes [1] and [1, 1]");
});
