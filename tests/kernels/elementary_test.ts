import { assertEquals, assertLess } from "@std/assert";
import { Rng } from "backprop";
import {
  cos,
  exp,
  expm1,
  log,
  log1p,
  logistic,
  pow,
  sin,
  softplus,
  tanh,
} from "../../lib/kernels/elementary.ts";
import golden from "../golden/elementary_functions.json" with { type: "json" };
import { low } from "./double_double.ts";
import * as yardstick from "./yardstick.ts";

const float = new Float64Array(1), words = new Uint32Array(float.buffer);
/** The distance between neighbouring float64 of the size of x. */
function ulp(x: number): number {
  float[0] = x;
  words[0] = 0;
  words[1] &= 0x7ff00000;
  return Math.max(float[0] * 2 ** -52, 5e-324);
}

const own: [name: keyof typeof golden & string, f: (x: number, y: number) => number][] = [
  ["exp", exp],
  ["expm1", expm1],
  ["log", log],
  ["log1p", log1p],
  ["tanh", tanh],
  ["logistic", logistic],
  ["softplus", softplus],
  ["pow", pow],
  ["sin", sin],
  ["cos", cos],
];
for (const [name, f] of own) {
  Deno.test(`${name}() is within 1 ulp of what mpmath gives`, () => {
    for (const row of golden[name] as number[][]) {
      const [nearest, remainder] = row.slice(-2);
      const error = Math.abs(f(row[0], row[1]) - nearest - remainder) / ulp(nearest);
      assertLess(error, 1, `${name}(${row.slice(0, -2)}) is off by ${error} ulp`);
    }
  });
}

