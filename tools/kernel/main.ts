/**
 * The notebook kernel: `deno run -A tools/kernel/main.ts CONNECTION_FILE`. Jupyter starts it, from the kernelspec that
 * set-up writes.
 *
 * @module
 */
import { readConnection } from "./connection.ts";
import { KernelError } from "./errors.ts";
import { log } from "./log.ts";
import { Kernel } from "./kernel.ts";
import { watchParent } from "./parent.ts";

if (import.meta.main) {
  try {
    const [file] = Deno.args;
    if (!file) throw new KernelError("The kernel is started by Jupyter, with the path of a connection file.");
    const kernel = new Kernel(await readConnection(file));
    Deno.addSignalListener("SIGINT", () => kernel.stop());
    if (Deno.build.os !== "windows") {
      for (const signal of ["SIGTERM", "SIGHUP"] as const) {
        Deno.addSignalListener(signal, () => kernel.shutdown());
      }
    }
    watchParent(() => kernel.shutdown());
    Deno.exit(await kernel.ended);
  } catch (error) {
    log(error instanceof KernelError ? error.message : String((error as Error)?.stack ?? error));
    Deno.exit(1);
  }
}
