/**
 * Checks the notebooks without running them: no outputs or machine's traces in the files, cells formatted and short
 * enough, and their code right by Deno's type checker and linter.
 *
 * `deno run -A tools/check_notebooks.ts`
 *
 * @module
 */
import { fromFileUrl, join, relative } from "@std/path";
import { cellProblems } from "./checks/cell_types.ts";
import { formatProblems } from "./checks/notebook_format.ts";
import { notebookProblems, parseNotebook } from "./checks/notebook_rules.ts";
import { conclude, type Problem } from "./checks/problem.ts";
import { listNotebooks } from "./notebooks/execute_all.ts";
import type { Notebook } from "./notebooks/notebook_file.ts";

/**
 * Everything that is wrong with the notebooks of a project.
 *
 * @param root The project's folder, absolute; its notebooks are in `notebooks/`
 */
export async function checkNotebooks(root: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  const notebooks = new Map<string, Notebook>();
  for (const path of await listNotebooks(join(root, "notebooks"))) {
    const file = relative(root, path);
    const text = await Deno.readTextFile(path);
    const parsed = parseNotebook(file, text);
    if ("problem" in parsed) {
      problems.push(parsed.problem);
      continue;
    }
    problems.push(...notebookProblems(file, text, parsed.notebook));
    problems.push(...await formatProblems(root, file, parsed.notebook));
    notebooks.set(file, parsed.notebook);
  }
  return [...problems, ...await cellProblems(root, notebooks)];
}

if (import.meta.main) {
  conclude(
    await checkNotebooks(fromFileUrl(new URL("..", import.meta.url))),
    "Every notebook is clean and right.",
  );
}
