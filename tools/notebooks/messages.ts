import { relative } from "@std/path";
import { ROOT } from "../setup/paths.ts";
import { cellName } from "./cell_name.ts";
import { type Notebook, sourceOf } from "./notebook_file.ts";
import { formatResult, headlines, type NotebookError, type NotebookReport } from "./report.ts";

/** Lines of a failing cell's source that are shown around the place. */
const SHOWN = 3;
/** Longest message that is printed whole. */
const LONGEST = 2000;

/** A notebook's error for people: where it is, what it is, and the lines around it. */
export async function describeError(path: string, error: NotebookError): Promise<string> {
  const message = error.message.length > LONGEST
    ? `${error.message.slice(0, LONGEST)} … (${error.message.length} characters)`
    : error.message;
  const file = inProject(path);
  if (error.cell < 0) return `${file}\n  ${indent(message)}`;
  const line = error.line === undefined ? "" : `, line ${error.line}`;
  const { cells }: Notebook = JSON.parse(await Deno.readTextFile(path));
  const cell = cells[error.cell];
  const name = cellName(error.cell, error.cellId || cell.id);
  return `${file}, ${name}${line}\n${excerpt(sourceOf(cell), error.line)}\n  ${indent(message)}`;
}

/** The lines around a place, numbered, with a mark at the place. */
export function excerpt(source: string, line: number | undefined): string {
  const lines = source.split("\n");
  const first = line === undefined ? 1 : Math.max(1, line - SHOWN + 1);
  const last = line === undefined ? Math.min(lines.length, 2 * SHOWN) : Math.min(lines.length, line + 1);
  const shown = lines.slice(first - 1, last).map((text, i) => {
    const number = first + i;
    return `  ${number === line ? ">" : " "} ${String(number).padStart(3)} | ${text}`;
  });
  return [...shown, ...(last < lines.length && line === undefined ? ["        …"] : [])].join("\n");
}

/** The end of a run: the numbers that the notebooks report, what failed, and where to look. */
export function summary(reports: NotebookReport[], index: string): string {
  const failed = reports.filter((report) => report.errors.length > 0);
  const results = Object.entries(headlines(reports)).map(([name, value]) =>
    `${name} ${formatResult(name, value)}`
  );
  const count = `${reports.length - failed.length} of ${reports.length} notebooks ran to their end`;
  const names = failed.map((report) => report.name).join(", ");
  return [
    failed.length > 0 ? `${count}; failed: ${names}.` : `${count}.`,
    ...results.map((result) => `  ${result}`),
    `Read them in ${index}`,
  ].join("\n");
}

/** A path as it is written in the project; what lies outside keeps its own. */
function inProject(path: string): string {
  const inside = relative(ROOT, path);
  return inside.startsWith("..") ? path : inside;
}

const indent = (text: string) => text.replaceAll("\n", "\n  ");
