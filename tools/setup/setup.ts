/**
 * Make `.venv` with Jupyter and the Deno kernel in it: `deno task setup`. The other tasks call the same function, so
 * nobody has to.
 *
 * @module
 */
import { readArguments } from "../shared/arguments.ts";
import { ensureSetup } from "./ensure.ts";
import { reportSetupError } from "./report.ts";

export { ensureSetup, type Environment, type SetupOptions } from "./ensure.ts";
export { SetupError } from "./errors.ts";
export { reportSetupError } from "./report.ts";

const HELP =
  `Make .venv with Jupyter and the Deno kernel in it, or repair it. The other tasks do this by themselves.

  deno task setup

  --help   Show this

The first time takes about a minute and the network; afterwards neither. Deleting .venv is always safe.`;

if (import.meta.main) {
  readArguments({ task: "setup", help: HELP });
  try {
    const { work } = await ensureSetup({ task: "setup" });
    const news = { nothing: "was there already", kernelspec: "starts this Deno now", everything: "is ready" };
    console.log(`Jupyter and the Deno kernel: .venv ${news[work]}. Next: deno task lab.`);
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
