import { assertEquals, assertThrows } from "@std/assert";
import { assertClose, NotCloseError, parameter, ShapeError, tensor } from "backprop";

Deno.test("assertClose() accepts tensors, arrays and numbers that agree, and NaN beside NaN", () => {
  assertClose(tensor([1, 2]), [1, 2 + 1e-6]);
  assertClose(0.1 + 0.2, 0.3);
  assertClose([[1e-9, 1]], tensor([[0, 1]]));
  assertClose([NaN, Infinity], [NaN, Infinity]);
  assertClose(tensor([0.1], { dtype: "float32" }), [0.1]);
});

Deno.test("nothing is close to Infinity but Infinity itself", () => {
  for (const infinite of [Infinity, -Infinity]) {
    assertClose(infinite, infinite);
    assertEquals(tensor([infinite]).allClose(tensor([infinite])), true);
    for (const other of [3, -infinite, NaN]) {
      assertThrows(() => assertClose(other, infinite), NotCloseError);
      assertThrows(() => assertClose(infinite, other), NotCloseError);
      assertEquals(tensor([other]).allClose(tensor([infinite])), false);
    }
  }
});

Deno.test("assertClose() names the worst entry, both numbers and the likely slip", () => {
  const says = (actual: number[][], expected: number[][], message: string, tolerance?: number) =>
    assertThrows(() => assertClose(actual, expected, tolerance), NotCloseError, message);
  says([[1, 2], [3, 4.5]], [[1, 2.1], [3, 4]], "2 of 4 entries differ, most at [1, 1]: got 4.5, expected 4");
  says([[2, 4, 6]], [[1, 2, 3]], "Likely slip: every entry is twice the expected one: is a ½ missing?");
  says([[1, NaN]], [[1, 2]], "1 of 2 entries differ, most at [0, 1]: got NaN, expected 2");
  says([[1]], [[1 + 1e-7]], "got 1, expected 1.0000001", 1e-9);
  says([[1]], [[1.1]], "1 of 1 entry differs, most at [0, 0]");
});

Deno.test("assertClose() rejects shapes that differ, and a gradient that is not there", () => {
  assertThrows(() => assertClose([[1, 2]], [1, 2]), ShapeError, "expected shape [2], got [1, 2]");
  assertThrows(() => assertClose(parameter([1]).grad, [1]), TypeError, "undefined until backward()");
});

Deno.test("assertClose() forgives noise beside large numbers only", () => {
  assertClose([1e-9, 1000], [0, 1000]);
  assertThrows(() => assertClose([1e-3, 1000], [0, 1000]), NotCloseError);
  assertThrows(() => assertClose([1e-9, 2e-9], [1e-9, 3e-9]), NotCloseError);
});