/** Where the yardstick holds, how it is asked, and a million points for it: the i-th x, and y where there is one. */
const rng = new Rng(3);
const between = (low: number, high: number) => low + (high - low) * rng.random();
const tiny = () => between(-1, 1) * 10 ** between(-12, 0);
const million: [
  name: keyof typeof golden & string,
  f: (x: number, y: number) => number,
  exact: (x: number, y: number) => number,
  x: (i: number) => number,
  y?: (x: number) => number,
][] = [
  ["exp", exp, (x) => yardstick.exp(x), (i) => i % 2 ? between(-650, 709.7) : between(-2, 2)],
  ["expm1", expm1, yardstick.expm1, (i) => [between(-37, 200), between(-1.5, 1.5), tiny()][i % 3]],
  ["log", log, yardstick.log, (i) => i % 2 ? 2 ** between(-1070, 1023) : between(0.3, 3)],
  ["log1p", log1p, yardstick.log1p, (i) => [2 ** between(-40, 900), between(-0.9999, 3), tiny()][i % 3]],
  ["tanh", tanh, yardstick.tanh, (i) => i % 2 ? between(-20, 20) : tiny()],
  ["logistic", logistic, yardstick.logistic, (i) => i % 2 ? between(-600, 40) : between(-3, 3)],
  ["softplus", softplus, yardstick.softplus, (i) => [between(-600, 60), between(-5, 5), tiny()][i % 3]],
  ["sin", sin, (x) => yardstick.sin(x), (i) => [between(-1e6, 1e6), between(-7, 7), tiny()][i % 3]],
  ["cos", cos, yardstick.cos, (i) => i % 2 ? between(-1e6, 1e6) : between(-7, 7)],
  ["pow", pow, yardstick.pow, (i) => 2 ** (i % 2 ? between(-8, 8) : between(-40, 40)), (x) => {
    const most = 640 / Math.abs(Math.log(x));
    return between(-most, most);
  }],
];
for (const [name, f, exact, nextX, nextY] of million) {
  Deno.test(`${name}() is within 1 ulp of the true value on a million points`, () => {
    let worst = 0, at: number[] = [];
    for (let i = 0; i < 1_000_000; i++) {
      const x = nextX(i), y = nextY === undefined ? 0 : nextY(x);
      const truth = exact(x, y);
      const error = Math.abs(f(x, y) - truth - low) / ulp(truth);
      if (!(error <= worst)) [worst, at] = [error, [x, y]]; // a NaN stays
    }
    assertLess(worst, 1, `${name}(${at}) is off by ${worst} ulp`);
  });

  Deno.test(`the yardstick for ${name}() agrees with mpmath to a millionth of an ulp`, () => {
    let compared = 0;
    for (const row of golden[name] as number[][]) {
      const [nearest, remainder] = row.slice(-2);
      const beyondIt = Math.abs(nearest) < 1e-270 || Math.abs(nearest) > 1e290 ||
        ((name === "sin" || name === "cos") && (Math.abs(row[0]) > 1e6 || Math.abs(nearest) < 1e-4)) ||
        (name === "tanh" && Math.abs(row[0]) > 20) || (name === "expm1" && Math.abs(row[0]) > 200) ||
        (name === "pow" && Math.abs(row[0] - 1) < 1e-6);
      if (beyondIt) continue;
      const truth = exact(row[0], row[1]);
      assertLess(Math.abs(truth - nearest + (low - remainder)) / ulp(nearest), 1e-6, `${name}(${row})`);
      compared++;
    }
    assertLess(200, compared);
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

Deno.test("expm1() and log1p() keep tiny numbers, signed zeros, and the ends of their ranges", () => {
  assertEquals([expm1(1e-300), expm1(-800), expm1(800), expm1(NaN)], [1e-300, -1, Infinity, NaN]);
  assertEquals([log1p(1e-300), log1p(-1), log1p(Infinity)], [1e-300, -Infinity, Infinity]);
  assertEquals([log1p(-2), log1p(NaN)], [NaN, NaN]);
  for (const f of [expm1, log1p, sin, tanh]) {
    assertEquals([Object.is(f(-0), -0), Object.is(f(0), 0)], [true, true]);
  }
});

Deno.test("tanh() is odd, keeps tiny numbers and saturates at ±1", () => {
  assertEquals([tanh(1e-300), tanh(25), tanh(-Infinity), tanh(NaN)], [1e-300, 1, -1, NaN]);
  for (const x of [0.01, 0.3, 1, 5]) assertEquals(tanh(-x), -tanh(x));
});

Deno.test("logistic() neither overflows nor loses its symmetry σ(−x) = 1 − σ(x)", () => {
  assertEquals([logistic(-1000), logistic(1000), logistic(0), logistic(NaN)], [0, 1, 0.5, NaN]);
  for (const x of [0.1, 2, 30]) assertLess(Math.abs(logistic(-x) - (1 - logistic(x))), 2e-16);
});

Deno.test("softplus() neither overflows nor underflows early", () => {
  assertEquals([softplus(-Infinity), softplus(1000), softplus(NaN)], [0, 1000, NaN]);
  assertEquals(softplus(-740), exp(-740));
});

Deno.test("pow() is exact where the power is a float64, and a square root for ½", () => {
  for (let base = -20; base <= 20; base++) {
    let product = 1;
    for (let y = 0; Number.isSafeInteger(product); y++, product *= base) {
      assertEquals(pow(base, y), product);
      if (base === 0 || Math.abs(base) === 1) { if (y > 5) break; }
    }
  }
  for (let k = -1074; k < 1024; k++) assertEquals(log(pow(2, k)) / Math.LN2 - k < 1e-9, true);
  assertEquals([pow(2, -1074), pow(2, 1023), pow(4, 1.5), pow(0.25, -2.5)], [5e-324, 2 ** 1023, 8, 32]);
  const rng = new Rng(8);
  for (let i = 0; i < 1000; i++) {
    const x = rng.random() * 100;
    assertEquals([pow(x, 0.5), pow(x, 2), pow(x, 1), pow(x, -1)], [Math.sqrt(x), x * x, x, 1 / x]);
  }
});

Deno.test("pow() follows IEEE 754 at zeros, infinities, NaN and negative bases", () => {
  const cases: [x: number, y: number, expected: number][] = [
    [NaN, 0, 1],
    [1, NaN, 1],
    [1, Infinity, 1],
    [-1, -Infinity, 1],
    [NaN, 2.5, NaN],
    [2, NaN, NaN],
    [-8, 1 / 3, NaN],
    [-2, 3, -8],
    [-2, -2, 0.25],
    [0, 3, 0],
    [-0, 3, -0],
    [-0, 2.5, 0],
    [0, -2.5, Infinity],
    [-0, -3, -Infinity],
    [-Infinity, 3, -Infinity],
    [-Infinity, 0.5, Infinity],
    [-Infinity, -3, -0],
    [Infinity, -0.5, 0],
    [0.5, Infinity, 0],
    [0.5, -Infinity, Infinity],
    [-3, Infinity, Infinity],
    [10, 400, Infinity],
    [10, -400, 0],
    [-10, 401, -Infinity],
    [1 + 2 ** -52, 1e300, Infinity],
    [1 - 2 ** -53, 1e300, 0],
    [5e-324, 0.25, 2 ** -268.5],
    [5e-324, -1, Infinity],
  ];
  for (const [x, y, expected] of cases) {
    const got = pow(x, y);
    const near = Math.abs(got - expected) <= 1e-15 * Math.abs(expected);
    assertEquals(Object.is(got, expected) || (near && expected !== 0), true, `pow(${x}, ${y}) = ${got}`);
  }
});

Deno.test("sin() and cos() are right where most digits cancel, and NaN at infinity", () => {
  assertEquals(cos(6381956970095103 * 2 ** 797), -4.68716592425462761112e-19);
  assertEquals(sin(1e22), -0.8522008497671888);
  assertEquals([sin(Math.PI), cos(Math.PI / 2)], [1.2246467991473532e-16, 6.123233995736766e-17]);
  assertEquals([sin(Infinity), cos(-Infinity), sin(NaN)], [NaN, NaN, NaN]);
});

Deno.test("sin() is odd, cos() is even, and both agree on either side of where reduction changes", () => {
  for (const x of [1e-9, 0.3, 2, 4, 6, 1e5, 1e6 - 0.5, 1e6 + 0.5, 3e6, 1e15, 1e200]) {
    assertEquals([sin(-x), cos(-x)], [-sin(x), cos(x)]);
    assertLess(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1), 1e-15);
  }
});
