import { cellPosition, type Places } from "../cell/places.ts";
import { scriptName } from "../cell/runtime.ts";

/** A place in a stack, as V8 gives it. */
interface CallSite {
  toString(): string;
}

/** So many of the latest cells are remembered. */
const MOST = 1000;
const cells = new Map<number, { count: number; places: Places }>();
const CELL = new RegExp(`(?:eval at [^,]*, )?${scriptName("(\\d+)")}:(\\d+):(\\d+)`);
/** Frames of the kernel and of Deno, which say nothing to a learner. */
const NOT_TOLD = /\bext:|\/tools\/kernel\/(inside|cell)\/|\$deno\$|^(async )?<anonymous>:\d/;

/** From now on, errors can point into this cell. */
export function rememberCell(id: number, count: number, places: Places): void {
  cells.set(id, { count, places });
  if (cells.size > MOST) cells.delete(cells.keys().next().value!);
}

/** Which cell a stack leads to; the innermost one. */
export function cellOf(frames: string[]): number | undefined {
  for (const frame of frames) {
    const count = frame.match(/\bcell \[(\d+)\]:/)?.[1];
    if (count === undefined) continue;
    const found = [...cells].findLast(([, cell]) => cell.count === Number(count));
    if (found) return found[0];
  }
  return undefined;
}

/**
 * Have stack traces speak of cells as a learner sees them: `cell [7]:2:9` is line 2 of the cell with the number 7. Without
 * this they would name places in the scripts that cells are turned into.
 */
export function nameCellsInStacks(): void {
  const settings = Error as unknown as { prepareStackTrace?: typeof prepareStackTrace };
  // A cell may have something of its own here; the next one begins with ours.
  if (settings.prepareStackTrace !== prepareStackTrace) settings.prepareStackTrace = prepareStackTrace;
}

function prepareStackTrace(error: Error, sites: CallSite[]): string {
  const frames = sites.map(describeSite).filter((frame) => frame !== undefined);
  const text = frames.map((frame) => `\n    at ${frame}`).join("");
  try {
    return Error.prototype.toString.call(error) + text;
  } catch {
    return `Error${text}`; // its name or message cannot be read
  }
}

function describeSite(site: CallSite): string | undefined {
  const text = String(site);
  const place = text.match(CELL);
  if (!place) return NOT_TOLD.test(text) ? undefined : text;
  const cell = cells.get(Number(place[1]));
  const position = cell && cellPosition(cell.places, { line: Number(place[2]), column: Number(place[3]) });
  if (!position) return undefined;
  const where = `cell [${cell.count}]:${position.line}:${position.column}`;
  const name = text.slice(0, place.index).replace(/\($/, "").trim();
  // V8 calls a function without a name "eval", as the script of a cell came there by eval().
  if (/(^|[ .])eval\b/.test(name) || name === "" || name === "async") {
    return (/^async/.test(name) ? "async " : "") + where;
  }
  return `${name} (${where})`;
}
