/**
 * The notebook kernel: `deno run -A tools/kernel/main.ts CONNECTION_FILE`. Jupyter starts it, from the kernelspec that
 * set-up writes.
 *
 * @module
 */
import { readConnection } from "./connection.ts";
import { KernelError } from "./errors.ts";
import { log } from "./log.ts";
import { watchParent } from "./parent.ts";

/** Its packages are in Deno's cache since set-up, unless that was emptied. */
async function loadKernel(): Promise<typeof import("./kernel.ts")> {
  try {
    return await import("./kernel.ts");
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new KernelError(
      `A package of the kernel is not in Deno's cache, and could not be fetched: ${
        (error as Error).message
      } ` +
        "Connect to the internet and run `deno task setup` in the folder of the course.",
    );
  }
}

if (import.meta.main) {
  try {
    const [file] = Deno.args;
    if (!file) throw new KernelError("The kernel is started by Jupyter, with the path of a connection file.");
    const { Kernel } = await loadKernel();
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
