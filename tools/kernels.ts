/**
 * Builds the fast kernels: compiles the AssemblyScript of `lib/kernels/wasm/assembly/` to `lib/kernels/wasm/kernels.wasm`,
 * which is committed. Nobody who uses the library needs a compiler that way.
 *
 * `deno task kernels`
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { buildKernels, KERNELS } from "./kernels/build.ts";

if (import.meta.main) {
  const root = fromFileUrl(new URL("..", import.meta.url));
  const bytes = await buildKernels(root);
  await Deno.writeFile(join(root, KERNELS), bytes);
  console.log(`${KERNELS}  ${(bytes.length / 1000).toFixed(1)} kB`);
}
