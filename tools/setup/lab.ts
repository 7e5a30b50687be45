/**
 * Open JupyterLab on a learner's own copies, with the Deno kernel ready: `deno task lab`. Further arguments go to JupyterLab.
 *
 * @module
 */
import { asksForHelp, withoutDashes } from "../shared/arguments.ts";
import { join } from "@std/path";
import { hasSolutions } from "../learner/folder.ts";
import { makeWork, WORK } from "../learner/work.ts";
import { openLabs } from "./open_labs.ts";
import { labArguments } from "./lab_arguments.ts";
import { ensureSetup, reportSetupError } from "./setup.ts";

const HELP =
  `Open JupyterLab in your browser, on your own copies of the notebooks in work/, with the kernel ready.

  deno task lab [--author] [options of JupyterLab]

  --author       Open the author's notebooks, with all solutions, and save into them
  --no-browser   Only print its address
  --port=N       Listen there rather than at 8888
  --help         Show this; --help-all shows what else JupyterLab understands

Ctrl-C, twice, ends it.`;

/** Where a person works: in `work/`, unless they are the author, or the notebooks were made for a learner already. */
async function folderFor(root: string, isAuthor: boolean): Promise<string> {
  const notebooks = join(root, "notebooks");
  if (isAuthor || !await hasSolutions(notebooks)) return notebooks;
  await makeWork(root);
  return join(root, WORK);
}

if (import.meta.main) {
  const args = withoutDashes(Deno.args);
  if (asksForHelp(args)) {
    console.log(HELP);
    Deno.exit(0);
  }
  try {
    const { root, python, env } = await ensureSetup({ task: "lab" });
    const folder = await folderFor(root, args.includes("--author"));
    for (const address of await openLabs(env.JUPYTER_RUNTIME_DIR, folder)) {
      console.log(
        `A JupyterLab is open on this folder already, at ${address}. Do not work on a notebook in both: the one that ` +
          "saves last would overwrite the other.",
      );
    }
    console.log("JupyterLab opens in your browser. To end it, press Ctrl-C here, twice.");
    const lab = new Deno.Command(python, {
      args: labArguments(
        root,
        folder,
        args.filter((one) => one !== "--author"),
        Deno.build.os === "windows" ? undefined : Deno.uid(),
      ),
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
