import { join } from "@std/path";
import { ProgressLine } from "../shared/progress.ts";
import type { Environment } from "./ensure.ts";
import { explainDiskFull, PythonTooOldError } from "./errors.ts";
import { withLock } from "./lock.ts";
import { places } from "./paths.ts";
import { explainPip, InstallCounter, packageName } from "./pip.ts";
import { run } from "./process.ts";
import { installedPackages } from "./stamp.ts";

/** Packages that only some tasks need. */
export interface ExtraPackages {
  /** What they are, for a progress line: `nbgrader`. */
  label: string;
  /** The list of them, absolute; it names every one, so that pip looks for no more. */
  requirements: string;
  /** Where they go: a folder in `build/`, absolute. */
  folder: string;
  /** The oldest Python that they run on, if it is newer than that of set-up: `[3, 11]`. */
  python?: [major: number, minor: number];
}

/**
 * Install packages beside `.venv`, for tasks that need more than set-up brings; once, unless the list changes.
 *
 * @returns The environment in which Python finds them, for child processes
 * @throws {SetupError} If there is no network, no room, or too old a Python
 */
export async function ensureExtraPackages(
  environment: Environment,
  packages: ExtraPackages,
): Promise<Record<string, string>> {
  const env = withPackages(environment.env, packages.folder);
  const wanted = await Deno.readTextFile(packages.requirements);
  if (areAmong(installedPackages(places(environment.root).venv), wanted)) return environment.env;
  // Its list is copied beside what was installed from it, as the last thing.
  const isThere = async () =>
    await Deno.readTextFile(join(packages.folder, "requirements.txt")).catch(() => "") === wanted;
  if (await isThere()) return env;
  await refuseOldPython(environment, packages);
  const onWait = () => console.log(`Another program installs ${packages.label}; waiting for it to end.`);
  await withLock(`${packages.folder}.lock`, onWait, async () => {
    if (await isThere()) return;
    try {
      await install(environment, packages, wanted);
    } catch (error) {
      throw explainDiskFull(error, packages.folder);
    }
  });
  return env;
}

/**
 * Whether all packages of a list are installed in these very versions; in the image for a class, `.venv` has them.
 *
 * @param distInfos The names of `*.dist-info` folders
 */
export function areAmong(distInfos: string[], requirements: string): boolean {
  const pin = (text: string, version?: string) => `${packageName(text)}==${version}`;
  const found = new Set(distInfos.map((name) => pin(name, /-(\d[^-]*)\.dist-info$/.exec(name)?.[1])));
  const lines = requirements.split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  return lines.every((line) => found.has(pin(line, /==([^ ;]+)/.exec(line)?.[1])));
}

/** What Python must be told to find the packages, and programs to find theirs: nbgrader calls `alembic` by its name. */
function withPackages(env: Record<string, string>, folder: string): Record<string, string> {
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = [join(folder, "bin"), env[pathName]].join(Deno.build.os === "windows" ? ";" : ":");
  return { ...env, PYTHONPATH: folder, [pathName]: path };
}

async function refuseOldPython({ python, env }: Environment, packages: ExtraPackages): Promise<void> {
  if (!packages.python) return;
  const program = "import sys; print('.'.join(map(str, sys.version_info[:2])))";
  const { output } = await run(python, { args: ["-c", program], env });
  const [major, minor] = output.trim().split(".").map(Number);
  const [wantedMajor, wantedMinor] = packages.python;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new PythonTooOldError(
    `${packages.label} needs Python ${wantedMajor}.${wantedMinor} or newer; .venv was made with ${output.trim()}. ` +
      "Install a newer one (https://www.python.org/downloads/), delete .venv, and run the same command again; " +
      "BACKPROP_PYTHON=/path/to/python3 names one that is not on the PATH.",
  );
}

async function install(
  { root, python, env }: Environment,
  { label, requirements, folder }: ExtraPackages,
  wanted: string,
): Promise<void> {
  const counter = new InstallCounter(wanted);
  const progress = new ProgressLine({ label: `Installing ${label}`, total: counter.total, unit: "packages" });
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  const options = ["--no-input", "--progress-bar", "off", "--no-deps", "--target", folder];
  const { code, output } = await run(python, {
    args: ["-m", "pip", "install", ...options, "--requirement", requirements],
    env,
    cwd: root,
    onLine: (line) => {
      const phase = counter.hear(line);
      if (phase) progress.update(counter.done([]), phase);
    },
  });
  if (code === 0) progress.update(counter.total);
  progress.finish(code === 0 ? "" : "failed");
  if (code !== 0) throw explainPip(output, folder);
  await Deno.writeTextFile(join(folder, "requirements.txt"), wanted);
}
