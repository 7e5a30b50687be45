import { join } from "@std/path";
import { writeAtomically } from "../atomic.ts";
import type { Places } from "./paths.ts";

/**
 * What Jupyter needs to know to start the Deno kernel.
 *
 * Stop is sent as a message, because the kernel dies of the usual signal. Results come without colour codes, which
 * pages and tests would have to take out again.
 *
 * @param deno Full path of the Deno to start
 */
export function kernelspec(deno: string): Record<string, unknown> {
  return {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  };
}

/** Tell the Jupyter in `.venv` of the kernel. */
export async function writeKernelspec(at: Places, deno: string): Promise<void> {
  await Deno.mkdir(at.kernelspec, { recursive: true });
  await writeAtomically(join(at.kernelspec, "kernel.json"), JSON.stringify(kernelspec(deno), null, 2) + "\n");
}
