import type { Mistake } from "./compile.ts";
import { drawPlace } from "./draw_place.ts";
import { habitOf } from "./habits.ts";
import type { Thrown } from "./thrown.ts";
import type { Cells } from "./cells.ts";

/** An error as Jupyter's protocol has it. */
export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A stack need not be longer. */
const MOST_FRAMES = 8;
/** What is not an error has no name of its own. */
const NO_ERROR = "Uncaught";

/** What a cell has thrown, with the line that threw it and the ones around it, and what that was caused by. */
export function explainThrown(thrown: Thrown, cells: Cells): Failure {
  const hint = thrown.name &&
    habitOf({ error: `${thrown.name}: ${thrown.message}`, source: sourceOf(thrown, cells) });
  return {
    ename: thrown.name ?? NO_ERROR,
    evalue: thrown.message,
    traceback: [...describe(thrown, cells), ...(hint ? ["", hint] : [])],
  };
}

/** A text that cannot be read, with the place and what may have been meant. */
export function explainMistake({ message, position }: Mistake, source: string): Failure {
  const habit = habitOf({ source });
  if (habit) return { ename: "SyntaxError", evalue: habit, traceback: [`SyntaxError: ${habit}`] };
  const where = position ? ` (line ${position.line}, column ${position.column})` : "";
  const evalue = `${message}${where}`;
  const picture = position ? drawPlace(source, position) : [];
  return { ename: "SyntaxError", evalue, traceback: [`SyntaxError: ${evalue}`, ...picture] };
}

function sourceOf({ frames }: Thrown, cells: Cells): string {
  return cells.placeIn(frames)?.cell.source ?? "";
}

/** Lines that say what was thrown, where, and why. */
export function describe(thrown: Thrown, cells: Cells): string[] {
  const { name = NO_ERROR, message, frames, cause, errors = [] } = thrown;
  const place = cells.placeIn(frames);
  const inner = (title: string, part: Thrown) => {
    const [heading, ...rest] = describe(part, cells);
    return ["", `${title}: ${heading}`, ...rest];
  };
  return [
    message ? `${name}${thrown.name === undefined ? " " : ": "}${message}` : name,
    ...(place ? drawPlace(place.cell.source, place.position) : []),
    ...frames.slice(0, MOST_FRAMES),
    ...(cause ? inner("Caused by", cause) : []),
    ...errors.flatMap((error, i) => inner(`Error ${i + 1} of ${errors.length}`, error)),
  ];
}
