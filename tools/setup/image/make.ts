import { basename, dirname, join } from "@std/path";
import { writeAtomically } from "../../shared/atomic.ts";
import { ProgressLine } from "../../shared/progress.ts";
import { OfflineError, PythonTooOldError, SetupError } from "../errors.ts";
import { explainDenoInstall } from "../npm_packages.ts";
import { ROOT } from "../paths.ts";
import { explainPip, requirementNames } from "../pip.ts";
import { run } from "../process.ts";
import { findPython } from "../python.ts";
import { exists, installedPackages, textHash } from "../stamp.ts";
import { type Dockerfile, readDockerfile } from "./dockerfile.ts";

/** The image as a folder of this machine. */
export interface Image {
  /** What is `/` in the image. */
  folder: string;
  /** What `.binder/Dockerfile` says. */
  dockerfile: Dockerfile;
  /** The project in it. */
  project: string;
  /** The environment of a user, whose `HOME` is still to be said. */
  env: Record<string, string>;
  /** The proxy that JupyterHub starts in front of the servers: a program for Node. */
  proxy: string;
}

/** Lists of packages for Python. */
const LISTS = [
  "tools/setup/requirements.txt",
  "tools/grading/assignments/requirements.txt",
  ".binder/requirements.txt",
];
/** If one of these changes, the image is made anew. */
const MADE_FROM = [
  ...LISTS,
  ".binder/Dockerfile",
  ".binder/install.sh",
  "deno.json",
  "deno.lock",
  "tools/setup/image/proxy/package-lock.json",
];

/** Describe the image of a repository, whether it is made or not. */
export async function describeImage(root = ROOT): Promise<Image> {
  const dockerfile = readDockerfile(await Deno.readTextFile(join(root, ".binder", "Dockerfile")));
  const folder = join(root, "build", "image");
  const project = join(folder, "opt", "backprop");
  // Each path of the image is one below the folder; PATH has those of this machine behind.
  const here = (value: string) => value.replace(/(^|:)(?=\/opt\/)/g, `$1${folder}`);
  const env = Object.fromEntries(Object.entries(dockerfile.env).map(([name, value]) => [name, here(value)]));
  env.PATH = env.PATH.replace("$PATH", Deno.env.get("PATH") ?? "");
  delete env.HOME;
  delete env.USER;
  const proxy = join(
    folder,
    "proxy",
    "node_modules",
    "configurable-http-proxy",
    "bin",
    "configurable-http-proxy",
  );
  return { folder, dockerfile, project, env, proxy };
}

/** What the image is made from, as one number. */
async function fingerprint(root: string): Promise<string> {
  const texts = await Promise.all(
    MADE_FROM.map((path) => Deno.readTextFile(join(root, path))),
  );
  return await textHash([join(root, ".venv"), ...texts].join("\n---\n"));
}

/** Whether the image is there, made from what the repository has now. */
export async function isMade(root = ROOT): Promise<boolean> {
  const made = await Deno.readTextFile(join(root, "build", "image", "made")).catch(() => "");
  return made !== "" && made === await fingerprint(root);
}

/**
 * Do on this machine what `.binder/Dockerfile` does, as far as one can without Docker: copy the project, run
 * `install.sh`; and install the proxy of a hub. Packages are fetched once; later calls copy the project only.
 *
 * @throws {OfflineError} If a package index cannot be reached
 * @throws {SetupError} If it fails for another reason
 */
export async function makeImage(root = ROOT): Promise<Image> {
  const image = await describeImage(root);
  const stamp = join(image.folder, "made"), wanted = await fingerprint(root);
  if (await Deno.readTextFile(stamp).catch(() => "") !== wanted) await removeAll(image.folder);
  else await Deno.remove(stamp);
  for (const { from, to } of image.dockerfile.copies) {
    for (const path of from) await copy(join(root, path), join(image.folder, to), to.endsWith("/"));
  }
  await install(root, image);
  await installProxy(root, image);
  await writeAtomically(stamp, wanted);
  return image;
}

async function install(root: string, { project }: Image): Promise<void> {
  const lists = await Promise.all(LISTS.map((path) => Deno.readTextFile(join(root, path))));
  const total = new Set(lists.flatMap(requirementNames)).size;
  const progress = new ProgressLine({ label: "Image for a class", total, unit: "packages" });
  const parent = Deno.env.toObject();
  const { executable, version } = await findPython(parent);
  if (/^3\.10\./.test(version)) {
    throw new PythonTooOldError(
      `The image needs Python 3.11 or newer; this is ${version}. BACKPROP_PYTHON=/path/to/python3 names another one.`,
    );
  }
  const count = () => progress.update(installedPackages(join(project, ".venv")).length);
  const timer = setInterval(count, 250);
  const { code, output } = await run("sh", {
    args: [join(project, ".binder", "install.sh")],
    env: { ...parent, BACKPROP_PYTHON: executable, NO_COLOR: "1" },
  }).finally(() => clearInterval(timer));
  count();
  progress.finish(code === 0 ? "" : "failed");
  if (code !== 0) throw explainImage(output, root);
}

/** The proxy runs on Node, as it does wherever there is a hub. */
async function installProxy(root: string, { folder, proxy }: Image): Promise<void> {
  if (exists(proxy)) return;
  const at = join(folder, "proxy");
  await Deno.mkdir(at, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) {
    await Deno.copyFile(join(root, "tools", "setup", "image", "proxy", name), join(at, name));
  }
  const args = ["ci", "--prefix", at, "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await run("npm", { args, env: Deno.env.toObject(), cwd: at }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return {
      code: 1,
      output: "There is no npm here. Install Node, whose version 20 or newer runs JupyterHub's proxy.",
    };
  });
  if (code !== 0) throw explainImage(output, root);
}

/** What the output of a failed installation means for a person. */
export function explainImage(output: string, root: string): SetupError {
  const explanations = [explainPip(output, root), explainDenoInstall(output, root)];
  const offline = explanations.find((error) => error instanceof OfflineError);
  if (offline) return offline;
  if (/npm error code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT)|network/i.test(output)) {
    return new OfflineError(
      "npm could not reach its registry. Connect to the internet and run the same command again.",
    );
  }
  return new SetupError(
    `The image could not be made. This was said last:\n${output.split("\n").slice(-15).join("\n")}`,
  );
}

/** Copy a file or a folder, as `COPY` does: a folder's content, a file under its name if the place ends in a slash. */
async function copy(from: string, to: string, isFolder: boolean): Promise<void> {
  if ((await Deno.stat(from)).isFile) {
    const place = isFolder ? join(to, basename(from)) : to;
    await Deno.mkdir(dirname(place), { recursive: true });
    return await Deno.copyFile(from, place);
  }
  await removeAll(to);
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    if (name !== "__pycache__" && name !== ".ipynb_checkpoints") {
      await copy(join(from, name), join(to, name), false);
    }
  }
}

async function removeAll(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
