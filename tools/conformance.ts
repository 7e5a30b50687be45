/**
 * Hold the notebook kernel against Jupyter's protocol: `deno task conformance`. Needs the network once, for the tests,
 * which go to `build/conformance`, and Python 3.11 or newer.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { ensureExtraPackages } from "./setup/extra_packages.ts";
import { ensureSetup, reportSetupError } from "./setup.ts";

const FOLDER = fromFileUrl(new URL("./conformance", import.meta.url));

async function main(): Promise<number> {
  const environment = await ensureSetup({ task: "conformance" });
  const { root, python } = environment;
  const env = await ensureExtraPackages(environment, {
    label: "the tests of jupyter-kernel-test",
    requirements: join(FOLDER, "requirements.txt"),
    folder: join(root, "build", "conformance", "packages"),
    python: [3, 11],
  });
  const tests = new Deno.Command(python, {
    args: [join(FOLDER, "protocol.py")],
    env,
    clearEnv: true,
    cwd: root,
  }).spawn();
  return (await tests.status).code;
}

if (import.meta.main) {
  try {
    Deno.exit(await main());
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
