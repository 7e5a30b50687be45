// Exercises that an instructor has just written, and the checks below them.
import { cellNames } from "../../notebooks/names.ts";
import { type Notebook, type NotebookCell, sourceOf } from "../../notebooks/notebook_file.ts";
import { isSolution } from "../../learner/edition.ts";

/** What front ends call a cell that nobody has named. */
const UNNAMED = /^[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?$/;

/**
 * Let the check below a new exercise count, and give both names that a person can say.
 *
 * An exercise is new if nbgrader's metadata do not know it. Its check is the first cell below it, before the next exercise,
 * that calls `check` or `checkThat` and uses a name which the exercise defines. It has no points yet.
 */
export function withNewChecks(notebook: Notebook): Notebook {
  const cells = [...notebook.cells];
  const taken = new Set(cells.map(({ id }) => id));
  const rename = (index: number, kind: string, name: string) => {
    const id = `${kind}-${name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|_/g, "-").toLowerCase()}`;
    if (!UNNAMED.test(cells[index].id ?? "00000000") || taken.has(id)) return;
    taken.add(id);
    cells[index] = { ...cells[index], id };
  };
  for (const [index, cell] of notebook.cells.entries()) {
    if (!isSolution(cell) || cell.metadata?.nbgrader) continue;
    const { declares } = cellNames(sourceOf(cell));
    const [name] = declares;
    if (name === undefined) continue;
    rename(index, "exercise", name);
    const next = notebook.cells.findIndex((other, at) => at > index && isSolution(other));
    const at = notebook.cells.findIndex((other, at) =>
      at > index && (next < 0 || at < next) && isCheckOf(declares, other)
    );
    if (at < 0) continue;
    rename(at, "check", name);
    const { metadata } = cells[at];
    const nbgrader = { solution: false, locked: true, ...metadata?.nbgrader, grade: true };
    cells[at] = { ...cells[at], metadata: { ...metadata, nbgrader } };
  }
  return { ...notebook, cells };
}

function isCheckOf(names: Set<string>, cell: NotebookCell): boolean {
  if (cell.cell_type !== "code") return false;
  const { uses } = cellNames(sourceOf(cell));
  return (uses.has("check") || uses.has("checkThat")) && [...names].some((name) => uses.has(name));
}
