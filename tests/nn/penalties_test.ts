import { assertEquals, assertThrows } from "@std/assert";
import {
  DTypeError,
  l1Penalty,
  l1PenaltyGradient,
  l2Penalty,
  l2PenaltyGradient,
  parameter,
  Rng,
  type Tensor,
  tensor,
} from "backprop";
import { assertGradients, assertNear, golden } from "./support.ts";

const { penalties } = await golden<{
  penalties: { penalty: string; lambda: number; w: number[]; value: number; gradient: number[] }[];
}>("pytorch_losses.json");

const W = new Rng(1).randn([3, 4]), V = new Rng(2).randn([2]);

for (
  const [name, penalty, gradient] of [
    ["l1Penalty", l1Penalty, l1PenaltyGradient],
    ["l2Penalty", l2Penalty, l2PenaltyGradient],
  ] as const
) {
  Deno.test(`${name}: by hand = by backward() = by finite differences, over several tensors`, () => {
    assertGradients((w, v) => penalty([w, v], 0.3), [W, V], name);
    const w = parameter(W);
    penalty(w, 0.3).backward();
    assertNear(w.grad, gradient(W, 0.3), "by hand", 1e-15);
  });

  Deno.test(`${name} agrees with PyTorch, in value and gradient`, () => {
    const [c] = penalties.filter((c) => c.penalty === name);
    const w = parameter(c.w), value = penalty(w, c.lambda);
    value.backward();
    assertNear(value, c.value, "value");
    assertNear(w.grad, c.gradient, "gradient by backward()");
    assertNear(gradient(tensor(c.w), c.lambda), c.gradient, "gradient by hand");
  });

  Deno.test(`${name} checks lambda and wants at least one tensor`, () => {
    for (const bad of [-0.1, NaN, Infinity]) {
      for (const f of [penalty, gradient] as ((w: Tensor, lambda: number) => Tensor)[]) {
        assertThrows(() => f(W, bad), RangeError, `lambda must be finite and not negative, got ${bad}`);
      }
    }
    assertThrows(() => penalty([], 1), RangeError, "at least one tensor of weights");
    assertThrows(() => penalty([W, tensor([1], { dtype: "float32" })], 1), DTypeError);
  });

  Deno.test(`${name} with lambda 0 costs nothing and pulls nowhere`, () => {
    assertEquals(penalty(W, 0).item(), 0);
    assertEquals(gradient(W, 0).abs().sum().item(), 0);
  });
}

Deno.test("λΣw² pulls with 2λw, twice as hard as a weight decay of λ", () => {
  assertEquals(l2Penalty(tensor([3, -4]), 0.5).item(), 12.5);
  assertEquals(l2PenaltyGradient(tensor([3, -4]), 0.5).toArray(), [3, -4]);
});

Deno.test("λΣ|w| pulls with λ whatever the size of w, and not at all at 0", () => {
  assertEquals(l1Penalty(tensor([3, -4, 0]), 0.5).item(), 3.5);
  const w = parameter([3, -0.001, 0]);
  l1Penalty(w, 0.5).backward();
  assertEquals(w.grad?.toArray(), [0.5, -0.5, 0]);
});
