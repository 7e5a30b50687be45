// The folder with a learner's own copies: what is in it, and how a newer course gets there.
import { basename, join } from "@std/path";
import { type Notebook, notebookFrom } from "../notebooks/notebook_file.ts";
import { canonical, notebookText } from "../notebooks/canonical.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";
import { writeAtomically } from "../shared/atomic.ts";
import { DELIMITERS, learnersNotebook } from "./edition.ts";
import { type CellChange, isTouched, merge } from "./merge.ts";

/** Texts that go along; a learner who changes one keeps it. */
const TEXTS = ["guide.md", "sherpa.md"];
/** Beside the copies: each as it was handed out, to tell later what the learner changed. */
const HANDED_OUT = ".course";

/** What happened to one notebook. */
export type Outcome =
  | { name: string; what: "made" | "kept" | "replaced" | "newer" }
  | { name: string; what: "merged"; changes: CellChange[]; old: string }
  | { name: string; what: "unreadable"; why: string }
  | { name: string; what: "unknown"; beside: string };

/** The learner's notebooks of the course as it is now, by name. */
export async function currentEdition(notebooks: string): Promise<Map<string, string>> {
  const edition = new Map<string, string>();
  for (const path of await listNotebooks(notebooks)) {
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(path));
    edition.set(
      basename(path),
      notebookText(canonical(learnersNotebook(notebook, { help: true, number: basename(path).slice(0, 2) }))),
    );
  }
  return edition;
}

/** Whether the notebooks are the author's; those that are handed out for marks have no solutions. */
export async function hasSolutions(notebooks: string): Promise<boolean> {
  const texts = await Promise.all((await listNotebooks(notebooks)).map((path) => Deno.readTextFile(path)));
  return texts.some((text) => text.includes(DELIMITERS.beginSolution));
}

/**
 * Makes the copies that are not there, and brings the others up to date where the learner has changed nothing. What a
 * learner has changed stays as it is; with `update`, it is merged into the newer course, and the former file is kept.
 *
 * @param notebooks The course's folder
 * @param work The learner's folder; made if need be
 */
export async function prepare(notebooks: string, work: string, { update = false } = {}): Promise<Outcome[]> {
  await Deno.mkdir(join(work, HANDED_OUT), { recursive: true });
  for (const text of TEXTS) await copyText(join(notebooks, text), work, text);
  const outcomes: Outcome[] = [];
  for (const [name, text] of await currentEdition(notebooks)) {
    outcomes.push(await prepareOne(work, name, text, update));
  }
  return outcomes;
}

async function prepareOne(work: string, name: string, text: string, update: boolean): Promise<Outcome> {
  const path = join(work, name), basePath = join(work, HANDED_OUT, name);
  const put = async (file: string) => {
    await writeAtomically(path, file);
    await writeAtomically(basePath, text);
  };
  const mine = await read(path);
  if (mine === undefined) {
    await put(text);
    return { name, what: "made" };
  }
  const base = await read(basePath);
  if (base === text) return { name, what: "kept" };
  const parsed = notebookFrom(mine);
  if (typeof parsed === "string") return { name, what: "unreadable", why: parsed };
  const handedOut = base === undefined ? undefined : notebookFrom(base);
  if (handedOut === undefined || typeof handedOut === "string") {
    const beside = await free(work, name, "from the course");
    await writeAtomically(join(work, beside), text);
    await writeAtomically(basePath, text);
    return { name, what: "unknown", beside };
  }
  if (!isTouched(handedOut, parsed)) {
    await put(text);
    return { name, what: "replaced" };
  }
  if (!update) return { name, what: "newer" };
  const { notebook, changes } = merge(handedOut, parsed, JSON.parse(text));
  const old = await free(work, name, "before the update");
  await Deno.copyFile(path, join(work, old));
  await put(notebookText(notebook));
  return { name, what: "merged", changes, old };
}

/**
 * Puts a fresh copy in the place of a learner's, which is kept under another name.
 *
 * @returns That name, or `undefined` if there was nothing to keep
 */
export async function makeFresh(notebooks: string, work: string, name: string): Promise<string | undefined> {
  const text = (await currentEdition(notebooks)).get(name)!;
  await Deno.mkdir(join(work, HANDED_OUT), { recursive: true });
  const path = join(work, name);
  let old: string | undefined;
  if (await read(path) !== undefined) {
    old = await free(work, name, "before");
    await Deno.copyFile(path, join(work, old));
  }
  await writeAtomically(path, text);
  await writeAtomically(join(work, HANDED_OUT, name), text);
  return old;
}

/** A name that no file has: `02_backpropagation (before 2).ipynb`. */
async function free(work: string, name: string, what: string): Promise<string> {
  for (let n = 1;; n++) {
    const other = name.replace(/\.ipynb$/, ` (${what}${n > 1 ? ` ${n}` : ""}).ipynb`);
    if (await read(join(work, other)) === undefined) return other;
  }
}

async function copyText(from: string, work: string, name: string): Promise<void> {
  const newer = await read(from), path = join(work, name), basePath = join(work, HANDED_OUT, name);
  if (newer === undefined) return;
  const mine = await read(path);
  if (mine === newer || (mine !== undefined && mine !== await read(basePath))) return;
  await writeAtomically(path, newer);
  await writeAtomically(basePath, newer);
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
