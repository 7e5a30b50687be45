/**
 * Makes notebooks ready to commit: `deno task clean`, or `deno task clean notebooks/05_mnist_digits.ipynb`.
 *
 * Takes out outputs, execution counts and what a front end left in the metadata, gives every cell a unique id, lays the
 * file out as Jupyter does, and formats text and code.
 *
 * @module
 */
import { fromFileUrl, join, relative, resolve } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { writeAtomically } from "../shared/atomic.ts";
import { canonical, notebookText } from "../notebooks/canonical.ts";
import { formatNotebook } from "./checks/notebook_format.ts";
import { parseNotebook } from "./checks/notebook_rules.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";

/** A notebook could not be cleaned; the file is as it was. */
export class CleanError extends Error {
  override name = "CleanError";
}

/**
 * Clean notebooks, each by itself; what is clean already is not touched.
 *
 * @param root The project's folder, absolute, whose deno.json says how to format
 * @param paths The notebooks, absolute
 * @returns Those that were changed, in order
 * @throws {CleanError} If a file is no notebook
 */
export async function cleanNotebooks(root: string, paths: string[]): Promise<string[]> {
  const changed: string[] = [];
  for (const path of paths) {
    const text = await Deno.readTextFile(path);
    const parsed = parseNotebook(relative(root, path), text);
    if ("problem" in parsed) {
      throw new CleanError(`${path}: ${parsed.problem.message} ${parsed.problem.hint}`);
    }
    const clean = await formatNotebook(root, notebookText(canonical(parsed.notebook)));
    if (clean === text) continue;
    await writeAtomically(path, clean);
    changed.push(path);
  }
  return changed;
}

const HELP =
  `Make notebooks ready to commit: without outputs, counts and what a front end left, and formatted.

  deno task clean [files]

  files    Notebooks, such as notebooks/05_mnist_digits.ipynb; all of notebooks/ unless given
  --help   Show this

What is clean already is not touched.`;

if (import.meta.main) {
  const { names } = readArguments({ task: "clean", help: HELP, names: true });
  const root = fromFileUrl(new URL("../..", import.meta.url));
  const paths = names.length > 0
    ? names.map((path) => resolve(path))
    : await listNotebooks(join(root, "notebooks"));
  try {
    const changed = await cleanNotebooks(root, paths);
    for (const path of changed) console.log(`cleaned ${relative(root, path)}`);
    console.log(`${paths.length - changed.length} of ${paths.length} notebooks were clean already`);
  } catch (error) {
    if (!(error instanceof CleanError || error instanceof Deno.errors.NotFound)) throw error;
    console.error(error.message);
    Deno.exitCode = 1;
  }
}
