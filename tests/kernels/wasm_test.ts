// The fast kernels against the plain loops, and with one thread against two.
import { assert, assertEquals, assertLess } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { Rng, useKernels } from "backprop";
import type { BinaryOperation, BroadcastPlan, Floats, UnaryOperation } from "../../lib/kernels/kernels.ts";
import { referenceKernels } from "../../lib/kernels/reference.ts";
import { threadsAtWork } from "../../lib/kernels/wasm/on_engine.ts";
import { wasmKernels } from "../../lib/kernels/wasm/wasm_kernels.ts";
import { broadcastShapes, broadcastStrides, sizeOf } from "../../lib/tensor/shape.ts";
import { buildKernels, KERNELS } from "../../tools/build/assemble.ts";
import {
  absolute,
  anyForm,
  anySize,
  type DType,
  DTYPES,
  empty,
  integer,
  numbers,
  productError,
  sameBits,
} from "./support.ts";

/** Waits until the workers are there, so that it is known how many threads compute. */
async function withThreads(threads: number, work: () => void): Promise<void> {
  useKernels("wasm", { threads });
  const x = new Float64Array(50_000), out = new Float64Array(50_000);
  do {
    wasmKernels.unary("exp", x, out); // big enough to start them
    await new Promise((resolve) => setTimeout(resolve, 5));
  } while (threadsAtWork() < threads);
  assertEquals(threadsAtWork(), threads);
  try {
    work();
  } finally {
    useKernels("wasm");
  }
}

for (const threads of [1, 2]) {
  Deno.test(`float64 products have the bits of the reference, whatever the shape, with ${threads} thread(s)`, () =>
    withThreads(threads, () => {
      const rng = new Rng(threads);
      for (let i = 0; i < 1500; i++) {
        const [m, k, n] = [anySize(rng, 200), anySize(rng, 600), anySize(rng, 100)];
        const sizes = anyForm(rng, m, k, n), strange = i % 3 === 0 ? 2 : 0;
        const a = numbers(rng, "float64", m * k, strange), b = numbers(rng, "float64", k * n, strange);
        const expected = empty("float64", m * n), got = numbers(rng, "float64", m * n);
        referenceKernels.matmul(a, b, expected, sizes);
        wasmKernels.matmul(a, b, got, sizes);
        assert(sameBits(got, expected), JSON.stringify(sizes));
      }
    }));

  Deno.test(`float32 products are within k roundings of the reference, with ${threads} thread(s)`, () =>
    withThreads(threads, () => {
      const rng = new Rng(10 + threads);
      for (let i = 0; i < 1500; i++) {
        const [m, k, n] = [anySize(rng, 200), anySize(rng, 600), anySize(rng, 100)];
        const sizes = anyForm(rng, m, k, n), strange = i % 3 === 0 ? 2 : 0;
        const a = numbers(rng, "float32", m * k).map(bounded),
          b = numbers(rng, "float32", k * n).map(bounded);
        for (const x of [a, b]) scatter(rng, x, strange);
        const expected = empty("float64", m * n),
          terms = empty("float64", m * n),
          got = numbers(rng, "float32", m * n);
        referenceKernels.matmul(a, b, expected, sizes);
        referenceKernels.matmul(absolute(a), absolute(b), terms, sizes);
        wasmKernels.matmul(a, b, got, sizes);
        assertLess(productError(got, expected, terms, k, 2 ** -24), 1, JSON.stringify(sizes));
      }
    }));
}

/** Within a range in which no product of float32 overflows. */
const bounded = (x: number) => Math.max(-1e3, Math.min(1e3, x));

/** Puts what passes through every sum here and there: NaN and infinities, zeros and denormals. */
function scatter(rng: Rng, x: Floats, perThousand: number): void {
  const choice = [NaN, Infinity, -Infinity, -0, 1e-42];
  for (let i = 0; i < x.length; i++) if (rng.random() * 1000 < perThousand) x[i] = choice[integer(rng, 5)];
}

