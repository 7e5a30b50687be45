import { assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import {
  type ActivationName,
  activations,
  logSoftmax,
  numericalGradient,
  Rng,
  softmax,
  tensor,
} from "backprop";

for (const name of Object.keys(activations) as ActivationName[]) {
  Deno.test(`the backward of ${name} agrees with finite differences`, () => {
    const { forward, backward } = activations[name];
    const z = new Rng(4).randn([3, 4]), r = new Rng(5).randn([3, 4]);
    const slow = numericalGradient(() => forward(z).mul(r).sum().item(), z);
    backward(z, r).data.forEach((g, i) => assertLess(Math.abs(g - slow.data[i]), 1e-9));
  });
}

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

Deno.test("sigmoid'(0) is the largest slope of the sigmoid, a quarter", () => {
  assertEquals(activations.sigmoid.backward(tensor([0]), tensor([1])).toArray(), [0.25]);
});
