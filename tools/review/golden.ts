// What notebooks are known to show: tests/golden/notebooks/NAME.txt has the text of all cells, and the folder NAME beside
// it their pictures and data, a file each.
import { basename, join } from "@std/path";
import { writeAtomically } from "../atomic.ts";
import type { Shown } from "./shown.ts";

/** Where it is kept. */
export const GOLDEN = join("tests", "golden", "notebooks");

/** What one notebook is known to show. */
export interface Golden {
  /** By the ids of the cells. */
  texts: Map<string, string>;
  /** By the names of the files; those of a cell begin with its id and a dot. */
  files: Map<string, string | Uint8Array>;
}

/** The text of a golden file: each cell that prints under a line with its id. */
export function goldenText(shown: Shown[]): string {
  return shown.filter(({ text }) => text !== "").map(({ id, text }) => `%% ${id}\n${text}\n`).join("\n");
}

/** What such a file says, by the ids of the cells. */
export function readGoldenText(text: string): Map<string, string> {
  const cells = text.split(/^%% /m).slice(1);
  return new Map(cells.map((cell) => {
    const [id, ...lines] = cell.split("\n");
    return [id, lines.join("\n").trimEnd()];
  }));
}

/** The id of the cell that a file belongs to: ids have no dots. */
export const cellOf = (file: string) => file.slice(0, file.indexOf("."));

/**
 * What a notebook is known to show; nothing if nobody has accepted anything yet.
 *
 * @param root The project's folder, absolute
 * @param name The notebook's, without ending
 */
export async function readGolden(root: string, name: string): Promise<Golden> {
  const text = await orNothing(Deno.readTextFile(textPath(root, name))) ?? "";
  const files = new Map<string, string | Uint8Array>();
  for (const file of await filesIn(folderOf(root, name))) {
    const path = join(folderOf(root, name), file);
    files.set(file, file.endsWith(".png") ? await Deno.readFile(path) : await Deno.readTextFile(path));
  }
  return { texts: readGoldenText(text), files };
}

/**
 * Accept what a notebook shows now. Each file is replaced as a whole or not at all; what no cell shows any more goes.
 *
 * @returns The files that were written or removed, as paths from the folder of goldens
 */
export async function writeGolden(root: string, name: string, shown: Shown[]): Promise<string[]> {
  const changed: string[] = [];
  const folder = folderOf(root, name);
  const files = new Map(shown.flatMap(({ files }) => [...files]));
  await Deno.mkdir(files.size > 0 ? folder : join(root, GOLDEN), { recursive: true });
  if (await replace(textPath(root, name), goldenText(shown))) changed.push(`${name}.txt`);
  for (const [file, content] of files) {
    if (await replace(join(folder, file), content)) changed.push(join(name, file));
  }
  for (const file of await filesIn(folder)) {
    if (files.has(file)) continue;
    await Deno.remove(join(folder, file));
    changed.push(join(name, file));
  }
  if (files.size === 0) await orNothing(Deno.remove(folder));
  return changed;
}

/** The notebooks of which something is kept. */
export async function goldenNames(root: string): Promise<string[]> {
  return [...new Set((await entriesOf(root)).map((entry) => basename(entry, ".txt")))].sort();
}

const entriesOf = async (root: string) =>
  (await orNothing(Array.fromAsync(Deno.readDir(join(root, GOLDEN)))) ?? []).map(({ name }) => name);

/** Remove what notebooks showed that are no longer there. */
export async function removeOldGoldens(root: string, notebooks: string[]): Promise<string[]> {
  const old = (await entriesOf(root)).filter((name) => !notebooks.includes(basename(name, ".txt")));
  for (const name of old) await Deno.remove(join(root, GOLDEN, name), { recursive: true });
  return old.sort();
}

async function replace(path: string, content: string | Uint8Array): Promise<boolean> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const known = await orNothing(Deno.readFile(path));
  if (known && known.length === bytes.length && known.every((byte, at) => byte === bytes[at])) return false;
  await writeAtomically(path, bytes);
  return true;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await orNothing(Array.fromAsync(Deno.readDir(folder))) ?? [];
  return entries.filter(({ isFile }) => isFile).map(({ name }) => name).sort();
}

/** What is not there is not an error here. */
async function orNothing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

const textPath = (root: string, name: string) => join(root, GOLDEN, `${name}.txt`);
const folderOf = (root: string, name: string) => join(root, GOLDEN, name);
