import { join } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import type { Environment } from "./ensure.ts";

/**
 * The same environment with Deno's own kernel in the place of ours, as people have it who never ran our set-up.
 *
 * Jupyter looks for kernels first where `JUPYTER_PATH` says, so nothing else changes.
 */
export async function withStockKernel(environment: Environment): Promise<Environment> {
  const { root, deno, env } = environment;
  const folder = join(root, ".venv", "stock");
  await Deno.mkdir(join(folder, "kernels", "deno"), { recursive: true });
  // What `deno jupyter --install` writes.
  const spec = {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  };
  await writeAtomically(join(folder, "kernels", "deno", "kernel.json"), JSON.stringify(spec, null, 2) + "\n");
  return { ...environment, env: { ...env, JUPYTER_PATH: folder } };
}
