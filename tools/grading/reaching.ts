// Answers that take what they should compute from the checks.
import { isGraded } from "./assignments/marks.ts";
import { namesOf } from "./assignments/needs.ts";
import { cellNames } from "../notebooks/names.ts";
import type { Notebook } from "../notebooks/notebook_file.ts";
import type { GradedCell } from "./grade_one.ts";

/** Names that checks declare and no other cell of the notebook declares or uses: no answer has a reason to say them. */
export function namesOfChecks(notebook: Notebook): string[] {
  const ofChecks = new Set<string>();
  const ofOthers = new Set<string>();
  for (const [index, { declares, uses }] of namesOf(notebook).entries()) {
    if (isGraded(notebook.cells[index])) { for (const name of declares) ofChecks.add(name); }
    else for (const name of [...declares, ...uses]) ofOthers.add(name);
  }
  return [...ofChecks].filter((name) => !ofOthers.has(name) && !(name in globalThis)).sort();
}

/**
 * A sentence for each cell of a student's that uses such a name, which is out of its reach when the notebook is graded.
 *
 * @param names Of {@link namesOfChecks}
 *
 * @example
 * ```ts
 * import { reachingNotes } from "./reaching.ts";
 *
 * const cell = { id: "slope", type: "code", source: "const slope = () => wanted;", from: "student" } as const;
 * console.log(reachingNotes(["wanted"], [cell])); // [ "“slope” uses wanted, which only a check makes, and cannot reach it" ]
 * ```
 */
export function reachingNotes(names: string[], cells: GradedCell[]): string[] {
  const own = cells.filter(({ from, type }) => from === "student" && type === "code");
  const known = own.map(({ source }) => cellNames(source));
  const declared = new Set(known.flatMap(({ declares }) => [...declares]));
  return known.flatMap(({ uses }, index) => {
    const taken = names.filter((name) => uses.has(name) && !declared.has(name));
    return taken.length === 0
      ? []
      : [`“${own[index].id}” uses ${taken.join(", ")}, which only a check makes, and cannot reach it`];
  });
}
