import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { logSoftmax, Rng, softmax, tensor } from "backprop";
import { assertGradients, assertNear } from "./support.ts";

Deno.test("softmax() rows sum to 1 and do not change when a row of logits is shifted", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: -500, max: 500 }),
      (row, shift) => {
        const p = softmax(tensor([row]));
        assertLess(Math.abs(p.sum().item() - 1), 1e-15);
        assertEquals(softmax(tensor([row.map((z) => z + shift)])).toArray(), p.toArray());
      },
    ),
  );
});

Deno.test("softmax() and logSoftmax() take logits of ±1000", () => {
  assertEquals(softmax(tensor([[1000, -1000]])).toArray(), [[1, 0]]);
  assertEquals(logSoftmax(tensor([[1000, -1000]])).toArray(), [[0, -2000]]);
});

Deno.test("logSoftmax() is the logarithm of softmax()", () => {
  const z = new Rng(1).randn([4, 3]);
  assertNear(logSoftmax(z), softmax(z).log(), "last axis", 1e-14);
  assertNear(logSoftmax(z, { axis: 0 }), softmax(z, { axis: 0 }).log(), "axis 0", 1e-14);
});

Deno.test("along axis 0 columns sum to 1: the softmax of the transposed, transposed", () => {
  const z = new Rng(1).randn([4, 3]);
  const p = softmax(z, { axis: 0 });
  assertNear(p.sum({ axis: 0 }), [1, 1, 1], "sums", 1e-15);
  assertEquals(p.toArray(), softmax(z.transpose()).transpose().toArray());
  assertEquals(softmax(z, { axis: 1 }).toArray(), softmax(z, { axis: -1 }).toArray());
});

Deno.test("softmax() of three axes works along each of them", () => {
  const z = new Rng(1).randn([2, 3, 4]);
  for (const axis of [0, 1, 2]) {
    assertNear(
      softmax(z, { axis }).sum({ axis }),
      softmax(z, { axis }).sum({ axis }).mul(0).add(1),
      "sums",
      1e-15,
    );
    assertGradients((x) => softmax(x, { axis }), [z], `softmax along ${axis}`);
    assertGradients((x) => logSoftmax(x, { axis }), [z], `logSoftmax along ${axis}`);
  }
});

Deno.test("softmax() of one class is 1, and nothing can be done about it", () => {
  assertEquals(softmax(tensor([[3], [-2]])).toArray(), [[1], [1]]);
});

Deno.test("softmax() refuses an axis that is not there", () => {
  for (const f of [softmax, logSoftmax]) {
    assertThrows(() => f(tensor([[1, 2]]), { axis: 2 }), RangeError, "axis 2 does not exist in shape [1, 2]");
    assertThrows(() => f(tensor(3)), RangeError, "a scalar has no axes");
  }
});
