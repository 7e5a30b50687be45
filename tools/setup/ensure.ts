import { checkDenoVersion } from "./deno_version.ts";
import { explainDiskFull } from "./errors.ts";
import { writeKernelspec } from "./kernelspec.ts";
import { writeLabSettings } from "./lab_settings.ts";
import { withLock } from "./lock.ts";
import { cacheNpmPackages } from "./npm_packages.ts";
import { childEnvironment, type Places, places, ROOT } from "./paths.ts";
import { makeVenv } from "./pip.ts";
import { findPython } from "./python.ts";
import { look, type Stamp, textHash, type Wanted, type Work, workToDo } from "./stamp.ts";
import { writeAtomically } from "../shared/atomic.ts";

/** Settings of {@link ensureSetup}; none is needed. */
export interface SetupOptions {
  /** The repository. */
  root?: string;
  /** The caller's environment. */
  env?: Record<string, string>;
  /** The task that a person typed, for advice in errors. */
  task?: string;
  /** Where a sentence goes that a person should read. */
  say?: (line: string) => void;
}

/** What the runner, the tests and the lab need to start Jupyter. */
export interface Environment {
  /** The repository. */
  root: string;
  /** Python of the virtual environment. */
  python: string;
  /** The Deno that runs this, and the kernels. */
  deno: string;
  /** The whole environment for child processes: Jupyter's folders are inside `.venv`. */
  env: Record<string, string>;
  /** What this call had to do. */
  work: Work;
}

/**
 * Make `.venv` with Jupyter and the Deno kernel in it and fetch the npm packages, as far as that is not done yet.
 *
 * A second call costs a few hundredths of a second. What was cut off halfway, lacks packages, or belongs to another
 * Python or an older requirements file is made anew. Several processes may call it at once: one works, the others wait.
 *
 * @throws {SetupError} If something is missing on this machine; the message says what and how to get it
 *
 * @example
 * ```ts ignore
 * import { ensureSetup } from "./ensure.ts";
 *
 * const { python, env } = await ensureSetup();
 * new Deno.Command(python, { args: ["-m", "jupyter", "--version"], env, clearEnv: true }).spawn();
 * ```
 */
export async function ensureSetup(options: SetupOptions = {}): Promise<Environment> {
  const parent = options.env ?? Deno.env.toObject();
  const say = options.say ?? console.log;
  const allowAny = parent.BACKPROP_ANY_DENO === "1";
  const notice = checkDenoVersion(Deno.version.deno, { task: options.task, allowAny });
  if (notice) say(notice);

  const at = places(options.root ?? ROOT);
  const env = childEnvironment(at, parent);
  const deno = Deno.execPath();
  try {
    const wanted = {
      venv: at.venv,
      requirements: await textHash(await Deno.readTextFile(at.requirements)),
      deno: { path: deno, version: Deno.version.deno },
    };
    let work = workToDo(look(at), wanted);
    if (work !== "nothing") {
      const onWait = () => say("Another set-up is at work in this folder; waiting for it to end.");
      work = await withLock(at.lock, onWait, () => makeWhatIsMissing(at, wanted, env, parent));
    }
    await cacheNpmPackages(at, deno, env);
    return { root: at.root, python: at.python, deno, env, work };
  } catch (error) {
    throw explainDiskFull(error, at.root);
  }
}

/** To be called by one process at a time; looks again, as the one before may have done it all. */
async function makeWhatIsMissing(
  at: Places,
  wanted: Wanted,
  env: Record<string, string>,
  parent: Record<string, string>,
): Promise<Work> {
  const found = look(at);
  const work = workToDo(found, wanted);
  if (work === "nothing") return work;
  let stamp: Stamp;
  if (work === "kernelspec") {
    stamp = { ...found.stamp!, deno: wanted.deno };
  } else {
    const python = await findPython(parent);
    // The stamp goes first: from here on, a set-up that is cut off leaves none and is begun again.
    for (const path of [at.stamp, at.venv]) await removeAll(path);
    const packages = await makeVenv(at, python, env);
    await writeLabSettings(at);
    stamp = { ...wanted, python: python.version, packages };
  }
  await writeKernelspec(at, wanted.deno.path);
  await writeAtomically(at.stamp, JSON.stringify(stamp, null, 2) + "\n");
  return work;
}

async function removeAll(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
