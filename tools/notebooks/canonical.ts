// How a notebook is committed: what `deno task clean` makes of any notebook, and what the check accepts.
import { createHash } from "node:crypto";
import { type Notebook, type NotebookCell, sourceOf } from "./notebook_file.ts";

/** Which kernel runs the notebook. */
export const KERNELSPEC = { display_name: "Deno", language: "typescript", name: "deno" };

/**
 * What front ends and converters need to know before a kernel runs: `deno fmt` formats code cells only if `name` is
 * there, and pages are coloured by `pygments_lexer`. The version, which a front end adds, would change with every Deno.
 */
export const LANGUAGE_INFO = {
  codemirror_mode: "typescript",
  file_extension: ".ts",
  mimetype: "text/x.typescript",
  name: "typescript",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
};

/** Metadata that a person put there on purpose; all else comes from the front end that saved the notebook. */
const KEPT_OF_NOTEBOOK = new Set(["authors", "title"]);
const KEPT_OF_CELL = new Set(["deletable", "editable", "jupyter", "nbgrader", "name", "slideshow", "tags"]);

/** What the notebook format allows as a cell's id. */
export const VALID_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * The notebook as it is committed: no outputs, no counts, no metadata of the front end, a unique id for each cell.
 *
 * Ids that are valid and unique stay; a new one is made from the cell's text, so that doing it twice gives the same.
 *
 * @example
 * ```ts
 * import { canonical } from "./canonical.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ran = { cell_type: "code", id: "a", source: "1 + 1", outputs: ["2"] };
 * const { cells: [cell] } = canonical({ cells: [ran] });
 * assertEquals([cell.id, cell.source, cell.outputs], ["a", ["1 + 1"], []]);
 * ```
 */
export function canonical(notebook: Notebook): Notebook {
  const kept = pick(notebook.metadata, KEPT_OF_NOTEBOOK);
  const taken = new Set<string>();
  return {
    cells: notebook.cells.map((cell) => canonicalCell(cell, taken)),
    metadata: { ...kept, kernelspec: KERNELSPEC, language_info: LANGUAGE_INFO },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function canonicalCell(cell: NotebookCell & { attachments?: unknown }, taken: Set<string>): NotebookCell {
  const source = sourceOf(cell).replace(/\r\n/g, "\n").replace(/\s+$/, "");
  const clean: NotebookCell & Record<string, unknown> = {
    cell_type: cell.cell_type,
    id: freeId(cell.id, `${cell.cell_type} ${source}`, taken),
    metadata: pick(cell.metadata, KEPT_OF_CELL),
    source: source === "" ? [] : source.split(/(?<=\n)/),
  };
  if (cell.attachments) clean.attachments = cell.attachments;
  if (cell.cell_type === "code") Object.assign(clean, { execution_count: null, outputs: [] });
  return clean;
}

function freeId(id: string | undefined, text: string, taken: Set<string>): string {
  let free = id !== undefined && VALID_ID.test(id) && !taken.has(id) ? id : undefined;
  for (let n = 0; free === undefined || taken.has(free); n++) {
    free = createHash("sha256").update(`${n} ${text}`).digest("hex").slice(0, 8);
  }
  taken.add(free);
  return free;
}

function pick(object: unknown, kept: Set<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([key]) => kept.has(key)));
}

/**
 * A notebook as the text of its file, laid out as Jupyter does it: one space of indentation, keys sorted. Whoever saves
 * in JupyterLab then changes only what they changed.
 */
export function notebookText(notebook: Notebook): string {
  return JSON.stringify(sorted(notebook), null, 1) + "\n";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
