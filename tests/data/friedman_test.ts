import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { friedman, leastSquares, Rng } from "backprop";

Deno.test("friedman() without noise is the formula of its first five inputs", () => {
  const { inputs, targets } = friedman({ count: 50, noise: 0 });
  for (let n = 0; n < 50; n++) {
    const [a, b, c, d, e] = Array.from({ length: 5 }, (_, i) => inputs.at(n, i));
    const y = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
    assertAlmostEquals(targets.at(n, 0), y, 1e-12);
  }
});

// Made with RandomState(42): X = uniform(size=(400, 10)), then randn(400), as sklearn's make_friedman1 does.
Deno.test("friedman() is what NumPy makes with seed 42", () => {
  const { inputs, targets } = friedman();
  assertAlmostEquals(inputs.at(0, 0), 0.3745401188473625, 1e-15);
  assertAlmostEquals(inputs.at(0, 9), 0.7080725777960455, 1e-15);
  assertAlmostEquals(targets.at(0, 0), 18.166902388504088, 1e-10);
  assertAlmostEquals(targets.at(399, 0), 4.927212616804541, 1e-10);
});

Deno.test("the noise of friedman() has the standard deviation that was asked for", () => {
  const clean = friedman({ noise: 0 }).targets;
  const noisy = friedman({ noise: 2 }).targets;
  assertAlmostEquals(Math.sqrt(noisy.sub(clean).square().mean().item()), 2, 0.2);
});

Deno.test("no linear model explains friedman(), which is what makes it worth a network", () => {
  const { inputs, targets } = friedman({ noise: 0 });
  const centred = inputs.sub(0.5), y = targets.sub(targets.mean().item());
  const rest = y.sub(centred.matmul(leastSquares(centred, y))).square().mean().item();
  const share = rest / y.square().mean().item();
  assert(share > 0.15 && share < 0.4, `${share} of the variance is left`);
});

Deno.test("friedman() keeps its dtype, and another generator gives other numbers", () => {
  assertEquals(friedman({ dtype: "float32" }).targets.dtype, "float32");
  assert(friedman({ rng: new Rng(1) }).targets.at(0, 0) !== friedman().targets.at(0, 0));
});

Deno.test("friedman() rejects a count or a noise that means nothing", () => {
  assertThrows(() => friedman({ count: 0 }), RangeError, "count");
  assertThrows(() => friedman({ noise: -1 }), RangeError, "noise");
});
