// Types, lint and order of notebook cells: the cells of each notebook are checked as one module, findings go back to the cells.
import { basename, join, relative } from "@std/path";
import { cellName } from "../../notebooks/cell_name.ts";
import { joinCells, type JoinedCells, locate, textAt } from "../../notebooks/cells.ts";
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { isSaid, orderProblems } from "./cell_order.ts";
import { deno } from "../../checks/deno.ts";
import { type Finding, lint } from "../../checks/lint.ts";
import type { Problem } from "../../checks/problem.ts";
import { parseTypeErrors } from "../../checks/type_errors.ts";

/**
 * Rules of Deno that make no sense in cells, where a name may be there for the learner, or that repeat what the type
 * checker or a rule of the house says.
 */
const NOT_IN_CELLS = [
  "no-empty",
  "no-import-prefix",
  "no-redeclare",
  "no-unused-vars",
  "no-unversioned-import",
  "require-await",
];

/** What to do about some errors whose text was not written for notebooks. */
const HINTS: Record<string, string> = {
  TS2300: "A name is declared once in a notebook; give this one another name, or divide the notebook.",
  TS2451: "A name is declared once in a notebook; give this one another name, or divide the notebook.",
  TS2304: "Import it in the first code cell, or define it in an earlier cell.",
  TS2448: "Cells run from top to bottom: move the definition up.",
  TS2454: "Cells run from top to bottom: move the assignment up.",
};

interface Checked {
  /** Path of the notebook from the root. */
  file: string;
  notebook: Notebook;
  joined: JoinedCells;
  /** The module, absolute. */
  module: string;
}

/**
 * Lint and type errors in the cells of notebooks, and cells that depend on the order in which they are run.
 *
 * The modules are left in `build/cells/`, where an editor can open them.
 *
 * @param root The project's folder, absolute
 * @param notebooks Path from the root → notebook
 */
export async function cellProblems(root: string, notebooks: Map<string, Notebook>): Promise<Problem[]> {
  if (notebooks.size === 0) return [];
  const folder = join(root, "build", "cells");
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  const all: Checked[] = [];
  for (const [file, notebook] of notebooks) {
    const module = join(folder, `${basename(file, ".ipynb")}.ts`);
    const joined = joinCells(notebook);
    await Deno.writeTextFile(module, joined.text);
    all.push({ file, notebook, joined, module });
  }

  const findings = await lint(root, all.map(({ module }) => module), {
    tags: ["recommended"],
    exclude: NOT_IN_CELLS,
  });
  const found = all.flatMap((checked) =>
    findings.filter(({ file }) => file === checked.module).map((finding) => asCellProblem(checked, finding))
  );
  // One module that cannot be parsed would keep the type checker from all the others.
  const broken = new Set(findings.filter(({ rule }) => rule === "syntax").map(({ file }) => file));
  const types = await typeProblems(root, all.filter(({ module }) => !broken.has(module)));
  const order = all.flatMap(({ file, notebook }) => orderProblems(file, notebook));
  return [...found, ...types.filter((problem) => !isSaid(problem, order)), ...order].sort(byPlace);
}

async function typeProblems(root: string, parsed: Checked[]): Promise<Problem[]> {
  if (parsed.length === 0) return [];
  const { code, text } = await deno(["check", "--quiet", ...parsed.map(({ module }) => module)], {
    cwd: root,
  });
  const errors = parseTypeErrors(text);
  const problems = errors.flatMap((error) => {
    const checked = parsed.find(({ module }) => module === error.file);
    return checked ? [asCellProblem(checked, error)] : [];
  });
  if (code === 0 || problems.length > 0) return problems;
  const elsewhere = errors.length > 0
    ? `it found errors in ${relative(root, errors[0].file)}`
    : `it said:\n${text}`;
  return [{
    file: "notebooks",
    at: "",
    rule: "types",
    message: `The cells could not be checked because deno check failed; ${elsewhere}`,
    hint: "deno check lib",
  }];
}

function asCellProblem({ file, notebook, joined }: Checked, finding: Finding): Problem {
  const place = locate(joined, finding.line);
  const text = textAt(notebook, place);
  const underline = " ".repeat(Math.min(finding.column - 1, text.length)) + "^";
  return {
    file,
    at: `${cellName(place.cell - 1, notebook.cells[place.cell - 1].id)}, line ${place.line}`,
    rule: finding.rule,
    message: finding.message,
    source: `${text}\n${underline}`,
    hint: finding.hint ?? HINTS[finding.rule],
  };
}

/** By notebook, then by cell and line. */
function byPlace(a: Problem, b: Problem): number {
  const numbers = ({ at }: Problem) =>
    [/^cell (\d+)/, /line (\d+)$/].map((pattern) => Number(pattern.exec(at)?.[1] ?? 0));
  const [[cellA, lineA], [cellB, lineB]] = [numbers(a), numbers(b)];
  return a.file.localeCompare(b.file) || cellA - cellB || lineA - lineB;
}
