// Holds a notebook's text to its cells: a number that the text repeats is the one that a cell computed.
import { type Notebook, sourceOf } from "./notebook_file.ts";
import { type Claim, claimsOf } from "./formula_claims.ts";
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
 * In a formula, a number that stands alone on one side of a statement, as in `z = 7`, says a value, however small it is.
 * Another side computes it (`3 \cdot 2 + 1 = 7`, or `2u = 10` where the text has `u = 5`), or it has a name, or it is
 * given nearby: in the code of its section or of the cells around it, or in a statement of the same text that is computed.
 * An equation that can be computed and does not hold is wrong. Other numbers of formulas, such as exponents, are
 * mathematics: what becomes of them is for the reader of the change to judge.
 *
 * @param results What the notebook reported when it was executed
 */
export function proseProblems(notebook: Notebook, results: Record<string, number>): ProseProblem[] {
  const given = literals(notebook.cells);
  return notebook.cells.flatMap((cell, index) => {
    if (cell.cell_type !== "markdown") return [];
    const source = sourceOf(cell);
    const text = source.slice(0, source.match(OUTLOOK)?.index);
    const { numbers, loose } = readProse(text);
    const claims = claimsOf(text);
    const values = valuesIn(claims, numbers);
    const nearby = literals(cellsAround(notebook, index)).union(computedIn(text, claims));
    const at = { cell: index, cellId: cell.id ?? "" };
    return [
      ...claims.flatMap(({ wrong, from }) =>
        wrong ? [{ ...at, line: lineAt(text, from), message: wrong }] : []
      ),
      ...numbers.flatMap((number) => {
        const role = values.get(number);
        const message = number.name === undefined && role
          ? complaintOfValue(number, role, nearby)
          : complaint(number, results, given);
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

/** The line, from 1, where the first thing behind a place stands. */
const lineAt = (text: string, at: number) =>
  text.slice(0, at + text.slice(at).search(/\S/)).split("\n").length;

type Role = "computed" | "value";

/** The numbers that stand alone on a side of a formula. */
function valuesIn(claims: Claim[], numbers: ProseNumber[]): Map<ProseNumber, Role> {
  const roles = new Map<ProseNumber, Role>();
  for (const { from, to, values, wrong } of claims) {
    const within = numbers.filter(({ at }) => at >= from && at < to);
    for (const { at, length, proved } of values) {
      const own = within.filter((number) => number.at >= from + at && number.at < from + at + length);
      for (const number of own) roles.set(number, proved || wrong ? "computed" : "value");
    }
  }
  return roles;
}

function complaintOfValue({ text, value }: ProseNumber, role: Role, nearby: Set<number>): string | undefined {
  if (role === "computed" || nearby.has(Math.abs(value))) return undefined;
  return `Nothing nearby holds the number ${text} in the formula: no cell around it has it, and no equation computes it. ` +
    `Write what it is computed from, as in $2 \\cdot 3 = 6$, or name the value with results({ name }) and write ` +
    `<!--=name--> behind the formula.`;
}

/** The numbers in statements of a text that are computed and hold: with these, a wrong digit would show. */
function computedIn(text: string, claims: Claim[]): Set<number> {
  const sound = claims.filter(({ wrong, values }) => !wrong && values.some(({ proved }) => proved));
  return numbersIn(sound.map(({ from, to }) => text.slice(from, to).replaceAll("{,}", "")).join(" "));
}

/** Cells before and after one that are near it, even if a heading stands between. */
const NEAR = 4;

/** The cells of the section that a cell is in, and its neighbours. */
function cellsAround({ cells }: Notebook, index: number): Notebook["cells"] {
  const begins = (i: number) => cells[i].cell_type === "markdown" && /^#{1,6} /m.test(sourceOf(cells[i]));
  let [from, to] = [index, index + 1];
  while (from > 0 && !begins(from)) from--;
  while (to < cells.length && !begins(to)) to++;
  return cells.slice(Math.max(0, Math.min(from, index - NEAR)), Math.max(to, index + NEAR + 1));
}

/** The numbers that stand in the code of cells. */
function literals(cells: Notebook["cells"]): Set<number> {
  const code = cells.filter((cell) => cell.cell_type === "code")
    .map((cell) => sourceOf(cell).replace(/(?<!:)\/\/.*$/gm, "")).join("\n");
  return numbersIn(code);
}

function numbersIn(text: string): Set<number> {
  const found = text.matchAll(/(?<![\w$.])(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/gi);
  return new Set([...found].map(([text]) => Number(text.replaceAll("_", ""))));
}