Deno.test("float32 products have the same bits with one thread and with two", async () => {
  const rng = new Rng(5);
  const cases = Array.from({ length: 40 }, () => {
    const [m, k, n] = [1 + integer(rng, 300), 1 + integer(rng, 900), 1 + integer(rng, 200)];
    return {
      a: numbers(rng, "float32", m * k),
      b: numbers(rng, "float32", k * n),
      sizes: anyForm(rng, m, k, n),
    };
  });
  const run = () =>
    cases.map(({ a, b, sizes }) => {
      const out = empty("float32", sizes.m * sizes.n);
      wasmKernels.matmul(a, b, out, sizes);
      return out;
    });
  let alone: Floats[] = [], together: Floats[] = [];
  await withThreads(1, () => alone = run());
  await withThreads(2, () => together = run());
  assert(alone.every((out, i) => sameBits(out, together[i])));
});

Deno.test("a product that is larger than the workplace is done in panels, with the same bits", () => {
  const rng = new Rng(6);
  for (const transposeA of [false, true]) {
    const [m, k, n] = transposeA ? [40, 70_000, 3] : [70_000, 40, 3]; // 2.8 million numbers
    const a = numbers(rng, "float64", m * k), b = numbers(rng, "float64", k * n);
    const expected = empty("float64", m * n), got = empty("float64", m * n);
    referenceKernels.matmul(a, b, expected, { m, k, n, transposeA });
    wasmKernels.matmul(a, b, got, { m, k, n, transposeA });
    assert(sameBits(got, expected));
  }
});

Deno.test("memory grows when a product needs more, and results stay right before and after", () => {
  const rng = new Rng(7);
  for (const size of [70, 700, 70]) {
    const a = numbers(rng, "float64", size * size), b = numbers(rng, "float64", size * size);
    const expected = empty("float64", size * size), got = empty("float64", size * size);
    referenceKernels.matmul(a, b, expected, { m: size, k: size, n: size });
    wasmKernels.matmul(a, b, got, { m: size, k: size, n: size });
    assert(sameBits(got, expected));
  }
});

const ELEMENTARY: UnaryOperation[] = ["exp", "log", "log1p", "tanh", "sigmoid", "softplus"];
for (const operation of ELEMENTARY) {
  Deno.test(`${operation} has the bits of the reference on 200,000 numbers of every size, with one thread and two`, async () => {
    const rng = new Rng(8);
    const x = new Float64Array(200_000).map((_, i) => i % 3 === 0 ? rng.gaussian() * 10 : anyFloat64(rng) // the numbers of a network, and all there are
    );
    x.set([NaN, Infinity, -Infinity, 0, -0, 5e-324, -5e-324, 709.79, -745.2, 38.1, -38.1, -1, 1]);
    for (const dtype of DTYPES) {
      const input = dtype === "float64" ? x : Float32Array.from(x);
      const expected = empty(dtype, x.length);
      referenceKernels.unary(operation, input, expected);
      for (const threads of [1, 2]) {
        await withThreads(threads, () => {
          const got = empty(dtype, x.length);
          wasmKernels.unary(operation, input, got);
          assert(sameBits(got, expected), `${dtype}, ${threads} threads`);
        });
      }
    }
  });
}

/** Any 64 bits, as a number. */
function anyFloat64(rng: Rng): number {
  const bits = new Uint32Array(2).map(() => integer(rng, 2 ** 32));
  return new Float64Array(bits.buffer)[0];
}

Deno.test("functions of one number agree with the reference on short, odd and empty arrays", () => {
  const rng = new Rng(9);
  const all: UnaryOperation[] = [...ELEMENTARY, "negate", "abs", "sign", "sqrt", "relu"];
  for (let i = 0; i < 2000; i++) {
    const dtype = DTYPES[i % 2], operation = all[i % all.length];
    const x = numbers(rng, dtype, anySize(rng, 500), 50);
    const expected = empty(dtype, x.length), got = numbers(rng, dtype, x.length);
    referenceKernels.unary(operation, x, expected);
    wasmKernels.unary(operation, x, got);
    assert(sameBits(got, expected), operation);
  }
});

