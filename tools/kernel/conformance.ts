/**
 * Hold the notebook kernel against Jupyter's protocol: `deno task conformance`. Needs the network once, for the tests,
 * which go to `build/conformance`, and Python 3.11 or newer.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { ensureExtraPackages } from "../setup/extra_packages.ts";
import { ensureSetup, reportSetupError } from "../setup/setup.ts";

const FOLDER = fromFileUrl(new URL("./conformance", import.meta.url));

const HELP = `Hold the notebook kernel against Jupyter's protocol, with the tests of jupyter-kernel-test.

  deno task conformance

  --help   Show this

Needs Python 3.11 or newer and, the first time, the network: the tests go to build/conformance.
Exits with 1 if one fails.`;

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
  readArguments({ task: "conformance", help: HELP });
  try {
    Deno.exit(await main());
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
