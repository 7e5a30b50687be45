import { join } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import type { Places } from "./paths.ts";

/** What JupyterLab starts with here; a person's own choices, kept in `.venv/jupyter`, go before these. */
export const LAB_SETTINGS = {
  // No pop-up asks for news or offers an update: the versions are pinned, and a classroom may be offline.
  "@jupyterlab/apputils-extension:notification": {
    fetchNews: "false",
    checkForUpdates: false,
    doNotDisturbMode: false,
  },
  // Follow the computer's light or dark mode.
  "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
};

/** Write them where the JupyterLab in `.venv` looks. */
export async function writeLabSettings(at: Places): Promise<void> {
  const folder = join(at.venv, "share", "jupyter", "lab", "settings");
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(join(folder, "overrides.json"), JSON.stringify(LAB_SETTINGS, null, 2) + "\n");
}
