import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Floats } from "../../lib/kernels/kernels.ts";
import { referenceKernels as kernels } from "../../lib/kernels/reference.ts";

const length = fc.integer({ min: 0, max: 9 });
const numbers = (size: number) =>
  fc.array(fc.integer({ min: -50, max: 50 }), { minLength: size, maxLength: size });

/** C[i, j] = Σ A[i, p]·B[p, j], straight from the definition. */
function definition(a: number[], b: number[], m: number, k: number, n: number): number[] {
  return Array.from({ length: m * n }, (_, at) => {
    const i = Math.floor(at / n), j = at % n;
    let sum = 0;
    for (let p = 0; p < k; p++) sum += a[i * k + p] * b[p * n + j];
    return sum;
  });
}

function transposed(x: number[], rows: number, columns: number): number[] {
  return Array.from({ length: x.length }, (_, at) => x[(at % rows) * columns + Math.floor(at / rows)]);
}

Deno.test("matmul agrees with its definition in all four transpose forms, on odd and empty sizes", () => {
  fc.assert(fc.property(
    fc.tuple(length, length, length).chain(([m, k, n]) =>
      fc.tuple(fc.constant({ m, k, n }), numbers(m * k), numbers(k * n), fc.boolean(), fc.boolean())
    ),
    ([{ m, k, n }, a, b, transposeA, transposeB]) => {
      const out = new Float64Array(m * n).fill(NaN);
      const A = Float64Array.from(transposeA ? transposed(a, m, k) : a);
      const B = Float64Array.from(transposeB ? transposed(b, k, n) : b);
      kernels.matmul(A, B, out, { m, k, n, transposeA, transposeB });
      assertEquals([...out], definition(a, b, m, k, n));
    },
  ));
});

Deno.test("matmul in float32 sums in float64 and rounds once", () => {
  const a = Float32Array.of(16777216, 1, 1), b = Float32Array.of(1, 1, 1);
  const out = new Float32Array(1);
  kernels.matmul(a, b, out, { m: 1, k: 3, n: 1 });
  assertEquals(out[0], 16777218); // adding 1 twice in float32 would stay at 16777216
});

Deno.test("matmul passes NaN and infinities on, also beside zeros", () => {
  const out = new Float64Array(2);
  kernels.matmul(Float64Array.of(0, 1), Float64Array.of(Infinity, 2, 1, 3), out, { m: 1, k: 2, n: 2 });
  assertEquals([...out], [NaN, 3]);
});

const plain: [Parameters<typeof kernels.unary>[0], number[]][] = [
  ["negate", [2, -3, 0, NaN, -Infinity]],
  ["abs", [2, 3, 0, NaN, Infinity]],
  ["sign", [-1, 1, 0, NaN, 1]],
  ["relu", [0, 3, 0, NaN, Infinity]],
  ["sqrt", [NaN, Math.sqrt(3), 0, NaN, Infinity]],
];
for (const [operation, expected] of plain) {
  Deno.test(`${operation} handles negative, positive, zero, NaN and infinite numbers`, () => {
    const out = new Float64Array(5);
    kernels.unary(operation, Float64Array.of(-2, 3, 0, NaN, Infinity), out);
    assertEquals([...out].map((x) => x + 0), expected.map((x) => x + 0));
  });
}

Deno.test("comparisons give 1 or 0, and 0 for NaN", () => {
  const run = (operation: Parameters<typeof kernels.binary>[0]) => {
    const out: Floats = new Float64Array(4);
    kernels.binary(operation, Float64Array.of(1, 2, 2, NaN), Float64Array.of(2, 2, 1, NaN), out);
    return [...out];
  };
  assertEquals(run("greater"), [0, 0, 1, 0]);
  assertEquals(run("less"), [1, 0, 0, 0]);
  assertEquals(run("equal"), [0, 1, 0, 0]);
});

Deno.test("reduce sums, and finds extremes, over a middle axis", () => {
  const x = Float64Array.from({ length: 12 }, (_, i) => i); // [2, 3, 2]
  const run = (operation: "sum" | "max" | "min") => {
    const out = new Float64Array(4);
    kernels.reduce(operation, x, out, 3, 2);
    return [...out];
  };
  assertEquals(run("sum"), [6, 9, 24, 27]);
  assertEquals(run("max"), [4, 5, 10, 11]);
  assertEquals(run("min"), [0, 1, 6, 7]);
});
