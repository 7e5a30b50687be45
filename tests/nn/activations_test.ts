import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  type ActivationName,
  activations,
  leakyRelu,
  numericalGradient,
  parameter,
  relu,
  Rng,
  sigmoid,
  tanh,
  tensor,
} from "backprop";
import { assertGradients } from "./support.ts";

Deno.test("relu(), sigmoid() and tanh() are the methods of tensors, take numbers too, and refuse the rest", () => {
  const z = new Rng(3).randn([4, 5]);
  for (const f of [relu, sigmoid, tanh]) {
    const name = f.name as "relu" | "sigmoid" | "tanh";
    assertEquals(f(z).data, z[name]().data);
    assertEquals(Array.from(z.data, (x) => f(x)), Array.from(z[name]().data));
    assertGradients((x) => f(x), [z], name);
    assertThrows(() => f([1] as never), TypeError, `${name}: expected`);
  }
});

for (const name of Object.keys(activations) as ActivationName[]) {
  const { forward, backward } = activations[name];
  Deno.test(`the backward of ${name} agrees with finite differences and with backward()`, () => {
    const z = new Rng(4).randn([3, 4]), r = new Rng(5).randn([3, 4]);
    const slow = numericalGradient(() => forward(z).mul(r).sum().item(), z);
    backward(z, r).data.forEach((g, i) => assertLess(Math.abs(g - slow.data[i]), 1e-9));
    if (name !== "identity") assertGradients(forward, [z], name);
  });

  Deno.test(`${name} passes NaN on and keeps float32`, () => {
    const z = tensor([NaN, 1], { dtype: "float32" });
    assertEquals(Number.isNaN(forward(z).at(0)), true);
    assertEquals([forward(z).dtype, backward(z, z).dtype], ["float32", "float32"]);
  });
}

Deno.test("sigmoid'(0) is the largest slope of the sigmoid, a quarter", () => {
  assertEquals(activations.sigmoid.backward(tensor([0]), tensor([1])).toArray(), [0.25]);
});

Deno.test("leakyRelu() keeps positive numbers to the last bit and scales the others", () => {
  const z = tensor([3, 0, -10]);
  assertEquals(leakyRelu(z).toArray(), [3, 0, -0.1]);
  for (const slope of [0, 0.1, 0.3, 0.7, 1, 2, 1e17]) {
    const third = 1 / 3;
    assertEquals(leakyRelu(tensor([third, -third]), slope).toArray(), [third, -third * slope]);
  }
});

Deno.test("leakyRelu() has its gradient, and at the kink that of the negative side", () => {
  assertGradients((z) => leakyRelu(z, 0.2), [new Rng(1).randn([3, 4])]);
  const zero = parameter([0]);
  leakyRelu(zero, 0.2).sum().backward();
  assertEquals(zero.grad?.toArray(), [0.2]);
});

Deno.test("leakyRelu() refuses a slope that is negative or not finite", () => {
  for (const slope of [-0.1, NaN, Infinity]) {
    assertThrows(
      () => leakyRelu(tensor([1]), slope),
      RangeError,
      `the slope must be finite and not negative, got ${slope}`,
    );
  }
});
