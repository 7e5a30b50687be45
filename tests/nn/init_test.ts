import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  activationGain,
  type ActivationName,
  heNormal,
  heUniform,
  type Init,
  Rng,
  xavierNormal,
  xavierUniform,
} from "backprop";
import { golden } from "./support.ts";

const initializations: Record<string, Init> = { heNormal, heUniform, xavierNormal, xavierUniform };

const { scales, gains } = await golden<{
  scales: [string, number, number, number | null, number][];
  gains: [ActivationName, number | null, number][];
}>("pytorch_init.json");

Deno.test("standard deviations and bounds are those of PyTorch", () => {
  assertEquals(new Set(scales.map(([name]) => name)), new Set(Object.keys(initializations)));
  for (const [name, fanIn, fanOut, gain, scale] of scales) {
    const W = initializations[name](fanIn, fanOut, new Rng(5), gain === null ? {} : { gain });
    assertEquals(W.shape, [fanIn, fanOut]);
    // With the same seed, the numbers are those of a standard distribution times the scale.
    const standard = name.endsWith("Normal")
      ? new Rng(5).randn([fanIn, fanOut])
      : new Rng(5).uniform([fanIn, fanOut], -1, 1);
    W.data.forEach((w, i) => assertAlmostEquals(w, standard.data[i] * scale, 1e-10));
  }
});

Deno.test("activationGain() gives PyTorch's gains", () => {
  for (const [activation, slope, gain] of gains) {
    assertAlmostEquals(activationGain(activation, slope ?? undefined), gain, 1e-15);
  }
  assertThrows(
    () => activationGain("softplus" as "relu"),
    RangeError,
    'unknown activation "softplus"; expected one of identity, sigmoid, tanh, relu, leakyRelu',
  );
});

for (const [name, init] of Object.entries(initializations)) {
  const variance = name.startsWith("he") ? 2 / 50 : 2 / (50 + 400);

  Deno.test(`${name}() has mean 0 and the variance of its formula`, () => {
    const W = init(50, 400, new Rng(0)), n = W.size;
    // Within 4 standard errors: of a mean √(v/n), of a variance at most v·√(2/n).
    assertLess(Math.abs(W.mean().item()), 4 * Math.sqrt(variance / n));
    assertLess(Math.abs(W.square().mean().item() - variance), 4 * variance * Math.sqrt(2 / n));
  });

  Deno.test(`${name}() gives the same weights for the same seed, in either dtype`, () => {
    assertEquals(init(3, 4, new Rng(1)).toArray(), init(3, 4, new Rng(1)).toArray());
    assertEquals(init(3, 4, new Rng(1)).at(0, 0) === init(3, 4, new Rng(2)).at(0, 0), false);
    const small = init(3, 4, new Rng(1), { dtype: "float32" });
    assertEquals(small.dtype, "float32");
    assertAlmostEquals(small.at(2, 3), init(3, 4, new Rng(1)).at(2, 3), 1e-6);
  });

  Deno.test(`${name}() says what it cannot use`, () => {
    for (const bad of [0, -1, 2.5, NaN]) {
      const says = (what: string) => `${name}: ${what} must be a positive integer, got ${bad}`;
      assertThrows(() => init(bad, 3, new Rng(0)), RangeError, says("fanIn"));
      assertThrows(() => init(3, bad, new Rng(0)), RangeError, says("fanOut"));
    }
    for (const gain of [0, -1, NaN, Infinity]) {
      assertThrows(
        () => init(3, 3, new Rng(0), { gain }),
        RangeError,
        `gain must be a positive number, got ${gain}`,
      );
    }
  });
}

Deno.test("with He's weights a signal keeps its size through ten ReLU layers, with Xavier's it fades", () => {
  const sizeAfterTen = (init: Init) => {
    const rng = new Rng(3);
    let a = rng.randn([64, 100]);
    for (let layer = 0; layer < 10; layer++) a = a.matmul(init(100, 100, rng)).relu();
    return Math.sqrt(a.square().mean().item());
  };
  for (const init of [heNormal, heUniform]) assertAlmostEquals(sizeAfterTen(init), 1, 0.5);
  for (const init of [xavierNormal, xavierUniform]) assertLess(sizeAfterTen(init), 0.1); // (1/√2)¹⁰ = 0.03
});
