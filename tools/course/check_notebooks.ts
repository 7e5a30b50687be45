/**
 * Checks the notebooks without running them: no outputs or machine's traces in the files, cells formatted and short
 * enough, their code right by Deno's type checker and linter and in the order in which it runs; and every cell that
 * something else names is there.
 *
 * `deno run -A tools/course/check_notebooks.ts`
 *
 * @module
 */
import { fromFileUrl, join, relative } from "@std/path";
import { cellProblems } from "./checks/cell_types.ts";
import { namedCellProblems } from "./checks/named_cells.ts";
import { formatProblems } from "./checks/notebook_format.ts";
import { notebookProblems, parseNotebook } from "./checks/notebook_rules.ts";
import { conclude, type Problem } from "../checks/problem.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";
import type { Notebook } from "../notebooks/notebook_file.ts";

/**
 * Everything that is wrong with the notebooks of a project.
 *
 * @param root The project's folder, absolute; its notebooks are in `notebooks/`
 * @param only The notebooks to look into, absolute; all of them unless given
 */
export async function checkNotebooks(root: string, only?: string[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  const all = new Map<string, Notebook>();
  const chosen = new Map<string, Notebook>();
  let isWhole = true;
  for (const path of await listNotebooks(join(root, "notebooks"))) {
    const file = relative(root, path);
    const isChosen = only?.includes(path) ?? true;
    const text = await Deno.readTextFile(path);
    const parsed = parseNotebook(file, text);
    if ("problem" in parsed) {
      isWhole = false;
      if (isChosen) problems.push(parsed.problem);
      continue;
    }
    all.set(file, parsed.notebook);
    if (!isChosen) continue;
    problems.push(...notebookProblems(file, text, parsed.notebook));
    problems.push(...await formatProblems(root, file, parsed.notebook));
    chosen.set(file, parsed.notebook);
  }
  // Of a notebook that cannot be read nobody knows the cells.
  const lost = isWhole ? await namedCellProblems(root, all) : [];
  return [...problems, ...lost, ...await cellProblems(root, chosen)];
}

if (import.meta.main) {
  conclude(
    await checkNotebooks(fromFileUrl(new URL("../..", import.meta.url))),
    "Every notebook is clean and right.",
  );
}
