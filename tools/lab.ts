/**
 * Open JupyterLab on `notebooks/` with the Deno kernel ready: `deno task lab`. Further arguments go to JupyterLab.
 *
 * @module
 */
import { labArguments } from "./lab/arguments.ts";
import { ensureSetup, reportSetupError } from "./setup.ts";

if (import.meta.main) {
  try {
    const { root, python, env } = await ensureSetup({ task: "lab" });
    console.log("JupyterLab opens in your browser. To end it, press Ctrl-C here, twice.");
    const lab = new Deno.Command(python, {
      args: labArguments(root, Deno.args, Deno.build.os === "windows" ? undefined : Deno.uid()),
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
