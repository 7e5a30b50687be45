// The lines that learners are to find for themselves, and where else they stand.
import { cellNames } from "../../notebooks/names.ts";
import { type Notebook, type NotebookCell, sourceOf } from "../../notebooks/notebook_file.ts";
import { DELIMITERS } from "../../learner/edition.ts";

/** What is taken out of a cell before it is handed out. */
export interface Secret {
  /** The notebook's name, and the cell's id. */
  notebook: string;
  cell: string;
  kind: "solution" | "hidden test";
  /** What its cell defines. */
  names: string[];
  /** Its lines without remarks, spaces and what ends them. */
  lines: string[];
}

/** A text that is handed out. */
export interface Handout {
  /** Where it stands, for a person. */
  place: string;
  text: string;
  /** Whether it explains: a cell of a notebook, or a text for people. Else it is a program. */
  explains: boolean;
  /** Of which notebook it is a cell. */
  notebook?: string;
  /** Whether that cell holds code. */
  isCode?: boolean;
  /** Whether a person has said that nothing leaks there. */
  isFree?: boolean;
}

/** A cell with this tag is left alone: its solution is no secret, or what stands there gives none away. */
export const NOT_A_LEAK = "not-a-leak";

/** Whether a person has said so of a cell. */
export const isNoLeak = ({ metadata }: NotebookCell) => metadata?.tags?.includes(NOT_A_LEAK) ?? false;

/** A secret that can be read in a text. */
export interface Leak {
  place: string;
  secret: Secret;
  /** What was found there. */
  line: string;
}

/** Shorter lines stand in any program. */
const TELLING = 24;
/** Lines shorter than this say nothing. */
const SHORTEST = 10;
/** Of a program that is handed out, so many lines of a solution may be the same. */
const SHARED = 0.6;

/** What stands between marks, a text for each pair of them. */
export function regionsOf(source: string, begin: string, end: string): string[] {
  return source.split(begin).slice(1).map((part) => part.split(end)[0]);
}

/** Everything in a notebook that is taken out of it, but for cells that are tagged {@link NOT_A_LEAK}. */
export function secretsOf(name: string, notebook: Notebook): Secret[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code" && !isNoLeak(cell)).flatMap((cell) => {
    const names = [...cellNames(sourceOf(cell)).declares];
    const secrets = (kind: Secret["kind"], begin: string, end: string) =>
      regionsOf(sourceOf(cell), begin, end).map((region): Secret => ({
        notebook: name,
        cell: cell.id ?? "",
        kind,
        names,
        lines: region.split("\n").map(squeeze).filter((line) => line !== ""),
      }));
    return [
      ...secrets("solution", DELIMITERS.beginSolution, DELIMITERS.endSolution),
      ...secrets("hidden test", DELIMITERS.beginHidden, DELIMITERS.endHidden),
    ];
  });
}

/**
 * Where a secret can be read in what is handed out.
 *
 * In texts that explain, one telling line of it is a leak; heads of loops are not telling. So are all lines of a short
 * one. Code of another exercise may have a line in common: there, and for a short formula in any code, either a second line
 * must stand there, or a name that the secret's cell defines. The library solves by its nature much of what the exercises
 * ask: programs leak if they hold most lines of one.
 */
export function findLeaks(secrets: Secret[], handouts: Handout[]): Leak[] {
  return handouts.filter(({ isFree }) => !isFree).flatMap(
    ({ place, text, explains, notebook, isCode = false }) => {
      const squeezed = squeezeAll(text);
      const formulas = squeezed.replace(/\*|\\cdot/g, ""); // 4·s in a formula is 4 * s
      const holds = (line: string) =>
        squeezed.includes(line) || formulas.includes(valueOf(line).replaceAll("*", ""));
      const words = new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
      return secrets.flatMap((secret): Leak[] => {
        const there = secret.lines.filter((line) => line.length >= SHORTEST && squeezed.includes(line));
        const isKin = there.length > 1 || secret.names.some((name) => words.has(name));
        const isElsewhere = notebook !== undefined && notebook !== secret.notebook;
        const tells = (line: string) =>
          isTelling(line) && holds(line) && (isKin || !isCode || !isElsewhere && line.length >= TELLING);
        const telling = explains ? secret.lines.find(tells) : undefined;
        const isEnough = isMost(there, secret, explains) && (isKin || !isCode);
        const line = telling ?? (isEnough ? there[0] : undefined);
        return line === undefined ? [] : [{ place, secret, line }];
      });
    },
  );
}

/** Whether these lines give a secret away, though none of them does by itself. */
function isMost(there: string[], { lines }: Secret, explains: boolean): boolean {
  const long = lines.filter((line) => line.length >= SHORTEST);
  if (explains && there.length === long.length && there.join("").length >= TELLING) return true;
  return there.length >= Math.max(2, SHARED * lines.length);
}

function isTelling(line: string): boolean {
  return !/^(?:for|while)\(/.test(line) && (line.length >= TELLING || /^return.*[*/].*[*/(]/.test(line));
}

/** What a line computes. */
const valueOf = (line: string) => line.replace(/^return/, "");

/** A line without remarks, spaces, and the sign that ends it. */
function squeeze(line: string): string {
  return squeezeAll(line.replace(/\/\/.*$/, "")).replace(/[;,{}]+$/, "");
}

const squeezeAll = (text: string) => text.replace(/\s+/g, "");
