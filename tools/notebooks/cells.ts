import { type Notebook, sourceOf } from "./notebook_file.ts";

/** A line of a notebook: both numbers count from 1, and text cells count as cells. */
export interface CellLine {
  cell: number;
  line: number;
}

/** The code cells of a notebook as one module, and where each of its lines came from. */
export interface JoinedCells {
  /** The module. */
  text: string;
  /** For each of its lines the line of the notebook, or the nearest one before it for lines that we added. */
  origin: CellLine[];
}

/** Tells the type checker that `Deno.jupyter` exists. */
const HEADER = '/// <reference lib="deno.unstable" />';
/**
 * Stands behind each cell. It ends an expression that has no semicolon, because no expression goes on with `export`, and
 * it is an error right there if the cell left a bracket open. (A semicolon would do neither job well, and Deno 2.9.6
 * shows its lint plugins nothing of what follows an empty statement.) It also makes the text a module, in which `await`
 * needs no function around it.
 */
const END_OF_CELL = "export {};";

/**
 * Join the code cells of a notebook into one module, so that tools for modules can check it.
 *
 * Cells stay apart: one that ends in an expression without a semicolon does not run into a next one that begins with
 * `(` or `[`.
 *
 * @example
 * ```ts
 * import { joinCells } from "./cells.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cell = (source: string) => ({ cell_type: "code", source });
 * const { text, origin } = joinCells({ cells: [cell("let n = 1\nn"), cell("[n].length")] });
 * const line = text.split("\n").indexOf("[n].length");
 * assertEquals(origin[line], { cell: 2, line: 1 });
 * ```
 */
export function joinCells(notebook: Notebook): JoinedCells {
  const lines = [HEADER];
  const origin: CellLine[] = [{ cell: 1, line: 1 }];
  notebook.cells.forEach((cell, index) => {
    if (cell.cell_type !== "code") return;
    const source = sourceOf(cell).split("\n");
    lines.push(...source, END_OF_CELL);
    origin.push(...source.map((_, at) => ({ cell: index + 1, line: at + 1 })));
    origin.push({ cell: index + 1, line: source.length });
  });
  return { text: lines.join("\n") + "\n", origin };
}

/**
 * The line of the notebook behind a line of the joined module.
 *
 * @param line In the module, from 1; beyond its end the last cell is meant
 */
export function locate({ origin }: JoinedCells, line: number): CellLine {
  return origin[Math.min(Math.max(line, 1), origin.length) - 1];
}

/** The text of a line of a notebook. */
export function textAt(notebook: Notebook, { cell, line }: CellLine): string {
  const found = notebook.cells[cell - 1];
  return found ? sourceOf(found).split("\n")[line - 1] ?? "" : "";
}
