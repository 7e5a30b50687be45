// Formatting of notebooks: text and code in cells as `deno fmt` formats files.
import { cellName } from "../../notebooks/cell_name.ts";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";
import { deno } from "../../checks/deno.ts";
import type { Problem } from "../../checks/problem.ts";

/** Characters in a line of a cell: what a notebook shows beside a file browser, and a page, without scrolling. */
const LINE_WIDTH = 88;

/** The formatter did not run. */
export class FormatError extends Error {
  override name = "FormatError";
}

/**
 * The text of a notebook file with its cells formatted; a cell that does not parse stays as it is.
 *
 * It goes through standard input, because `deno fmt --check` of Deno 2.9.6 calls every notebook file unformatted, with an
 * empty difference, unless `deno fmt` has seen the very file on this machine before. deno.json keeps notebooks out of it.
 *
 * @param root The project's folder, absolute, whose deno.json says how to format
 * @throws {FormatError} If the formatter fails
 */
export async function formatNotebook(root: string, text: string): Promise<string> {
  const args = ["fmt", "--ext", "ipynb", "--line-width", `${LINE_WIDTH}`, "-"];
  const { code, stdout, stderr } = await deno(args, { cwd: root, input: text });
  if (code !== 0) throw new FormatError(`deno fmt could not format a notebook; it said: ${stderr.trim()}`);
  return stdout;
}

/**
 * The cells of a notebook that are not formatted.
 *
 * @param file Its path from the project's root
 */
export async function formatProblems(root: string, file: string, notebook: Notebook): Promise<Problem[]> {
  const formatted: Notebook = JSON.parse(await formatNotebook(root, JSON.stringify(notebook)));
  return notebook.cells.flatMap((cell, index) => {
    const [is, wanted] = [cell, formatted.cells[index]].map((cell) => sourceOf(cell).split("\n"));
    const line = wanted.findIndex((text, at) => text !== is[at]);
    if (line < 0 && is.length === wanted.length) return [];
    return [{
      file,
      at: `${cellName(index, cell.id)}, line ${(line < 0 ? wanted.length : line) + 1}`,
      rule: "format",
      message: "The cell is not formatted.",
      source: line < 0 ? undefined : `is:     ${is[line] ?? ""}\nwanted: ${wanted[line]}`,
      hint: `deno task clean ${file}`,
    }];
  });
}
