import { type Cells, type Position, transpile } from "./cells.ts";
import { explainImports } from "./imports.ts";
import { placeOfMistake } from "./rewrite.ts";

/** An error as Jupyter's protocol has it. */
export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A stack need not be longer. */
const MOST_FRAMES = 8;

/**
 * An error as a learner can use it: where it is in their own cell, with the line, and without the kernel's own frames.
 *
 * @param error What the kernel inside says; of a syntax error it says only that execution failed
 * @param id The cell that ran
 */
export async function explainFailure(error: Failure, id: number, cells: Cells): Promise<Failure> {
  const isSilent = error.evalue === "Execution failed" && error.traceback.length === 0;
  if (isSilent) return await explainSilence(id, cells) ?? error;
  if (error.ename === "TypeError" && NO_MODULE.test(error.evalue)) error = asImportError(error);
  const heading = error.evalue ? `${error.ename}: ${error.evalue}` : error.ename;
  const { frames, first } = await readableFrames(error.traceback, cells);
  if (error.ename === "SyntaxError" && !first) {
    const position = placeOfMistake(cells.get(id)!.source);
    if (position) return asSyntaxError(error.evalue, position, cells.get(id)!.source);
  }
  const picture = first ? drawPlace(cells.get(first.id)!.source, first.position) : [];
  return { ...error, traceback: [heading, ...picture, ...frames] };
}

/** How Deno says that there is no such module; to JavaScript this is a `TypeError`. */
const NO_MODULE =
  /^(Import "|Module not found|Relative import path|Unable to load|Cannot find module|npm package)/;

function asImportError(error: Failure): Failure {
  const isLibrary = /^Import "backprop"/.test(error.evalue);
  const said = error.evalue.replace(/ from "file:[^"]*\$deno\$[^"]*"$/, "");
  const hint = isLibrary
    ? ": another deno.json than the project's lies above the notebook. Move the notebook out of that folder."
    : "";
  return { ...error, ename: "ImportError", evalue: said + hint };
}

/** The kernel inside could not even begin: because of the text, or of what it imports. */
async function explainSilence(id: number, cells: Cells): Promise<Failure | undefined> {
  const cell = cells.get(id)!;
  const { complaint } = await transpile(cell.source);
  const mistake = readComplaint(complaint);
  if (mistake) return asSyntaxError(mistake.message, mistake.position, cell.source);
  const trouble = await explainImports(cell.specifiers);
  if (trouble) return { ename: "ImportError", evalue: trouble, traceback: [`ImportError: ${trouble}`] };
  return undefined;
}

function asSyntaxError(message: string, position: Position | undefined, source: string): Failure {
  const where = position ? ` (line ${position.line}, column ${position.column})` : "";
  const picture = position ? drawPlace(source, position) : [];
  const evalue = `${message}${where}`;
  return { ename: "SyntaxError", evalue, traceback: [`SyntaxError: ${evalue}`, ...picture] };
}

/** What Deno's transpiler complains of, and where. */
export function readComplaint(complaint: string): { message: string; position?: Position } | undefined {
  const message = complaint.match(/(?:^|\n)error: (?:Failed to (?:parse|transpile)[^:]*: )?(.+)/)?.[1];
  if (!message) return undefined;
  const said = message.replace(/^The module's source code could not be parsed: /, "").replace(
    / at file:\/\/.*$/,
    "",
  ).replace(/^SyntaxError: /, "");
  const place = complaint.match(/cell\.ts:(\d+):(\d+)/);
  return {
    message: said,
    position: place ? { line: Number(place[1]), column: Number(place[2]) } : undefined,
  };
}

/** The line of a cell and the ones around it, with a caret under the place. */
export function drawPlace(source: string, { line, column }: Position): string[] {
  const lines = source.split("\n");
  if (line < 1 || line > lines.length) return [];
  const from = Math.max(1, line - 2), to = Math.min(lines.length, line + 1);
  const width = String(to).length;
  const drawn: string[] = [];
  for (let n = from; n <= to; n++) {
    const mark = n === line ? ">" : " ";
    drawn.push(`${mark} ${String(n).padStart(width)} | ${lines[n - 1]}`.trimEnd());
    if (n !== line) continue;
    const before = lines[n - 1].slice(0, column - 1).replace(/[^\t]/g, " ");
    drawn.push(`  ${" ".repeat(width)} | ${before}^`);
  }
  return ["", ...drawn, ""];
}

interface Found {
  frames: string[];
  /** The innermost place that is the learner's. */
  first?: { id: number; position: Position };
}

async function readableFrames(traceback: string[], cells: Cells): Promise<Found> {
  const found: Found = { frames: [] };
  for (const line of traceback.filter((line) => /^\s+at /.test(line))) {
    if (isOfTheKernel(line) || found.frames.length >= MOST_FRAMES) continue;
    const place = line.match(/backprop-cell-(\d+):(\d+):(\d+)/);
    if (!place) {
      found.frames.push(line);
      continue;
    }
    const [id, lineNumber, column] = place.slice(1).map(Number);
    const cell = cells.get(id);
    const position = cell && await cells.position(id, { line: lineNumber, column });
    if (!position) continue;
    found.first ??= { id, position };
    found.frames.push(line.replace(place[0], `cell [${cell.count}]:${position.line}:${position.column}`));
  }
  return found;
}

function isOfTheKernel(frame: string): boolean {
  return /\bext:|\/tools\/kernel\/inside\/|__backprop_|\$deno\$/.test(frame);
}
