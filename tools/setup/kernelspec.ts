import { join } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import type { Places } from "./paths.ts";

/**
 * What Jupyter needs to know to start the kernel of `tools/kernel/`, which has Deno's own behind it.
 *
 * Stop is sent as a message; the usual signal would do as well. Results come without colour codes, which pages and tests
 * would have to take out again.
 *
 * @param at The repository that the kernel is in
 * @param deno Full path of the Deno to start
 */
export function kernelspec(at: Places, deno: string): Record<string, unknown> {
  const [config, main] = [join(at.root, "deno.json"), join(at.root, "tools", "kernel", "main.ts")];
  return {
    // The notebook may lie anywhere, so the configuration is named.
    argv: [deno, "run", "-A", "--no-lock", "--config", config, main, "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  };
}

/** Tell the Jupyter in `.venv` of the kernel. */
export async function writeKernelspec(at: Places, deno: string): Promise<void> {
  await Deno.mkdir(at.kernelspec, { recursive: true });
  await writeAtomically(join(at.kernelspec, "kernel.json"), kernelspecText(at, deno));
}

/** Whether Jupyter knows of this very kernel: an older set-up may have told it of another. */
export function hasKernelspec(at: Places, deno: string): boolean {
  try {
    return Deno.readTextFileSync(join(at.kernelspec, "kernel.json")) === kernelspecText(at, deno);
  } catch {
    return false;
  }
}

function kernelspecText(at: Places, deno: string): string {
  return JSON.stringify(kernelspec(at, deno), null, 2) + "\n";
}
