// Marks in the tables that learning platforms import. A roster says who is whom: folders have names, platforms have ids.
import { UsageError } from "../shared/arguments.ts";
import type { Assignment } from "./course.ts";
import { worthOf } from "./grade_one.ts";
import type { Row } from "./rows.ts";
import { readTable, tableText } from "./table.ts";

/** A person of the class: what the platform knows, by the names of its columns. */
export type Person = Record<string, string>;

/** Columns by which Canvas finds a person, beside the name. */
const CANVAS = ["ID", "SIS User ID", "SIS Login ID"];
/** Columns by which Moodle finds a person. */
const MOODLE = ["ID number", "Email address", "Username"];
/** In a roster without a column `folder`, the first of these that names folders. */
const FOLDERS = ["SIS Login ID", "Username", "SIS User ID", "ID number", "ID", "Email address", "Student"];

/** Who is whom. */
export interface Roster {
  /** By the name of the folder. */
  people: Map<string, Person>;
  columns: string[];
  /** What does not fit, a sentence each. */
  strange: string[];
}

/**
 * Read a roster: a CSV file with a column `folder`, such as a platform's own export with that column added. Without one,
 * folders may be called like the login, the number or the address that stands in the file.
 *
 * @param folders The students' folders
 * @throws {UsageError} If no column names the folders
 */
export function readRoster(text: string, folders: string[]): Roster {
  const rows = readTable(text);
  const columns = Object.keys(rows[0] ?? {});
  const column = columns.find((name) => name.toLowerCase() === "folder") ??
    FOLDERS.find((name) => columns.includes(name) && rows.some((row) => folders.includes(row[name])));
  if (column === undefined) {
    throw new UsageError(
      `No column of the roster names the students' folders. Add a column "folder"; it has: ${
        columns.join(", ")
      }.`,
    );
  }
  const people = new Map<string, Person>();
  const strange: string[] = [];
  for (const row of rows) {
    const folder = row[column];
    if (folder === "") continue; // Canvas's line of points, or its test student
    if (people.has(folder)) strange.push(`the roster has ${folder} twice; the first counts`);
    else people.set(folder, row);
  }
  for (const folder of folders) {
    if (!people.has(folder)) strange.push(`${folder} is not in the roster, so no platform gets these marks`);
  }
  return { people, columns, strange };
}

/** What to import where: the name of the file, and its text. Empty if the roster has no ids of any platform. */
export function platformTables(rows: Row[], assignments: Assignment[], roster: Roster): Map<string, string> {
  const used = assignments.filter(({ name }) => rows.some((row) => row.assignment === name));
  const tables = new Map<string, string>();
  if (CANVAS.some((name) => roster.columns.includes(name))) {
    tables.set("canvas.csv", canvasTable(rows, used, roster));
  }
  if (MOODLE.some((name) => roster.columns.includes(name))) {
    tables.set("moodle.csv", moodleTable(rows, used, roster));
  }
  return tables;
}

/** Canvas wants these columns first, a line of the points that can be had, and an assignment's number in its title. */
function canvasTable(rows: Row[], assignments: Assignment[], { people, columns }: Roster): string {
  const titles = assignments.map(({ name }) => columns.find((column) => isTitle(column, name)) ?? name);
  const first = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];
  return tableText([
    [...first, ...titles],
    ["    Points Possible", "", "", "", "", ...assignments.map((one) => `${worthOf(one)}`)],
    ...[...people].map(([folder, person]) => [
      ...first.map((name) => person[name] ?? ""),
      ...assignments.map(({ name }) => markOf(rows, folder, name)),
    ]),
  ]);
}

const isTitle = (column: string, name: string) =>
  column === name || column.startsWith(`${name} (`) && /\(\d+\)$/.test(column);

/** In Moodle one says in the form which column is what; a feedback stands beside each mark. */
function moodleTable(rows: Row[], assignments: Assignment[], { people, columns }: Roster): string {
  const first = [...MOODLE, "First name", "Last name", "Surname"].filter((name) => columns.includes(name));
  return tableText([
    [...first, ...assignments.flatMap(({ name }) => [name, `${name} feedback`])],
    ...[...people].map(([folder, person]) => [
      ...first.map((name) => person[name]),
      ...assignments.flatMap(({ name }) => [markOf(rows, folder, name), commentOf(rows, folder, name)]),
    ]),
  ]);
}

/** Nothing where nothing was graded: platforms leave such a mark as it is. */
function markOf(rows: Row[], student: string, assignment: string): string {
  const row = rows.find((one) => one.student === student && one.assignment === assignment);
  const isKnown = row && (row.byHand || (row.status !== "not handed in" && row.status !== "broken"));
  return isKnown ? `${row.total}` : "";
}

function commentOf(rows: Row[], student: string, assignment: string): string {
  const row = rows.find((one) => one.student === student && one.assignment === assignment);
  return (row?.comments ?? []).map(({ check, text }) => check ? `${check}: ${text}` : text).join(" ");
}
