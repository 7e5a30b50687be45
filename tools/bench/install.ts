// Installs what the benchmark compares with, into build/bench: set-up and the course need none of it.
import { join } from "@std/path";
import { downloadMnist } from "../build/download_mnist.ts";
import { ROOT } from "../setup/paths.ts";
import { run, tail } from "../setup/process.ts";
import { findPython } from "../setup/python.ts";

/** Where they are. */
export interface Peers {
  /** The Python that has PyTorch and NumPy; `undefined` if it could not be installed. */
  python: string | undefined;
  /** The folder of node_modules with TensorFlow.js; `undefined` without Node. */
  npm: string | undefined;
  /** Whether the full MNIST is in build/mnist. */
  mnist: boolean;
  /** A folder for temporary files. */
  scratch: string;
  /** Why one is missing, a sentence each. */
  missing: string[];
}

const FOLDER = join(ROOT, "build", "bench");
const HERE = join(ROOT, "tools", "bench");

/** Install what is not there yet; what cannot be installed is left out, with a sentence. */
export async function installPeers(say: (line: string) => void): Promise<Peers> {
  const scratch = join(FOLDER, "tmp");
  await Deno.mkdir(scratch, { recursive: true });
  const missing: string[] = [];
  const attempt = async (what: string, install: () => Promise<string>) => {
    try {
      return await install();
    } catch (error) {
      missing.push(`${what} could not be installed: ${(error as Error).message}`);
      return undefined;
    }
  };
  const python = await attempt("PyTorch and NumPy", () => installPython(say));
  const npm = await attempt("TensorFlow.js", () => installNpm(say));
  const mnist = await attempt("The full MNIST", () => installMnist(say)) !== undefined;
  return { python, npm, mnist, scratch, missing };
}

/** Its list is copied beside what was installed from it, and compared the next time. */
async function isInstalled(list: string, copy: string): Promise<boolean> {
  const read = (path: string) => Deno.readTextFile(path).catch(() => undefined);
  return await read(list) === await read(copy);
}

async function installPython(say: (line: string) => void): Promise<string> {
  const venv = join(FOLDER, "venv"),
    list = join(HERE, "requirements.txt"),
    copy = join(venv, "requirements.txt");
  const python = Deno.build.os === "windows"
    ? join(venv, "Scripts", "python.exe")
    : join(venv, "bin", "python");
  if (await isInstalled(list, copy)) return python;
  say("Installing PyTorch and NumPy into build/bench/venv (once; some hundred MB) …");
  const { executable } = await findPython(Deno.env.toObject());
  await command(executable, ["-m", "venv", venv]);
  await command(python, ["-m", "pip", "install", "--quiet", "--requirement", list]);
  await Deno.copyFile(list, copy);
  return python;
}

async function installNpm(say: (line: string) => void): Promise<string> {
  const folder = join(FOLDER, "npm"),
    list = join(HERE, "npm_packages.json"),
    copy = join(folder, "installed.json");
  if (await isInstalled(list, copy)) return folder;
  say("Installing TensorFlow.js into build/bench/npm (once; 300 MB) …");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.copyFile(list, join(folder, "package.json"));
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  await command(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"]);
  await Deno.copyFile(list, copy);
  return folder;
}

async function installMnist(say: (line: string) => void): Promise<string> {
  const directory = join(ROOT, "build", "mnist");
  await downloadMnist({ directory, say });
  return directory;
}

async function command(program: string, args: string[]): Promise<void> {
  const { code, output } = await run(program, { args, env: Deno.env.toObject(), cwd: ROOT });
  if (code !== 0) throw new Error(tail(output));
}
