import { assertEquals, assertLess } from "@std/assert";
import { exp, log, logistic, tanh } from "backprop";
import golden from "../golden/elementary_functions.json" with { type: "json" };

/** The distance from |x| to the next float64. */
function ulp(x: number): number {
  const float = new Float64Array([Math.abs(x)]);
  const bits = new BigUint64Array(float.buffer);
  bits[0] += 1n;
  return float[0] - Math.abs(x);
}

for (const [name, f] of [["exp", exp], ["log", log], ["tanh", tanh]] as const) {
  Deno.test(`${name}() is within 1 ulp of the true value`, () => {
    for (const [x, nearest, remainder] of golden[name]) {
      const error = Math.abs(f(x) - nearest - remainder) / ulp(nearest);
      assertLess(error, 1, `${name}(${x}) = ${f(x)} is off by ${error} ulp`);
    }
  });
}

Deno.test("exp() overflows to infinity, underflows to zero, and keeps NaN", () => {
  assertEquals([exp(710), exp(-746), exp(-Infinity), exp(NaN)], [Infinity, 0, 0, NaN]);
  assertEquals(exp(-745), 5e-324);
});

Deno.test("log() is −∞ at zero, NaN below it, and exact at powers of two", () => {
  assertEquals([log(0), log(-1), log(Infinity), log(NaN), log(1)], [-Infinity, NaN, Infinity, NaN, 0]);
  assertEquals(log(2), Math.LN2);
  assertEquals(log(5e-324), -744.4400719213812); // the smallest float64, −1074·ln 2
});

Deno.test("tanh() is odd, keeps tiny numbers and saturates at ±1", () => {
  assertEquals([tanh(1e-300), tanh(25), tanh(-Infinity), tanh(NaN)], [1e-300, 1, -1, NaN]);
  for (const x of [0.01, 0.3, 1, 5]) assertEquals(tanh(-x), -tanh(x));
});

Deno.test("logistic() neither overflows nor loses its symmetry σ(−x) = 1 − σ(x)", () => {
  assertEquals([logistic(-1000), logistic(1000), logistic(0)], [0, 1, 0.5]);
  for (const x of [0.1, 2, 30]) assertLess(Math.abs(logistic(-x) - (1 - logistic(x))), 2e-16);
});
