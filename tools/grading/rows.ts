// What came of each submission: the rows of grades.csv and of the report.
import type { Assignment } from "./course.ts";
import { type Graded, totalOf, worthOf } from "./grade_one.ts";
import { tableText } from "./table.ts";

/** `graded`; `look`: graded, and something was strange; the others have 0 points for the reason in the note. */
export type Status = "graded" | "look" | "unreadable" | "not handed in" | "broken";

/** One submission. */
export interface Row {
  student: string;
  assignment: string;
  points: Record<string, number>;
  total: number;
  of: number;
  status: Status;
  note: string;
  /** What the instructor says to it, and of which check; "" for the whole. */
  comments?: { check: string; text: string }[];
  /** Points that the instructor gave to the whole, beyond those of its checks. */
  extra?: number;
  /** Whether points were given by hand. */
  byHand?: boolean;
}

/**
 * The row of a submission that was graded, or could not be.
 *
 * @param note What is known of one that is not there
 */
export function rowOf(student: string, assignment: Assignment, graded: Graded | undefined, note = ""): Row {
  const of = worthOf(assignment);
  const base = { student, assignment: assignment.name, of };
  const zeros = Object.fromEntries(assignment.checks.map(({ id }) => [id, 0]));
  if (!graded) return { ...base, points: zeros, total: 0, status: "not handed in", note };
  if (graded.unreadable) {
    return {
      ...base,
      points: zeros,
      total: 0,
      status: "unreadable",
      note: [...graded.notes, graded.unreadable].join("; "),
    };
  }
  if (graded.broken) return { ...base, points: zeros, total: 0, status: "broken", note: graded.broken };
  const points = Object.fromEntries(assignment.checks.map(({ id }) => [id, graded.marks[id]?.[0] ?? 0]));
  const remarks = remarksOf(graded);
  return {
    ...base,
    points,
    total: totalOf(graded),
    status: remarks.length > 0 ? "look" : "graded",
    note: remarks.join("; "),
  };
}

/** What an instructor should know of a submission: changes of the file first, then what happened when it ran. */
export function remarksOf({ notes, events }: Graded): string[] {
  // After a kernel's end, every check says so; the first is enough. And that a cell failed is no special case.
  const ordinary = /is missing: the cell that makes it did not work/;
  const ended = events.find(({ reason }) => /nothing after that counts/.test(reason));
  const repeats = (event: Graded["events"][number]) => event !== ended && event.reason === ended?.reason;
  const told = events.filter((event) => !ordinary.test(event.reason) && !repeats(event)).map(
    ({ cell, reason }) => {
      const short = reason.replace(/^TamperError: /, "").split("\n")[0];
      return `cell ${cell}: ${short}`;
    },
  );
  const all = [...new Set([...notes, ...told])];
  return all.length > 8 ? [...all.slice(0, 7), `and ${all.length - 7} more`] : all;
}

/** The text of `grades.csv`: a column for each check of the assignments that were handed in. */
export function csvOf(rows: Row[], assignments: Assignment[]): string {
  const used = assignments.filter(({ name }) => rows.some((row) => row.assignment === name));
  const checks = used.flatMap(({ name, checks }) => checks.map(({ id }) => ({ name, id })));
  const title = ({ name, id }: { name: string; id: string }) => used.length === 1 ? id : `${name}:${id}`;
  const head = ["student", "assignment", "total", "of", "status", "note", ...checks.map(title)];
  const lines = rows.map((row) => [
    row.student,
    row.assignment,
    `${row.total}`,
    `${row.of}`,
    row.status,
    row.note,
    ...checks.map(({ name, id }) => name === row.assignment ? `${row.points[id]}` : ""),
  ]);
  return tableText([head, ...lines]);
}
