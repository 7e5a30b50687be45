/**
 * Open JupyterLab on `notebooks/` with the Deno kernel ready: `deno task lab`. Further arguments go to JupyterLab.
 *
 * @module
 */
import { asksForHelp, withoutDashes } from "../shared/arguments.ts";
import { labArguments } from "./lab_arguments.ts";
import { ensureSetup, reportSetupError } from "./setup.ts";

const HELP = `Open JupyterLab in your browser, on notebooks/, with the kernel ready.

  deno task lab [options of JupyterLab]

  --no-browser   Only print its address
  --port=N       Listen there rather than at 8888
  --help         Show this; --help-all shows what else JupyterLab understands

Ctrl-C, twice, ends it.`;

if (import.meta.main) {
  const args = withoutDashes(Deno.args);
  if (asksForHelp(args)) {
    console.log(HELP);
    Deno.exit(0);
  }
  try {
    const { root, python, env } = await ensureSetup({ task: "lab" });
    console.log("JupyterLab opens in your browser. To end it, press Ctrl-C here, twice.");
    const lab = new Deno.Command(python, {
      args: labArguments(root, args, Deno.build.os === "windows" ? undefined : Deno.uid()),
      env,
      clearEnv: true,
      cwd: root,
    }).spawn();
    // Ctrl-C reaches JupyterLab by itself, which asks whether it is meant; we wait for the answer.
    Deno.addSignalListener("SIGINT", () => {});
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => lab.kill("SIGTERM"));
    Deno.exit((await lab.status).code);
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
