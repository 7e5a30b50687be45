// Holds a notebook's text to its cells: a number that the text repeats is the one that a cell computed.
import { type Notebook, sourceOf } from "./notebook_file.ts";
import { type ProseNumber, readProse } from "./prose.ts";

/** Something wrong with a number in a text cell. */
export interface ProseProblem {
  /** Index of the cell, from 0. */
  cell: number;
  cellId: string;
  line: number;
  message: string;
}

/** From here on the text speaks of books, and of settings that the reader may try. */
const OUTLOOK = /^#{1,6}\s.*(?:read more|reading|try next)/im;
/** Whole numbers below this are words: "three layers", "ten classes". */
const SMALL = 100;
/** A little more than half a unit: a half is not exact in binary. */
const SLACK = 1 + 1e-9;

/**
 * What is wrong with the numbers in a notebook's text.
 *
 * A number with a name, `3.315<!--=loss-->`, must be the value that a cell reports by `results({ loss })`, rounded to
 * the digits that are written. One with a decimal point, a percent sign or three digits and more needs a name, unless it
 * is given: it stands in a cell's code, or is a year.
 *
 * @param results What the notebook reported when it was executed
 */
export function proseProblems(notebook: Notebook, results: Record<string, number>): ProseProblem[] {
  const given = literals(notebook);
  return notebook.cells.flatMap((cell, index) => {
    if (cell.cell_type !== "markdown") return [];
    const source = sourceOf(cell);
    const text = source.slice(0, source.match(OUTLOOK)?.index);
    const { numbers, loose } = readProse(text);
    const at = { cell: index, cellId: cell.id ?? "" };
    return [
      ...numbers.flatMap((number) => {
        const message = complaint(number, results, given);
        return message ? [{ ...at, line: number.line, message }] : [];
      }),
      ...loose.map(({ name, line }) => ({
        ...at,
        line,
        message: `The name ${name} stands behind no number. Write it right behind one: 3.315<!--=${name}-->`,
      })),
    ];
  });
}

function complaint(
  number: ProseNumber,
  results: Record<string, number>,
  given: Set<number>,
): string | undefined {
  const { text, value, rounding, name } = number;
  if (name !== undefined) {
    if (!Object.hasOwn(results, name)) {
      return `The text names ${text} "${name}", which no cell reports. Call: await results({ ${name} })`;
    }
    if (Math.abs(results[name] - value) <= rounding * SLACK) return undefined;
    return `The text says ${text} where ${name} is ${results[name]}.`;
  }
  const isWord = Number.isInteger(value) && /^[-−]?\d+$/.test(text) && Math.abs(value) < SMALL;
  const isYear = /^\d{4}$/.test(text) && value >= 1600 && value < 2100;
  if (isWord || isYear || given.has(Math.abs(value))) return undefined;
  return `Nothing holds the number ${text} to what a cell computes. ` +
    `Name the value with results({ name }) and write ${text}<!--=name-->, or say it without the number.`;
}

/** The numbers that stand in the code of a notebook. */
function literals(notebook: Notebook): Set<number> {
  const code = notebook.cells.filter((cell) => cell.cell_type === "code")
    .map((cell) => sourceOf(cell).replace(/(?<!:)\/\/.*$/gm, "")).join("\n");
  const found = code.matchAll(/(?<![\w$.])(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/gi);
  return new Set([...found].map(([text]) => Number(text.replaceAll("_", ""))));
}