Deno.test("the built kernels are what their sources give: if not, run `deno task kernels`", async () => {
  const root = fromFileUrl(new URL("../..", import.meta.url));
  const [built, committed] = [await buildKernels(root), await Deno.readFile(join(root, KERNELS))];
  assertEquals(built.length, committed.length);
  assert(built.every((byte, i) => byte === committed[i]));
});

Deno.test("functions of two numbers have the bits of the reference, in one piece and with every kind of broadcasting", () => {
  const rng = new Rng(11);
  const shapes: [number[], number[]][] = [
    [[64, 128], [128]],
    [[128], [64, 128]],
    [[64, 131], [64, 1]],
    [[1], [67, 45]],
    [[2, 3000], [2, 1]],
    [[5, 1, 700], [1, 4, 700]],
    [[7, 4, 100], [7, 1, 100]],
    [[7, 40, 9], [40, 9]],
    [[3000, 1], [1, 3]],
    [[1, 1, 4097], [4097]],
    [[300, 10], [300, 10]],
  ];
  const operations: BinaryOperation[] = [
    ...["add", "subtract", "multiply", "divide", "power", "maximum", "minimum"] as const,
    ...["greater", "greaterEqual", "less", "lessEqual", "equal", "notEqual", "gate"] as const,
  ];
  for (let i = 0; i < 1500; i++) {
    const dtype = DTYPES[i % 2], operation = operations[i % operations.length];
    if (i % 3 === 0) {
      const size = anySize(rng, 9000);
      const a = numbers(rng, dtype, size, 100), b = i % 4 === 0 ? a : numbers(rng, dtype, size, 100);
      compare(operation, dtype, a, b, size, undefined);
      continue;
    }
    const [aShape, bShape] = shapes[i % shapes.length];
    const shape = broadcastShapes(aShape, bShape, operation);
    const plan = {
      shape,
      aStrides: broadcastStrides(aShape, shape),
      bStrides: broadcastStrides(bShape, shape),
    };
    const a = numbers(rng, dtype, sizeOf(aShape), 100), b = numbers(rng, dtype, sizeOf(bShape), 100);
    compare(operation, dtype, a, b, sizeOf(shape), plan);
  }
});

function compare(
  operation: BinaryOperation,
  dtype: DType,
  a: Floats,
  b: Floats,
  size: number,
  plan?: BroadcastPlan,
) {
  const expected = empty(dtype, size), got = numbers(new Rng(1), dtype, size);
  referenceKernels.binary(operation, a, b, expected, plan);
  wasmKernels.binary(operation, a, b, got, plan);
  assert(sameBits(got, expected), `${operation} ${dtype} ${JSON.stringify(plan)}`);
}

for (const threads of [1, 2]) {
  Deno.test(`squared distances have the bits of the reference, with ${threads} thread(s)`, () =>
    withThreads(threads, () => {
      const rng = new Rng(20 + threads);
      for (let i = 0; i < 600; i++) {
        const dtype = DTYPES[i % 2], size = anySize(rng, i % 10 === 0 ? 60_000 : 3000);
        const strange = i % 3 === 0 ? 2 : 0;
        const x = numbers(rng, dtype, size, strange), y = numbers(rng, dtype, size, strange);
        for (const other of [undefined, y, x]) {
          const [got, expected] = [wasmKernels, referenceKernels].map((kernels) =>
            kernels.squaredDistance(x, other)
          );
          assert(Object.is(got, expected), `${dtype} ${size}: ${got} and not ${expected}`);
        }
      }
    }));
}

Deno.test("a squared distance is the sum that it says it is", () => {
  assertEquals(referenceKernels.squaredDistance(Float32Array.of(1, 2, 3, 4, 5)), 55);
  assertEquals(referenceKernels.squaredDistance(Float64Array.of(1, 2), Float64Array.of(4, 6)), 25);
  assertEquals(referenceKernels.squaredDistance(new Float64Array(0)), 0);
});
