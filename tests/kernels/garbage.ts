// A program of arena_test.ts; run with --expose-gc.
import { wasmKernels } from "../../lib/kernels/wasm/wasm_kernels.ts";

const { gc } = globalThis as unknown as { gc(): void };
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

function partOfLost(): Float64Array | Float32Array {
  const array = wasmKernels.resident!("float64", 5000)!;
  array[10] = 3;
  return array.subarray(10, 20);
}

const part = partOfLost();
let room = true;
for (let i = 0; i < 100; i++) {
  const array = wasmKernels.resident!("float64", 1_700_000); // 13.6 MB of 128
  if (array === undefined) room = false;
  array?.fill(i + 100);
  gc();
  await turn();
}
console.log(JSON.stringify({ part: part[0], room }));
