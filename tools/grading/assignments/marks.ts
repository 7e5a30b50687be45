// What nbgrader has to know of each cell. Points are given by a person; all else follows from the cells.
import type { Nbgrader, Notebook, NotebookCell } from "../../notebooks/notebook_file.ts";
import { isSolution } from "../../learner/edition.ts";
import { neededCells } from "./needs.ts";
import { withNewChecks } from "./new_checks.ts";

/** Points of a whole notebook. */
export const TOTAL_POINTS = 100;

/** Whether a cell is worth points. */
export const isGraded = (cell: NotebookCell) =>
  cell.cell_type === "code" && cell.metadata?.nbgrader?.grade === true;

/** The cells that are worth points. */
export const gradedCells = ({ cells }: Notebook) => cells.filter(isGraded);

/**
 * What nbgrader has to know of each cell, by its place in the notebook: nothing of most of them.
 *
 * A cell with a solution is the learner's. A graded one is locked and keeps its points. And each cell from which a graded
 * one needs a name, directly or through others, is locked too: whoever changed it gets the original back for grading.
 */
export function marksOf(notebook: Notebook): (Nbgrader | undefined)[] {
  const needed = neededCells(notebook);
  return notebook.cells.map((cell, index) => {
    const base = { schema_version: 3, task: false, grade_id: cell.id };
    if (isSolution(cell)) return { ...base, grade: false, solution: true, locked: false };
    if (isGraded(cell)) {
      const { points } = cell.metadata!.nbgrader!;
      return {
        ...base,
        grade: true,
        solution: false,
        locked: true,
        ...(points === undefined ? {} : { points }),
      };
    }
    return needed.has(index) ? { ...base, grade: false, solution: false, locked: true } : undefined;
  });
}

/**
 * The notebook with all of its marks right, those of exercises that were just written too; the given one stays as it is.
 *
 * @example
 * ```ts
 * import { mark } from "./marks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const source = "// BEGIN SOLUTION\n1;\n// END SOLUTION";
 * const { cells } = mark({ cells: [{ cell_type: "code", id: "one", source }] });
 * assertEquals(cells[0].metadata?.nbgrader?.solution, true);
 * ```
 */
export function mark(given: Notebook): Notebook {
  const notebook = withNewChecks(given);
  const marks = marksOf(notebook);
  const cells = notebook.cells.map((cell, index) => {
    const { nbgrader: _, ...metadata } = cell.metadata ?? {};
    return { ...cell, metadata: marks[index] ? { ...metadata, nbgrader: marks[index] } : metadata };
  });
  return { ...notebook, cells };
}
