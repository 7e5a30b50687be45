/**
 * Builds the fast kernels: compiles the AssemblyScript of `lib/kernels/wasm/assembly/` to `lib/kernels/wasm/kernels.wasm`,
 * which is committed. Nobody who uses the library needs a compiler that way.
 *
 * `deno task kernels`
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { buildKernels, KERNELS } from "./assemble.ts";

const HELP = `Compile the fast kernels anew, after a change to lib/kernels/wasm/assembly/.

  deno task kernels

  --help   Show this

Writes ${KERNELS}, which is committed.`;

if (import.meta.main) {
  readArguments({ task: "kernels", help: HELP });
  const root = fromFileUrl(new URL("../..", import.meta.url));
  const bytes = await buildKernels(root);
  await Deno.writeFile(join(root, KERNELS), bytes);
  console.log(`${KERNELS}  ${(bytes.length / 1000).toFixed(1)} kB`);
}
