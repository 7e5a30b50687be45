// Pieces of a stretch of memory, and the arrays that live in them.
import { assert, assertEquals } from "@std/assert";
import { Rng, useKernels } from "backprop";
import { referenceKernels } from "../../lib/kernels/reference.ts";
import { Arena } from "../../lib/kernels/wasm/arena.ts";
import { wasmKernels } from "../../lib/kernels/wasm/wasm_kernels.ts";
import { anyForm, type DType, DTYPES, empty, integer, numbers, sameBits } from "./support.ts";

Deno.test("pieces of an arena never overlap, and what is given back is used again, to the last byte", () => {
  const [from, to] = [64, 64 + 64 * 500], rng = new Rng(1);
  const arena = new Arena(from, to);
  const taken: { at: number; bytes: number }[] = [];
  for (let i = 0; i < 5000; i++) {
    if (rng.random() < 0.55) {
      const bytes = 1 + integer(rng, 3000), at = arena.take(bytes);
      if (at === undefined) continue;
      assert(at >= from && at + bytes <= to && at % 64 === 0);
      for (const other of taken) assert(at + bytes <= other.at || other.at + other.bytes <= at);
      taken.push({ at, bytes });
    } else if (taken.length > 0) {
      const [{ at, bytes }] = taken.splice(integer(rng, taken.length), 1);
      arena.give(at, bytes);
    }
  }
  for (const { at, bytes } of taken) arena.give(at, bytes);
  assertEquals(arena.take(to - from), from); // one gap again
  assertEquals(arena.take(1), undefined);
});

/** An array like `x` that stays in the memory of the kernels. */
function staying(dtype: DType, size: number): Float64Array | Float32Array {
  const array = wasmKernels.resident!(dtype, size);
  assert(array !== undefined);
  return array;
}

for (const threads of [1, 2]) {
  for (const dtype of DTYPES) {
    Deno.test(`${dtype} products of arrays that stay, with ones that do not, have the same bits, ${threads} thread(s)`, () => {
      useKernels("wasm", { threads });
      const rng = new Rng(2);
      for (let i = 0; i < 60; i++) {
        const [m, k, n] = [64 + integer(rng, 90), 64 + integer(rng, 300), 64 + integer(rng, 90)];
        const sizes = anyForm(rng, m, k, n);
        const a = numbers(rng, dtype, m * k), b = numbers(rng, dtype, k * n), expected = empty(dtype, m * n);
        wasmKernels.matmul(a, b, expected, sizes);
        const [A, B, C] = [a, b, expected].map((x) =>
          integer(rng, 3) > 0 ? staying(dtype, x.length) : empty(dtype, x.length)
        );
        A.set(a), B.set(b), C.fill(NaN);
        wasmKernels.matmul(A, B, C, sizes);
        assert(sameBits(C, expected), JSON.stringify(sizes));
        assert(sameBits(A, a) && sameBits(B, b));
      }
      useKernels("wasm");
    });
  }
}

Deno.test("operations on arrays that stay write on nothing beside their result", () => {
  const rng = new Rng(3), size = 4099;
  const x = staying("float32", size), beside = staying("float32", 5000), y = staying("float32", size);
  x.set(numbers(rng, "float32", size)), y.set(numbers(rng, "float32", size)), beside.fill(7);
  const [before, out, expected] = [y.slice(), empty("float32", size), empty("float32", size)];
  wasmKernels.unary("exp", x, out);
  referenceKernels.unary("exp", x, expected);
  assert(sameBits(out, expected));
  wasmKernels.binary("gate", x, y, out);
  referenceKernels.binary("gate", x, y, expected);
  assert(sameBits(out, expected));
  assert(wasmKernels.optimizers!.step("sgd", [x, y, undefined], [0.1, 0, 1, 0, 0]));
  assert(beside.every((value) => value === 7));
  assert(sameBits(y, before));
});

Deno.test("the room of an array that stays is free when nobody sees it any more, not even through a part of it", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--v8-flags=--expose-gc", "tests/kernels/garbage.ts"],
    cwd: new URL("../..", import.meta.url),
  }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(code, 0);
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), {
    part: 3, // what was written through the array before it was lost
    room: true, // a hundred arrays that fill the room ten times over, one after the other
  });
});

Deno.test("all arrays that stay are of one kind to the engine that runs loops over them", () => {
  const keys = [staying("float32", 5000), new Float32Array(1)].map((array) =>
    Object.getOwnPropertyNames(array).filter((name) => Number.isNaN(Number(name)))
  );
  assertEquals(keys, [[], []]);
});

Deno.test("small arrays, and those for which there is no room, are ordinary ones", () => {
  assertEquals(wasmKernels.resident!("float64", 100), undefined);
  assertEquals(wasmKernels.resident!("float64", 1 << 30), undefined);
});
