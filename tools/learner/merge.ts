// A newer course meets what a learner has done: cell by cell, by the cells' ids.
import { type Notebook, type NotebookCell, sourceOf } from "../notebooks/notebook_file.ts";

/** What became of a cell. */
export interface CellChange {
  id: string;
  what:
    | "new"
    | "changed"
    | "gone"
    | "yours, though the course has another now"
    | "yours, though the course has it no more";
}

/** A notebook with the learner's work in the newer course. */
export interface Merged {
  notebook: Notebook;
  /** What changed, in the order of the notebook; empty if nothing did. */
  changes: CellChange[];
}

/**
 * The newer course with everything of the learner's: cells that they changed, cells that they added, and what ran.
 *
 * Where both changed a cell, the learner's stays.
 *
 * @param base The course as it was when the learner got it
 * @param mine The learner's notebook
 * @param newer The course as it is now
 */
export function merge(base: Notebook, mine: Notebook, newer: Notebook): Merged {
  const before = byId(base.cells), after = byId(newer.cells);
  const own = withIds(mine.cells, base.cells);
  const yours = new Map(own.flatMap((cell) => cell.id && before.has(cell.id) ? [[cell.id, cell]] : []));
  const changes: CellChange[] = [];
  const note = (id: string, what: CellChange["what"]) => void changes.push({ id, what });

  const cells = newer.cells.flatMap((cell) => {
    const id = cell.id ?? "", was = before.get(id), has = yours.get(id);
    if (was === undefined) {
      note(id, "new");
      return [cell];
    }
    if (has === undefined) return []; // the learner deleted it
    const isTouched = !same(has, was), isNewer = !same(cell, was);
    if (!isNewer) return [has];
    note(id, isTouched ? "yours, though the course has another now" : "changed");
    return [isTouched ? has : cell];
  });
  // What only the learner has goes behind the cell that it stood behind.
  own.forEach((cell, index) => {
    const isCourse = cell.id !== undefined && before.has(cell.id);
    if (isCourse && after.has(cell.id!)) return;
    if (isCourse) {
      const isTouched = !same(cell, before.get(cell.id!)!);
      note(cell.id!, isTouched ? "yours, though the course has it no more" : "gone");
      if (!isTouched) return;
    }
    cells.splice(placeBehind(own.slice(0, index), cells), 0, cell);
  });
  return { notebook: { ...newer, metadata: mine.metadata ?? newer.metadata, cells }, changes };
}

/** Whether a learner has changed anything, outputs aside. */
export function isTouched(base: Notebook, mine: Notebook): boolean {
  const own = withIds(mine.cells, base.cells);
  return own.length !== base.cells.length ||
    own.some((cell, i) => cell.id !== base.cells[i].id || !same(cell, base.cells[i]));
}

function same(a: NotebookCell, b: NotebookCell): boolean {
  const text = (cell: NotebookCell) => sourceOf(cell).replaceAll("\r\n", "\n").trimEnd();
  return a.cell_type === b.cell_type && text(a) === text(b);
}

const byId = (cells: readonly NotebookCell[]) => new Map(cells.map((cell) => [cell.id ?? "", cell]));

/** Gives cells that lost their ids those of the course's cells with the same text. */
function withIds(cells: readonly NotebookCell[], base: readonly NotebookCell[]): NotebookCell[] {
  const taken = new Set(cells.map(({ id }) => id));
  const free = base.filter(({ id }) => !taken.has(id));
  return cells.map((cell) => {
    if (cell.id !== undefined && base.some(({ id }) => id === cell.id)) return cell;
    const at = free.findIndex((other) => same(other, cell));
    return at < 0 ? cell : { ...cell, id: free.splice(at, 1)[0].id };
  });
}

/** The place behind the last of these cells that is among `cells`. */
function placeBehind(those: readonly NotebookCell[], cells: readonly NotebookCell[]): number {
  for (const cell of those.toReversed()) {
    const at = cells.findIndex((other) => other === cell || (cell.id !== undefined && other.id === cell.id));
    if (at >= 0) return at + 1;
  }
  return 0;
}
