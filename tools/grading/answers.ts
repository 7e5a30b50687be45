// Which cells of the student's a check tests: what it says about "your code" is about these, and about no others.
import { isSolution } from "../learner/edition.ts";
import { namesOf } from "./assignments/needs.ts";
import { cellNames } from "../notebooks/names.ts";
import type { Notebook } from "../notebooks/notebook_file.ts";
import type { GradedCell } from "./grade_one.ts";

/** An exercise that a check rests on. */
export interface Answer {
  /** The id of its cell. */
  id: string;
  /** What it defines and the check, or what the check needs, uses. */
  names: string[];
  /** The check is about it; else what it is about needs this one. */
  direct: boolean;
}

/**
 * The exercises that a check rests on, nearest first: those whose names it uses (or else the cells that it was given do),
 * and then those that these need.
 *
 * @param notebook The instructor's version: an answer that cannot be parsed tells no names
 * @param check The place of the check
 *
 * @example
 * ```ts
 * import { answersOf } from "./answers.ts";
 * import { sampleNotebook } from "./self_test/sample.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const notebook = sampleNotebook();
 * const check = notebook.cells.findIndex(({ id }) => id === "check-step");
 * assertEquals(answersOf(notebook, check), [
 *   { id: "step", names: ["step"], direct: true },
 *   { id: "slope", names: ["slope"], direct: false },
 * ]);
 * ```
 */
export function answersOf(notebook: Notebook, check: number): Answer[] {
  const names = namesOf(notebook);
  const found = new Map<number, Answer>();
  const seen = new Set([check]);
  for (let level = [check]; level.length > 0;) {
    // The first step that comes to exercises at all comes to those that the check is about.
    const direct = found.size === 0;
    const next: number[] = [];
    for (const index of level) {
      for (const name of names[index].uses) {
        const home = names.findLastIndex(({ declares }, before) => before < index && declares.has(name));
        const known = found.get(home);
        if (known && !known.names.includes(name)) known.names.push(name);
        if (home < 0 || seen.has(home)) continue;
        seen.add(home);
        next.push(home);
        const cell = notebook.cells[home];
        if (isSolution(cell)) found.set(home, { id: cell.id!, names: [name], direct });
      }
    }
    level = next;
  }
  return [...found.values()];
}

/** What a student wrote for an exercise. */
export interface Written {
  answer: Answer;
  /** The exercise's cell, and cells of the student's own that define the same names anew. The last one counts. */
  cells: GradedCell[];
}

/** Find the answers in a graded notebook, among the cells before a check. */
export function writtenFor(answers: Answer[], cells: GradedCell[], check: string): Written[] {
  const end = cells.findIndex(({ grade }) => grade === check);
  const before = cells.slice(0, Math.max(end, 0)).filter(({ from, type }) =>
    from === "student" && type === "code"
  );
  return answers.map((answer) => {
    const at = before.findIndex(({ id }) => id === answer.id);
    const defines = ({ source }: GradedCell) => {
      const { declares } = cellNames(source);
      return answer.names.some((name) => declares.has(name));
    };
    return { answer, cells: before.filter((cell, index) => index === at || (index > at && defines(cell))) };
  });
}
