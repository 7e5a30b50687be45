/**
 * Downloads the full MNIST to `build/mnist`: `deno task download`. Run it with `--help`.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { understand } from "./arguments.ts";
import { filesOf, FULL_MNIST } from "../lib/data/mnist_files.ts";
import { downloadFiles } from "./mnist/download.ts";
import { DownloadError } from "./mnist/errors.ts";
import { mirror, publicSources, type Source } from "./mnist/sources.ts";

const DIRECTORY = fromFileUrl(new URL("../build/mnist/", import.meta.url));

/** The text of `--help`. */
export function help(): string {
  const sources = publicSources().map(({ name, description }) =>
    `                     ${name.padEnd(6)} ${description}`
  );
  return `Downloads the four files of MNIST (11 MB) and verifies the SHA-256 of their contents.

Usage: deno task download [options]

  --source <name>  Where from: a name below, or the address of a folder with the four files.
                   May be given several times; sources are tried in order. Default: all, in this order.
${sources.join("\n")}
  --to <folder>    Where to; build/mnist unless said.
  --force          Fetch also what is already there. The old files stay until the new ones are verified.
  --help           This text.

A download that is cut off goes on where it was when you run this again. Behind a proxy, set HTTPS_PROXY.`;
}

/**
 * The sources that a person named.
 *
 * @throws {RangeError} If a name is neither a source nor an address
 */
export function chooseSources(names: readonly string[]): Source[] {
  const known = publicSources();
  if (names.length === 0) return known;
  return names.map((name) => {
    const source = known.find((candidate) => candidate.name === name);
    if (source) return source;
    if (/^https?:\/\//.test(name) && URL.canParse(name)) {
      return mirror(new URL(name).host.replaceAll(":", "_"), name);
    }
    const list = known.map((candidate) => candidate.name).join(", ");
    throw new RangeError(`There is no source "${name}"; choose from ${list}, or give an address (http://…).`);
  });
}

/** Runs the program; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const options = {
    source: { type: "string", multiple: true },
    to: { type: "string" },
    force: { type: "boolean" },
  } as const;
  const understood = understand(args, { task: "download", help: help(), options });
  if ("text" in understood) {
    (understood.code === 0 ? console.log : console.error)(understood.text);
    return understood.code;
  }
  const { source = [], to = DIRECTORY, force } = understood.values;
  try {
    await downloadFiles({
      files: filesOf(FULL_MNIST),
      sources: chooseSources(source),
      directory: to,
      force,
    });
    console.log(`MNIST is complete in ${to}`);
    return 0;
  } catch (error) {
    if (error instanceof DownloadError) {
      console.error(error.message);
      return 1;
    }
    if (!(error instanceof RangeError)) throw error;
    console.error(`${error.message} See: deno task download --help`);
    return 2;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
