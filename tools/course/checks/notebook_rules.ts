// What may and what may not be in a committed notebook file, apart from whether its code is right.
import { cellName } from "../../notebooks/cell_name.ts";
import { type Notebook, type NotebookCell, notebookFrom, sourceOf } from "../../notebooks/notebook_file.ts";
import { asksForPrediction } from "../../learner/edition.ts";
import { canonical, KERNELSPEC, LANGUAGE_INFO, notebookText, VALID_ID } from "../../notebooks/canonical.ts";
import type { Problem } from "../../checks/problem.ts";

/** Most lines of code in a cell, blank lines and comments aside. */
export const MOST_CELL_LINES = 12;

/** A path that exists on one machine only: a home or system folder, a drive, a file URL. */
const ABSOLUTE_PATH =
  /(?<![\w.:/])\/(?:home|Users|root|tmp|var|opt|usr|etc|mnt|work|workspaces?|content|private)\/[\w.-]|(?<!\w)[A-Z]:\\{1,2}\w|(?<!\w)[a-z]:\\{1,2}Users\\|file:\/\//;

/**
 * A notebook from the text of its file, or why it is none.
 *
 * @param file Its path from the project's root
 */
export function parseNotebook(file: string, text: string): { notebook: Notebook } | { problem: Problem } {
  const notebook = notebookFrom(text);
  if (typeof notebook !== "string") return { notebook };
  const message = `The file is no notebook: ${notebook}.`;
  return {
    problem: { file, at: "", rule: "notebook-format", message, hint: `git checkout -- ${file}` },
  };
}

/**
 * What keeps a notebook from being committed.
 *
 * @param file Its path from the project's root
 * @param text What is in the file
 * @param notebook The same, parsed
 */
export function notebookProblems(file: string, text: string, notebook: Notebook): Problem[] {
  const mend = `deno task clean ${file}`;
  const found = [
    ...metadataProblems(notebook),
    ...spoilers(notebook),
    ...notebook.cells.flatMap((cell, index) =>
      [
        ...outputProblems(cell),
        ...idProblems(cell, notebook.cells.slice(0, index)),
        ...pathProblems(cell),
        ...lengthProblems(cell),
      ].map((problem) => ({ ...problem, at: `${cellName(index, cell.id)}${problem.at ?? ""}` }))
    ),
  ];
  // Whatever else a front end may have left: the file is not what `clean` would write.
  if (!found.some(({ hint }) => hint === undefined) && text !== notebookText(canonical(notebook))) {
    found.push({
      rule: "notebook-clean",
      message: "Metadata or layout of a front end was left in the file.",
    });
  }
  return found.map((problem) => ({ at: "", hint: mend, ...problem, file }));
}

/** A problem before its file is known; without a hint, `deno task clean` mends it. */
type Found = Pick<Problem, "rule" | "message" | "hint" | "source"> & { at?: string };

function metadataProblems({ metadata, nbformat, nbformat_minor }: Notebook): Found[] {
  const { kernelspec, language_info } = (metadata ?? {}) as Record<string, unknown>;
  const found: Found[] = [];
  if (!same(kernelspec, KERNELSPEC)) {
    found.push({
      rule: "kernelspec",
      message: `The notebook's kernel is ${JSON.stringify(kernelspec)}; it must be ${
        JSON.stringify(KERNELSPEC)
      }.`,
    });
  }
  if (!same(language_info, LANGUAGE_INFO)) {
    const message =
      "The notebook's language_info is not the one that all our notebooks have, without a version.";
    found.push({ rule: "language-info", message });
  }
  if (nbformat !== 4 || nbformat_minor !== 5) {
    const message = `The notebook has format ${nbformat}.${nbformat_minor}; it must be 4.5.`;
    found.push({ rule: "notebook-format", message });
  }
  return found;
}

const same = (a: unknown, b: unknown) =>
  JSON.stringify(Object.entries(a ?? {}).sort()) === JSON.stringify(Object.entries(b ?? {}).sort());

/** Most words of a chart's title that names what is drawn, and does not say what is to be seen. */
const MOST_TITLE_WORDS = 3;

/** Titles, written in the code below a prediction, that give its answer before the cell has run. */
function spoilers({ cells }: Notebook): Found[] {
  let isOpen = false;
  return cells.flatMap((cell, index) => {
    const source = sourceOf(cell);
    if (cell.cell_type === "markdown") isOpen = asksForPrediction(source);
    if (cell.cell_type !== "code" || !isOpen) return [];
    const titles = [...source.matchAll(/\btitle: *(["'`])((?:(?!\1)[^$])*)\1/g)].map(([, , title]) => title);
    return titles.filter((title) => !title.endsWith("?") && title.split(" ").length > MOST_TITLE_WORDS).map((
      title,
    ) => ({
      at: cellName(index, cell.id),
      rule: "prediction-spoiler",
      message: `A learner who is to predict reads the answer in the code: "${title}".`,
      hint: "Ask with the title, let the chart find one, or make it from the data.",
    }));
  });
}

function outputProblems(cell: NotebookCell & { execution_count?: unknown }): Found[] {
  const found: Found[] = [];
  if (cell.outputs && cell.outputs.length > 0) {
    found.push({ rule: "no-outputs", message: "The cell was committed with its output." });
  }
  if (typeof cell.execution_count === "number") {
    found.push({
      rule: "no-execution-count",
      message: `The cell was committed with its execution count [${cell.execution_count}].`,
    });
  }
  return found;
}

function idProblems({ id }: NotebookCell, before: NotebookCell[]): Found[] {
  if (id === undefined) return [{ rule: "cell-id", message: "The cell has no id." }];
  if (!VALID_ID.test(id)) {
    return [{ rule: "cell-id", message: `The cell's id "${id}" is not 1 to 64 letters, digits, - or _.` }];
  }
  const first = before.findIndex((cell) => cell.id === id);
  return first < 0 ? [] : [{ rule: "cell-id", message: `The cell has the id "${id}" of cell ${first + 1}.` }];
}

function pathProblems(cell: NotebookCell): Found[] {
  const hint = "Load data with the library's functions, or give a path relative to the notebook's folder.";
  const message = "The cell has an absolute path, which exists on no other machine.";
  const lines = sourceOf(cell).split("\n");
  return lines.flatMap((source, at) =>
    ABSOLUTE_PATH.test(source)
      ? [{ at: `, line ${at + 1}`, rule: "no-absolute-path", message, source, hint }]
      : []
  );
}

/** What learners are not handed, and so need not read. */
const HIDDEN = /^.*\/\/ BEGIN HIDDEN TESTS$[^]*?^.*\/\/ END HIDDEN TESTS$/gm;

function lengthProblems(cell: NotebookCell): Found[] {
  const source = sourceOf(cell).replace(HIDDEN, "");
  if (cell.cell_type !== "code" || source.includes("BEGIN SOLUTION")) return [];
  const lines = codeLines(source);
  if (lines <= MOST_CELL_LINES) return [];
  return [{
    rule: "cell-length",
    message: `The cell has ${lines} lines of code; ${MOST_CELL_LINES} is the most that is read at a glance.`,
    hint: "Divide it into cells with one result each, or move what is not the lesson into lib/.",
  }];
}

/** How many lines hold code, and not only a comment or nothing. */
function codeLines(source: string): number {
  const withoutBlocks = source.replace(/^\s*\/\*[\s\S]*?\*\//gm, "");
  return withoutBlocks.split("\n").filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
}
