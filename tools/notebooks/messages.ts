import { sourceOf } from "./notebook_file.ts";
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
  if (error.cell < 0) return `\n${path}\n  ${indent(message)}\n`;
  const id = error.cellId ? ` (id ${error.cellId})` : "";
  const line = error.line === undefined ? "" : `, line ${error.line}`;
  const source = await cellSource(path, error.cell);
  return `\n${path}, cell ${error.cell + 1}${id}${line}\n${excerpt(source, error.line)}\n  ${
    indent(message)
  }\n`;
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

async function cellSource(path: string, cell: number): Promise<string> {
  const notebook = JSON.parse(await Deno.readTextFile(path));
  return sourceOf(notebook.cells[cell]);
}

const indent = (text: string) => text.replaceAll("\n", "\n  ");
