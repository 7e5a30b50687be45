// What must not happen to a program that computes with threads: that it hangs, or goes on with broken numbers.
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { KernelError, type KernelName, ones, Rng, tensor, useKernels } from "backprop";
import { runInThisContext } from "node:vm";
import { referenceKernels } from "../../lib/kernels/reference.ts";
import { wasmKernels } from "../../lib/kernels/wasm/wasm_kernels.ts";
import { empty, numbers, sameBits } from "./support.ts";

const SIZES = { m: 200, k: 300, n: 100 };
const rng = new Rng(1);
const a = numbers(rng, "float64", 200 * 300), b = numbers(rng, "float64", 300 * 100);
const expected = empty("float64", 200 * 100);
referenceKernels.matmul(a, b, expected, SIZES);

function productIsRight(): boolean {
  const got = empty("float64", expected.length);
  wasmKernels.matmul(a, b, got, SIZES);
  return sameBits(got, expected);
}

Deno.test("work that is stopped in the middle, again and again, leaves the next operation right", () => {
  useKernels("wasm", { threads: 2 });
  assert(productIsRight()); // Starts the workers: Deno itself breaks when it is stopped while it loads what they need.
  const work = () => {
    const out = empty("float64", expected.length);
    while (true) wasmKernels.matmul(a, b, out, SIZES);
  };
  Object.assign(globalThis, { workForEver: work });
  for (let i = 0; i < 20; i++) {
    // What a notebook's Stop does: the engine ends whatever runs.
    assertThrows(() => runInThisContext("workForEver()", { timeout: 5 + i }), Error, "timed out");
    assert(productIsRight());
  }
  useKernels("wasm");
});

Deno.test("a worker that does not return is given up after some seconds, and the work done without it", () => {
  // Another number of threads than before makes a new engine, whose memory is caught here.
  const { Memory } = WebAssembly;
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
  try {
    useKernels("wasm", { threads: 3 });
    assert(productIsRight());
    const control = new Int32Array(memories[0].buffer);
    Atomics.add(control, 1024 / 4 + 4, 1); // a worker that says it is busy, and is not there; see assembly/jobs.ts
    assert(productIsRight());
    assertEquals(memories.length, 2);
  } finally {
    WebAssembly.Memory = Memory;
    useKernels("wasm");
  }
});

/** Runs a program that multiplies two matrices, without a check of types, and gives what it wrote. */
async function run(
  permissions: string[],
  before = "",
): Promise<{ code: number; stdout: string; stderr: string }> {
  const door = import.meta.resolve("../../lib/mod.ts");
  const program = `${before}
    const { ones } = await import(${JSON.stringify(door)});
    const X = ones([100, 100], { dtype: "float32" });
    for (let i = 0; i < 50; i++) X.matmul(X);
    console.log(X.matmul(X).at(99, 99));`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const args = ["run", "--no-check", "--no-prompt", "--config", config, ...permissions, file];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("a program that computed with threads ends by itself", async () => {
  assertEquals(await run(["-A"]), { code: 0, stdout: "100\n", stderr: "" });
});

const FALLBACKS: [string, string[], string][] = [
  ["shared memory", ["-A"], "delete globalThis.SharedArrayBuffer;"],
  ["permission to read the built kernels", ["--allow-import"], ""],
];
for (const [what, permissions, before] of FALLBACKS) {
  Deno.test(`without ${what} the plain loops compute, and one line says so, not on stderr`, async () => {
    const { code, stdout, stderr } = await run(permissions, before);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(
      stdout,
      /^Computing with the plain loops, since the fast ones cannot be used \(.+\)\.\n100\n$/,
    );
  });
}

Deno.test("useKernels() refuses names and numbers of threads that do not exist, and changes nothing", () => {
  assertThrows(() => useKernels("cuda" as KernelName), KernelError, '"cuda"');
  for (const threads of [0, 1.5, NaN, -1]) {
    assertThrows(() => useKernels("reference", { threads }), RangeError, "positive integer");
  }
  assertEquals(useKernels("wasm"), "wasm");
});

Deno.test("tensors compute with the kernels that were chosen last", () => {
  const row = tensor([[16777216, ...Array(4095).fill(1)]], { dtype: "float32" }),
    column = ones([4096, 1], { dtype: "float32" });
  assertEquals(row.matmul(column).item(), 16777216); // sums in float32 stay there
  useKernels("reference");
  try {
    assertEquals(row.matmul(column).item(), 16777216 + 4096); // in float64 they do not (rounded to even)
  } finally {
    useKernels("wasm");
  }
});
