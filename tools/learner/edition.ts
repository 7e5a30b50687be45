// From an author's notebook to a learner's: exercises are empty, hidden tests are gone, help is folded below the checks.
import { type Notebook, type NotebookCell, sourceOf } from "../notebooks/notebook_file.ts";

/** What stands around a solution, and around tests that learners do not see: nbgrader_config.py says the same. */
export const DELIMITERS = {
  beginSolution: "// BEGIN SOLUTION",
  endSolution: "// END SOLUTION",
  beginHidden: "// BEGIN HIDDEN TESTS",
  endHidden: "// END HIDDEN TESTS",
};

/** What learners find in place of a solution. */
export const STUB = 'throw new Error("Not implemented");';

/** Whether a cell has a part for the learner to write. */
export const isSolution = (cell: NotebookCell) =>
  cell.cell_type === "code" && sourceOf(cell).includes(DELIMITERS.beginSolution);

const hasTag = ({ metadata }: NotebookCell, tag: string) => metadata?.tags?.includes(tag) === true;
const isHeading = (cell: NotebookCell) => cell.cell_type === "markdown" && /^#{1,6} /m.test(sourceOf(cell));

/** Which copy of a notebook is made. */
export interface Edition {
  /** Whether hints and one solution of each exercise are folded below its check. */
  help: boolean;
  /** The notebook's number, such as `"02"`: then it shows which exercises are done. */
  number?: string;
}

/**
 * The notebook as a learner gets it: with `help`, one solution of each exercise is folded below its check, with the hints;
 * without it, there is no solution in it at all, as for marks.
 *
 * @example
 * ```ts
 * import { learnersNotebook } from "./edition.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const source = "const f = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};";
 * const notebook = { cells: [{ cell_type: "code", id: "exercise-f", source }] };
 * const { cells: [exercise, help] } = learnersNotebook(notebook, { help: true });
 * assertEquals(exercise.source, 'const f = () => {\n  throw new Error("Not implemented");\n};');
 * assertEquals(help.id, "help-f");
 * ```
 */
export function learnersNotebook(notebook: Notebook, { help, number }: Edition): Notebook {
  const helps = help ? helpByPlace(notebook) : new Map<number, NotebookCell>();
  const tells = help ? placesAfterPredictions(notebook) : new Set<number>();
  const cells = notebook.cells.flatMap((cell, index) => {
    const given = forLearner(cell, help, tells.has(index));
    const after = helps.get(index);
    return after ? [given, after] : [given];
  });
  if (number !== undefined) cells.splice(1, 0, progressOf(number));
  return { ...notebook, cells };
}

/** Below the title: which exercises are done. */
function progressOf(number: string): NotebookCell {
  return {
    cell_type: "code",
    id: "my-progress",
    metadata: {},
    source: `import { showProgress } from "exercises/progress";\nawait showProgress("${number}");`,
  };
}

function forLearner(cell: NotebookCell, help: boolean, tellsAnswer: boolean): NotebookCell {
  const source = sourceOf(cell);
  if (cell.cell_type === "code") return { ...cell, source: withoutHidden(withStubs(source)) };
  if (!help) return hasTag(cell, "answer") ? { ...cell, source: withoutAnswers(source) } : cell;
  return { ...cell, source: withoutHints(tellsAnswer ? foldAnswer(source) : source) };
}

/** The texts that tell what a prediction was about: each the first below the code that answers it. */
function placesAfterPredictions({ cells }: Notebook): Set<number> {
  const places = new Set<number>();
  for (const [index, cell] of cells.entries()) {
    if (cell.cell_type !== "markdown" || !asksForPrediction(sourceOf(cell))) continue;
    const next = cells.findIndex((other, at) => at > index && other.cell_type === "markdown");
    if (next > index + 1) places.add(next);
  }
  return places;
}

/** Whether a text ends with a prediction that no folded answer in it follows. */
export function asksForPrediction(source: string): boolean {
  const at = source.lastIndexOf("**Predict");
  return at >= 0 && !source.slice(at).includes("<details>");
}

