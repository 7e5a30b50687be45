/**
 * Make `.venv` with Jupyter and the Deno kernel in it: `deno task setup`. The other tasks call the same function, so
 * nobody has to.
 *
 * @module
 */
import { ensureSetup } from "./setup/ensure.ts";
import { reportSetupError } from "./setup/report.ts";

export { ensureSetup, type Environment, type SetupOptions } from "./setup/ensure.ts";
export { SetupError } from "./setup/errors.ts";
export { reportSetupError } from "./setup/report.ts";

if (import.meta.main) {
  try {
    const { work } = await ensureSetup({ task: "setup" });
    const news = { nothing: "was there already", kernelspec: "starts this Deno now", everything: "is ready" };
    console.log(`Jupyter and the Deno kernel: .venv ${news[work]}. Next: deno task lab.`);
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
