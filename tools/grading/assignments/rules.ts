// What keeps a notebook from being handed out, as far as its text tells.
import type { Problem } from "../../checks/problem.ts";
import { type Notebook, type NotebookCell, sourceOf } from "../../notebooks/notebook_file.ts";
import { DELIMITERS, isSolution } from "../../learner/edition.ts";
import { gradedCells, isGraded, marksOf, TOTAL_POINTS } from "./marks.ts";
import { namesFromBelow, neededCells } from "./needs.ts";
import { regionsOf } from "./solutions.ts";

/** The command that makes all marks right, except for points. */
const MARK = "deno task assignments --mark";

/** Standard error in a graded cell costs all of its points, whatever the answer. */
const TO_STANDARD_ERROR = /console\s*\.\s*(?:warn|error|assert|trace)\b|Deno\s*\.\s*stderr/;

/**
 * What is wrong with a notebook as an assignment, apart from how its cells run.
 *
 * @param file Its path from the project's root, for the messages
 */
export function assignmentProblems(file: string, notebook: Notebook): Problem[] {
  const at = (index: number) => `cell ${index + 1} (${notebook.cells[index].id ?? "without an id"})`;
  const found: Problem[] = [];
  const say = (index: number, rule: string, message: string, hint?: string) =>
    found.push({ file, at: at(index), rule, message, hint });
  notebook.cells.forEach((cell, index) => {
    for (const [rule, message, hint] of [...idFaults(cell, notebook, index), ...regionFaults(cell)]) {
      say(index, rule, message, hint);
    }
    if (isGraded(cell)) {
      for (const [rule, message, hint] of gradedFaults(cell)) say(index, rule, message, hint);
    }
  });
  const needed = neededCells(notebook);
  notebook.cells.forEach((cell, index) => {
    if (!isSolution(cell) || needed.has(index)) return;
    const hint =
      "Put a cell below it that calls check() with what it defines, and run deno task assignments --points.";
    say(index, "untested", "No graded cell tests this exercise.", hint);
  });
  for (const { cell, home, name } of namesFromBelow(notebook)) {
    say(
      cell,
      "later-section",
      `It needs "${name}", which only ${at(home)} below defines.`,
      "Move the definition up.",
    );
  }
  marksOf(notebook).forEach((mark, index) => {
    const has = notebook.cells[index].metadata?.nbgrader;
    if (same(mark, has) || found.some((problem) => problem.at === at(index))) return;
    say(
      index,
      "marks",
      `Its metadata for nbgrader ${has ? `is ${JSON.stringify(has)}` : "is missing"}, and should ${
        mark ? `be ${JSON.stringify(mark)}` : "not be there"
      }.`,
      MARK,
    );
  });
  return [...found, ...totalFaults(file, notebook)];
}

/** Rule, sentence, and what to do. */
type Fault = [rule: string, message: string, hint?: string];

function idFaults({ id }: NotebookCell, { cells }: Notebook, index: number): Fault[] {
  if (!id) return [["ids", "It has no id, by which the gradebook could know it.", "deno task clean"]];
  const first = cells.findIndex((cell) => cell.id === id);
  return first < index ? [["ids", `Cell ${first + 1} has the id "${id}" already.`, "deno task clean"]] : [];
}

function gradedFaults(cell: NotebookCell): Fault[] {
  const faults: Fault[] = [];
  const { points } = cell.metadata!.nbgrader!;
  if (isSolution(cell)) {
    faults.push(["graded-solution", "It is graded and holds a solution; a test stands by itself."]);
  }
  if (!(typeof points === "number" && Number.isFinite(points) && points > 0)) {
    faults.push([
      "points",
      `It is graded and worth ${points ?? "no"} points.`,
      `deno task assignments --points NOTEBOOK ${cell.id ?? "CHECK"}=10`,
    ]);
  }
  const loud = sourceOf(cell).match(TO_STANDARD_ERROR)?.[0];
  if (loud) {
    const hint = "Use check, checkThat or console.log.";
    faults.push(["standard-error", `nbgrader gives 0 points where there is an output of ${loud}.`, hint]);
  }
  return faults;
}

/** Marks around solutions and hidden tests come in pairs, alone on their lines, where they belong. */
function regionFaults(cell: NotebookCell): Fault[] {
  const source = sourceOf(cell);
  if (cell.cell_type !== "code") {
    const mark = Object.values(DELIMITERS).find((delimiter) => source.includes(delimiter));
    const hint = `In a text, write it without the slashes.`;
    return mark ? [["delimiters", `nbgrader takes "${mark}" for a mark, in a text too.`, hint]] : [];
  }
  const faults: Fault[] = [];
  for (
    const [begin, end] of [[DELIMITERS.beginSolution, DELIMITERS.endSolution], [
      DELIMITERS.beginHidden,
      DELIMITERS.endHidden,
    ]]
  ) {
    const lines = source.split("\n").filter((line) => line.includes(begin) || line.includes(end));
    const right = lines.every((line, i) => line.trim() === (i % 2 === 0 ? begin : end)) &&
      lines.length % 2 === 0;
    if (!right) {
      faults.push(["delimiters", `"${begin}" and "${end}" do not stand in pairs, each alone on its line.`]);
    }
  }
  const hides = regionsOf(source, DELIMITERS.beginHidden, DELIMITERS.endHidden).length > 0;
  if (hides && !isGraded(cell)) {
    faults.push(["hidden-tests", "It hides tests, and is worth no points.", MARK]);
  }
  return faults;
}

function totalFaults(file: string, notebook: Notebook): Problem[] {
  const points = gradedCells(notebook).map((cell) => cell.metadata!.nbgrader!.points ?? 0);
  const total = points.reduce((sum, each) => sum + each, 0);
  if (total === TOTAL_POINTS) return [];
  const message = `The points of its cells are ${total} in all, and should be ${TOTAL_POINTS}.`;
  return [{
    file,
    at: "",
    rule: "points",
    message,
    hint: "Change the points in the metadata of its graded cells.",
  }];
}

function same(a: object | undefined, b: object | undefined): boolean {
  const flat = (value: object | undefined) => JSON.stringify(Object.entries(value ?? {}).sort());
  return flat(a) === flat(b);
}
