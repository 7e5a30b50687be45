/**
 * Hold the notebook kernel against Jupyter's protocol: `deno task conformance`. Needs the network once, for the tests,
 * which go to `build/conformance`, and Python 3.11 or newer.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { run, tail } from "./setup/process.ts";
import { ensureSetup, reportSetupError } from "./setup.ts";

const FOLDER = fromFileUrl(new URL("./conformance", import.meta.url));

async function main(): Promise<number> {
  const { root, python, env } = await ensureSetup({ task: "conformance" });
  const packages = join(root, "build", "conformance", "packages");
  const requirements = join(FOLDER, "requirements.txt");
  const installed = join(packages, "requirements.txt");
  const wanted = await Deno.readTextFile(requirements);
  if (await Deno.readTextFile(installed).catch(() => "") !== wanted) {
    await Deno.remove(packages, { recursive: true }).catch(() => {});
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-deps",
      "--target",
      packages,
      "--requirement",
      requirements,
    ];
    const { code, output } = await run(python, { args: pip, env });
    if (code !== 0) {
      console.error(`The tests could not be installed. pip said:\n${tail(output)}`);
      return 1;
    }
    await Deno.writeTextFile(installed, wanted);
  }
  const tests = new Deno.Command(python, {
    args: [join(FOLDER, "protocol.py")],
    env: { ...env, PYTHONPATH: packages },
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