/** Folds what a text says before its next heading, question or folded part. */
function foldAnswer(source: string): string {
  const paragraphs = source.split(/\n\n+/);
  const end = paragraphs.findIndex((text) => /^(#{1,6} |\*\*(Predict|Think|Exercise)|<details>)/.test(text));
  const told = paragraphs.slice(0, end < 0 ? undefined : end);
  if (told.length === 0) return source;
  const rest = paragraphs.slice(told.length);
  return [fold("What happened? Open this when the cells above have run.", told.join("\n\n")), ...rest].join(
    "\n\n",
  );
}

/** The code with {@link STUB} in place of each solution. */
export function withStubs(source: string): string {
  return replaceBlocks(source, DELIMITERS.beginSolution, DELIMITERS.endSolution, (indent) => [indent + STUB]);
}

function withoutHidden(source: string): string {
  return replaceBlocks(source, DELIMITERS.beginHidden, DELIMITERS.endHidden, () => []).trimEnd();
}

/** The code of a solution, without the marks around it. */
export function solutionOf(source: string): string {
  const marks: string[] = Object.values(DELIMITERS);
  return source.split("\n").filter((line) => !marks.includes(line.trim())).join("\n");
}

function replaceBlocks(source: string, begin: string, end: string, by: (indent: string) => string[]): string {
  let isInside = false;
  return source.split("\n").flatMap((line) => {
    const mark = line.trim();
    if (mark === begin) {
      isInside = true;
      return by(line.slice(0, line.indexOf(begin)));
    }
    if (mark === end) {
      isInside = false;
      return [];
    }
    return isInside ? [] : [line];
  }).join("\n");
}

/** A folded text: `<summary>` is what a reader sees of it. */
const FOLDED = /<details>\s*<summary>(?<summary>.*?)<\/summary>.*?<\/details>\n*/gs;
const isHint = (folded: string) => /^<details>\s*<summary>\s*Hint/.test(folded);

const hintsOf = (source: string) => (source.match(FOLDED) ?? []).filter(isHint);
const withoutHints = (source: string) =>
  source.replace(FOLDED, (folded) => isHint(folded) ? "" : folded).trimEnd();

/** What stands in place of a model answer where points are given for it. */
const LATER = "_The answer comes with your marks._\n\n";
const withoutAnswers = (source: string) =>
  source.replace(FOLDED, (folded) => isHint(folded) ? folded : LATER).trimEnd();

function fold(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

/** For each exercise its help, by the place of the cell that it follows: the last check, or the exercise itself. */
function helpByPlace({ cells }: Notebook): Map<number, NotebookCell> {
  const helps = new Map<number, NotebookCell>();
  for (const [index, cell] of cells.entries()) {
    if (!isSolution(cell)) continue;
    const isEnd = (other: NotebookCell, at: number) => at > index && (isSolution(other) || isHeading(other));
    const end = cells.findIndex(isEnd);
    const own = cells.slice(index, end < 0 ? cells.length : end);
    const last = own.findLastIndex((other) =>
      hasTag(other, "check") || other.metadata?.nbgrader?.grade === true
    );
    helps.set(index + Math.max(last, 0), helpFor(cell, hintsAbove(cells, index)));
  }
  return helps;
}

/** The hints in the texts above an exercise, up to the next code. */
function hintsAbove(cells: readonly NotebookCell[], exercise: number): string[] {
  const code = cells.findLastIndex((cell, index) => index < exercise && cell.cell_type === "code");
  return cells.slice(code + 1, exercise).flatMap((cell) => hintsOf(sourceOf(cell)));
}

function helpFor(exercise: NotebookCell, hints: string[]): NotebookCell {
  const solution = fold(
    "One solution. Open it when your own attempt has passed, or when you are stuck after the hints.",
    `\`\`\`ts\n${solutionOf(sourceOf(exercise))}\n\`\`\``,
  );
  return {
    cell_type: "markdown",
    id: `help-${(exercise.id ?? "").replace(/^exercise-/, "")}`.slice(0, 64),
    metadata: { tags: ["help"] },
    source: [...hints.map((hint) => hint.trimEnd()), solution].join("\n\n"),
  };
}
