import type { CellFailure } from "./events.ts";
import type { Explanation } from "./explain.ts";

/** As much of a notebook file as we look at. */
export interface Notebook {
  cells: NotebookCell[];
  [other: string]: unknown;
}

/** One cell of it. */
export interface NotebookCell {
  cell_type: string;
  source: string | string[];
  id?: string;
  outputs?: unknown[];
  metadata?: { tags?: string[]; backprop?: { seconds?: number }; nbgrader?: Nbgrader };
}

/** What nbgrader knows of a cell, in version 3 of its schema. */
export interface Nbgrader {
  schema_version?: number;
  /** Whether it is worth points. */
  grade: boolean;
  /** Whether it is for the learner to write. */
  solution: boolean;
  /** Whether a changed copy is put back to the original before grading. */
  locked: boolean;
  task?: boolean;
  /** Its name in the gradebook: the cell's id. */
  grade_id?: string;
  points?: number;
}

/** Put an error where the kernel published none, so that a reader of the page sees why the notebook stops there. */
export function addFailureOutput(
  notebook: Notebook,
  failure: CellFailure,
  { message, picture = [], line }: Explanation,
): Notebook {
  const [ename, evalue] = message.match(/^(\w*Error): ([\s\S]*)$/)?.slice(1) ?? [failure.name, message];
  const place = line === undefined ? [] : [`    at line ${line} of this cell`];
  const output = {
    output_type: "error",
    ename,
    evalue,
    traceback: [...message.split("\n"), ...picture, ...place],
  };
  const cells = notebook.cells.map((cell, index) =>
    index === failure.cell ? { ...cell, outputs: [...(cell.outputs ?? []), output] } : cell
  );
  return { ...notebook, cells };
}

/** The text of a cell. */
export function sourceOf(cell: NotebookCell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** The notebook in a file's text, or a sentence that says why there is none. */
export function notebookFrom(text: string): Notebook | string {
  const conflict = text.split("\n").findIndex((line) => /^\s*(<{7}|>{7}) /.test(line));
  if (conflict >= 0) return `its line ${conflict + 1} is a mark of a merge with git that was not finished`;
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return text.trim() === "" ? "it is empty" : `it is not JSON (${(error as Error).message})`;
  }
  const cells = (value as Partial<Notebook> | null)?.cells;
  const isCell = (cell: Partial<NotebookCell> | null) =>
    typeof cell?.cell_type === "string" && (typeof cell.source === "string" || Array.isArray(cell.source));
  return Array.isArray(cells) && cells.every(isCell) ? value as Notebook : "it has no cells";
}

/** How long each cell took when the notebook was executed last; `undefined` if nobody knows. */
export function cellSeconds(executed: string): Map<number, number> | undefined {
  try {
    const { cells }: Notebook = JSON.parse(Deno.readTextFileSync(executed));
    const known = cells.flatMap((cell, index): [number, number][] => {
      const seconds = cell.metadata?.backprop?.seconds;
      return typeof seconds === "number" ? [[index, seconds]] : [];
    });
    return known.length > 0 ? new Map(known) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds that the rest of a notebook will take: what its cells from `next` on took last time. */
export function secondsLeft(last: Map<number, number>, next: number, spentInIt: number): number {
  let left = 0;
  for (const [cell, seconds] of last) {
    if (cell > next) left += seconds;
    else if (cell === next) left += Math.max(seconds - spentInIt, 0);
  }
  return left;
}
