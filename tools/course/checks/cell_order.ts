// Hidden state: cells that work only in another order than from top to bottom, or only once.
import { Lines } from "../../kernel/cell/places.ts";
import { declaredNames, isObjectLiteral, type Node, parse } from "../../kernel/cell/typescript.ts";
import { cellName } from "../../notebooks/cell_name.ts";
import { type FreeName, freeNames } from "../../notebooks/names.ts";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";
import type { Problem } from "../../checks/problem.ts";

/** A cell that declares a name. */
interface Declared {
  /** As a person counts, from 1; text cells count. */
  cell: number;
  id: string;
}

/**
 * Where a notebook depends on more than its cells from top to bottom:
 *
 * - `cell-order`: a cell uses a name that only a later cell defines. That works for somebody who has run the later cell
 *   before, and for nobody else. It counts within functions too, even if they are called later: whoever reads from the
 *   top meets a name that is not explained yet.
 * - `cell-again`: a cell changes a variable of an earlier cell to something that comes from what it was (`n++`,
 *   `n = n + 1`), outside of functions. Run twice, it gives something else. Setting it anew (`n = 0`) is all right.
 *
 * Names that are defined nowhere, or twice, are errors of the type checker. Whether a cell changes an object or a list of
 * an earlier one cannot be seen in its text.
 *
 * @param file The notebook's path from the project's root
 */
export function orderProblems(file: string, notebook: Notebook): Problem[] {
  const programs = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? programOf(sourceOf(cell)) : undefined
  );
  const homes = new Map<string, Declared>();
  programs.forEach((program, index) => {
    for (const name of program ? declaredNames(program) : []) {
      if (!homes.has(name)) homes.set(name, { cell: index + 1, id: notebook.cells[index].id ?? "" });
    }
  });
  return programs.flatMap((program, index) => {
    const source = sourceOf(notebook.cells[index]);
    const own = new Set(program ? declaredNames(program) : []);
    const names = (program ? freeNames(program) : []).filter(({ name }) => homes.has(name) && !own.has(name));
    const said = new Set<string>();
    return names.flatMap((free) => {
      const found = complaint(free, index + 1, homes.get(free.name)!);
      if (!found || said.has(free.name)) return [];
      said.add(free.name); // once in a cell is enough
      const { line, column } = new Lines(source).position(free.offset);
      const at = `${cellName(index, notebook.cells[index].id)}, line ${line}`;
      return [{ file, at, ...found, source: `${source.split("\n")[line - 1]}\n${" ".repeat(column - 1)}^` }];
    });
  });
}

function complaint({ name, use, inFunction }: FreeName, cell: number, home: Declared) {
  const where = cellName(home.cell - 1, home.id);
  if (home.cell > cell) {
    return {
      rule: "cell-order",
      message: `The cell uses "${name}", which only ${where} defines, further down.`,
      hint: "Cells run from top to bottom: move the definition up, or this cell down.",
    };
  }
  if (use !== "changed" || inFunction) return undefined;
  return {
    rule: "cell-again",
    message: `The cell changes "${name}" of ${where} to something that comes from what it was: ` +
      "run twice, it gives something else.",
    hint: "Give the new value a name of its own, or set the variable anew before.",
  };
}

function programOf(source: string): Node | undefined {
  return parse(isObjectLiteral(source) ? `(${source})` : source);
}

/** Whether the type checker says of a place what {@link orderProblems} has said of it in words for notebooks. */
export function isSaid(problem: Problem, order: Problem[]): boolean {
  if (!["TS2448", "TS2449", "TS2450", "TS2454"].includes(problem.rule)) return false;
  const [name] = problem.message.match(/(?<=')[^']+(?=')/) ?? [];
  return order.some(({ file, at, message }) =>
    file === problem.file && at === problem.at && message.includes(`"${name}"`)
  );
}
