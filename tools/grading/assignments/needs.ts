// Which cells the graded ones cannot do without: those that define a name which they use, and those which these need.
import { type CellNames, cellNames } from "../../notebooks/names.ts";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";

const NOTHING: CellNames = { declares: new Set(), uses: new Set() };

/** The names of every cell; a text cell has none. */
export function namesOf({ cells }: Notebook): CellNames[] {
  return cells.map((cell) => cell.cell_type === "code" ? cellNames(sourceOf(cell)) : NOTHING);
}

/** Places of the cells that are needed, the graded ones among them. */
export function neededCells(notebook: Notebook): Set<number> {
  const names = namesOf(notebook);
  const isGraded = ({ metadata }: Notebook["cells"][number]) => metadata?.nbgrader?.grade === true;
  const todo = notebook.cells.flatMap((cell, index) => isGraded(cell) ? [index] : []);
  const needed = new Set(todo);
  while (todo.length > 0) {
    const index = todo.pop()!;
    for (const name of names[index].uses) {
      const home = names.findLastIndex(({ declares }, before) => before < index && declares.has(name));
      if (home < 0 || needed.has(home)) continue;
      needed.add(home);
      todo.push(home);
    }
  }
  return needed;
}

/** A name that only a later cell defines. */
export interface TooEarly {
  /** The cell that uses it, and the one that defines it, by their places. */
  cell: number;
  home: number;
  name: string;
}

/** Where a needed cell uses a name that no cell before it defines, and one after it does. */
export function namesFromBelow(notebook: Notebook): TooEarly[] {
  const names = namesOf(notebook);
  const isKnown = (name: string, cell: number) =>
    names.slice(0, cell + 1).some(({ declares }) => declares.has(name));
  return [...neededCells(notebook)].sort((a, b) => a - b).flatMap((cell) =>
    [...names[cell].uses].flatMap((name) => {
      const home = names.findIndex(({ declares }, later) => later > cell && declares.has(name));
      return home < 0 || isKnown(name, cell) ? [] : [{ cell, home, name }];
    })
  );
}
