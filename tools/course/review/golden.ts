// What notebooks are known to say and show: tests/golden/notebooks/NAME.cells.txt has the source of all cells, NAME.txt the
// text of their outputs, and the folder NAME beside them their pictures and data, a file each.
import { basename, join } from "@std/path";
import { writeAtomically } from "../../shared/atomic.ts";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";
import type { Shown } from "./shown.ts";

/** Where it is kept. */
export const GOLDEN = join("tests", "golden", "notebooks");

/** A cell as it was written. */
export interface Source {
  /** `markdown`, `code` or `raw`. */
  type: string;
  text: string;
}

/** What one notebook is known to say and show. */
export interface Golden {
  /** What its cells say, by their ids, in their order. */
  cells: Map<string, Source>;
  /** What they print, by the ids of the cells. */
  texts: Map<string, string>;
  /** What else they show, by the names of the files; those of a cell begin with its id and a dot. */
  files: Map<string, string | Uint8Array>;
}

/** What the cells of a notebook say. */
export function sourcesOf({ cells }: Notebook): Map<string, Source> {
  return new Map(cells.map((cell) => {
    const text = sourceOf(cell).replace(/[ \t]+$/gm, "").trimEnd();
    return [cell.id ?? "", { type: cell.cell_type, text }];
  }));
}

/** The text of a golden file: each cell under a line with its id, and with its type if there is one. */
export function goldenText(cells: { id: string; type?: string; text: string }[]): string {
  return cells.filter(({ type, text }) => type || text !== "").map(({ id, type, text }) =>
    `%% ${[id, type].filter(Boolean).join(" ")}\n${text.replace(/^(?=\\*%% )/gm, "\\")}\n`
  ).join("\n");
}

/** What such a file says. */
export function readGoldenText(text: string): { id: string; type?: string; text: string }[] {
  return text.split(/^%% /m).slice(1).map((cell) => {
    const [head, ...lines] = cell.split("\n");
    const [id, type] = head.split(" ");
    return { id, type, text: lines.join("\n").trimEnd().replace(/^\\(?=\\*%% )/gm, "") };
  });
}

/** The id of the cell that a file belongs to: ids have no dots. */
export const cellOf = (file: string) => file.slice(0, file.indexOf("."));

/**
 * What a notebook is known to say and show; nothing if nobody has accepted anything yet.
 *
 * @param root The project's folder, absolute
 * @param name The notebook's, without ending
 */
export async function readGolden(root: string, name: string): Promise<Golden> {
  const read = async (ending: string) =>
    readGoldenText(await orNothing(Deno.readTextFile(pathOf(root, name + ending))) ?? "");
  const files = new Map<string, string | Uint8Array>();
  for (const file of await filesIn(pathOf(root, name))) {
    const path = join(pathOf(root, name), file);
    files.set(file, file.endsWith(".png") ? await Deno.readFile(path) : await Deno.readTextFile(path));
  }
  return {
    cells: new Map((await read(SOURCES)).map(({ id, type = "", text }) => [id, { type, text }])),
    texts: new Map((await read(TEXTS)).map(({ id, text }) => [id, text])),
    files,
  };
}

/**
 * Accept what a notebook says and shows now. Each file is replaced as a whole or not at all; what no cell shows any more
 * goes.
 *
 * @returns The files that were written or removed, as paths from the folder of goldens
 */
export async function writeGolden(
  root: string,
  name: string,
  sources: Map<string, Source>,
  shown: Shown[],
): Promise<string[]> {
  const changed: string[] = [];
  const folder = pathOf(root, name);
  const files = new Map(shown.flatMap(({ files }) => [...files]));
  await Deno.mkdir(files.size > 0 ? folder : join(root, GOLDEN), { recursive: true });
  const texts = {
    [SOURCES]: goldenText([...sources].map(([id, source]) => ({ id, ...source }))),
    [TEXTS]: goldenText(shown.map(({ id, text }) => ({ id, text }))),
  };
  for (const [ending, text] of Object.entries(texts)) {
    if (await replace(pathOf(root, name + ending), text)) changed.push(name + ending);
  }
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

const TEXTS = ".txt";
const SOURCES = ".cells.txt";
const nameOf = (entry: string) => basename(basename(entry, SOURCES), TEXTS);

/** The notebooks of which something is kept. */
export async function goldenNames(root: string): Promise<string[]> {
  return [...new Set((await entriesOf(root)).map(nameOf))].sort();
}

const entriesOf = async (root: string) =>
  (await orNothing(Array.fromAsync(Deno.readDir(join(root, GOLDEN)))) ?? []).map(({ name }) => name);

/** Remove what notebooks showed that are no longer there. */
export async function removeOldGoldens(root: string, notebooks: string[]): Promise<string[]> {
  const old = (await entriesOf(root)).filter((entry) => !notebooks.includes(nameOf(entry)));
  for (const name of old) await Deno.remove(join(root, GOLDEN, name), { recursive: true });
  return old.sort();
}

/** Whether two files have the same content. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

async function replace(path: string, content: string | Uint8Array): Promise<boolean> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const known = await orNothing(Deno.readFile(path));
  if (known && sameBytes(known, bytes)) return false;
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

const pathOf = (root: string, name: string) => join(root, GOLDEN, name);
