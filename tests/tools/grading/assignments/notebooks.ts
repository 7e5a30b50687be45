// Little notebooks for the tests of assignments.
import { mark } from "../../../../tools/grading/assignments/marks.ts";
import type { Notebook, NotebookCell } from "../../../../tools/notebooks/notebook_file.ts";

/** A code cell. */
export const code = (
  id: string,
  source: string,
  metadata: NotebookCell["metadata"] = {},
): NotebookCell & object => (
  { cell_type: "code", id, metadata, source, outputs: [], ...{ execution_count: null } }
);

/** A text cell. */
export const text = (id: string, source: string, tags: string[] = []): NotebookCell => (
  { cell_type: "markdown", id, metadata: tags.length > 0 ? { tags } : {}, source }
);

/** A code cell that is worth points. */
export const graded = (id: string, source: string, points?: number) =>
  code(id, source, {
    nbgrader: { grade: true, solution: false, locked: true, ...(points ? { points } : {}) },
  });

/** An exercise with its solution. */
export const DOUBLE = `function double(x: number): number {
  // BEGIN SOLUTION
  const twice = x + x;
  return twice;
  // END SOLUTION
}`;

/** Throws, as a check does, if what the exercise defines is wrong. */
export const CHECK = `const got = double(base);
if (got !== 6) throw new Error("expected 6, got " + got);
// BEGIN HIDDEN TESTS
if (double(-4.25) !== -8.5) throw new Error("negative numbers");
// END HIDDEN TESTS`;

/** A notebook of these cells, marked as it should be. */
export const notebookOf = (...cells: NotebookCell[]): Notebook =>
  mark({
    cells,
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });

/** A notebook with nothing wrong: data, an exercise, its check, and something that nobody needs. */
export const good = (): Notebook =>
  notebookOf(
    code("data", "const base = 3;"),
    code("exercise-double", DOUBLE),
    graded("check-double", CHECK, 100),
    code("play", "double(2);"),
  );

/** The notebook with some cells changed; their marks stay as they are. */
export function change(
  notebook: Notebook,
  id: string,
  with_: (cell: NotebookCell) => NotebookCell,
): Notebook {
  return { ...notebook, cells: notebook.cells.map((cell) => cell.id === id ? with_(cell) : cell) };
}
