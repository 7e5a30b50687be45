// What an instructor says and decides by hand. It is in a file that only people write, so every new run applies it again.
import type { Assignment } from "./course.ts";
import type { Row } from "./rows.ts";
import { readTable } from "./table.ts";

/** One line of the file. */
interface Remark {
  student: string;
  assignment: string;
  /** Of which check; of the whole without one. */
  check: string;
  points: string;
  comment: string;
}

/** The columns of the file; `points` and `comment` may be empty. */
export const COLUMNS = ["student", "assignment", "check", "points", "comment"];

/**
 * Apply an instructor's comments and points to rows.
 *
 * @param text A CSV file with {@link COLUMNS}. Without a check, points are those of the whole submission
 * @returns The rows, and what in the file could not be applied, a sentence each
 */
export function applyComments(
  rows: Row[],
  text: string,
  assignments: Assignment[],
): { rows: Row[]; strange: string[] } {
  const remarks = readTable(text) as unknown as Remark[];
  const strange: string[] = [];
  const missing = COLUMNS.filter((name) => remarks.length > 0 && !(name in remarks[0]));
  if (missing.length > 0) return { rows, strange: [`the comments lack a column: ${missing.join(", ")}`] };
  const changed = rows.map((row) => ({ ...row, points: { ...row.points } }));
  for (const remark of remarks) {
    const where = `comment on ${remark.student}, ${remark.assignment}${
      remark.check ? `, ${remark.check}` : ""
    }`;
    const row = changed.find((one) => one.student === remark.student && one.assignment === remark.assignment);
    const assignment = assignments.find(({ name }) => name === remark.assignment);
    if (!row || !assignment) {
      strange.push(`${where}: there is no such submission`);
      continue;
    }
    const check = assignment.checks.find(({ id }) => id === remark.check);
    if (remark.check && !check) {
      strange.push(
        `${where}: there is no such check; there are ${assignment.checks.map(({ id }) => id).join(", ")}`,
      );
      continue;
    }
    if (remark.comment) (row.comments ??= []).push({ check: remark.check, text: remark.comment });
    if (remark.points === "") continue;
    const points = Number(remark.points), most = check?.points ?? row.of;
    if (!(points >= 0 && points <= most)) {
      strange.push(`${where}: points are 0 to ${most}, and not ${remark.points}`);
      continue;
    }
    const was = check ? row.points[check.id] : row.total;
    if (check) {
      row.points[check.id] = points;
      row.total += points - was;
    } else {
      row.extra = (row.extra ?? 0) + points - was;
      row.total = points;
    }
    row.byHand = true;
    const note = `${check?.id ?? "total"}: ${points} by hand, was ${was}`;
    row.note = row.note ? `${row.note}; ${note}` : note;
  }
  return { rows: changed, strange };
}
