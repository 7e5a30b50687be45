// The machine-readable part of notebooks/sherpa.md: rubric, pitfalls and hint ladders, in one JSON block.

/** A cell of a notebook, by names that do not change when cells are moved. */
export interface CellName {
  /** File name without ending. */
  notebook: string;
  /** The cell's id. */
  cell: string;
}

/** How well a criterion was met, and by what one can tell. */
export interface Level {
  /** From 0. */
  level: number;
  name: string;
  /** What a person at this level says or does. */
  shows: string;
}

/** One thing to be judged. */
export interface Criterion {
  id: string;
  title: string;
  /** What to ask. */
  question: string;
  /** From the lowest to the highest. */
  levels: Level[];
  /** Cells in which it is learned and shown. */
  evidence: CellName[];
}

/** A belief that many have, and that is not so. */
export interface Pitfall {
  id: string;
  title: string;
  /** What one hears. */
  says: string;
  /** A question on which the belief fails. */
  question: string;
  /** What a good answer contains. */
  good: string;
  evidence: CellName[];
}

/** The hints to one exercise, each a rung higher than the one before; none of them is the answer. */
export interface Ladder extends CellName {
  /** Which of several questions in one cell. */
  part?: string;
  /** What the exercise asks for. */
  task: string;
  ladder: string[];
}

/** All that the block holds. */
export interface Sherpa {
  version: number;
  criteria: Criterion[];
  pitfalls: Pitfall[];
  exercises: Ladder[];
}

/** The block is missing, or is not what it should be; the message says where and what was expected. */
export class SherpaError extends Error {
  override name = "SherpaError";
}

/** The version of the shape that {@link readSherpa} knows. */
export const SHERPA_VERSION = 1;

/**
 * Rubric, pitfalls and hint ladders from the text of `sherpa.md`.
 *
 * @param markdown The whole file
 * @throws {SherpaError} If it has not exactly one JSON block, or one of another shape
 *
 * @example
 * ```ts
 * import { readSherpa } from "./rubric.ts";
 *
 * const { criteria, exercises } = readSherpa(await Deno.readTextFile("notebooks/sherpa.md"));
 * console.log(criteria.map(({ title }) => title));
 * console.log(exercises.find(({ cell }) => cell === "exercise-mean")?.ladder[0]);
 * ```
 */
export function readSherpa(markdown: string): Sherpa {
  const blocks = [...markdown.matchAll(/^```json\n([^]*?)^```$/gm)].map((match) => match[1]);
  if (blocks.length !== 1) {
    throw new SherpaError(`Expected one block that begins with \`\`\`json; there are ${blocks.length}.`);
  }
  try {
    return sherpa(JSON.parse(blocks[0]), "the block");
  } catch (error) {
    if (error instanceof SherpaError) throw error;
    throw new SherpaError(`The block is not JSON: ${(error as Error).message}.`);
  }
}

/** Makes sure that a value is what it should be, and gives it back. */
type Reader<T> = (value: unknown, at: string) => T;

const text: Reader<string> = (value, at) => {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new SherpaError(`${at}: expected a text, got ${JSON.stringify(value)}.`);
};

const wholeNumber: Reader<number> = (value, at) => {
  if (Number.isInteger(value)) return value as number;
  throw new SherpaError(`${at}: expected a whole number, got ${JSON.stringify(value)}.`);
};

const list = <T>(each: Reader<T>): Reader<T[]> => (value, at) => {
  if (Array.isArray(value)) return value.map((entry, index) => each(entry, `${at}[${index}]`));
  throw new SherpaError(`${at}: expected a list, got ${JSON.stringify(value)}.`);
};

/** An object with these fields and no others; a field whose name ends in "?" may be left out. */
const record = <T>(fields: Record<string, Reader<unknown>>): Reader<T> => (value, at) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SherpaError(`${at}: expected an object, got ${JSON.stringify(value)}.`);
  }
  const names = Object.keys(fields).map((name) => name.replace("?", ""));
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new SherpaError(`${at}: "${unknown}" is none of its fields, which are ${names.join(", ")}.`);
  }
  const given = value as Record<string, unknown>;
  const read = Object.entries(fields).flatMap(([field, reader]) => {
    const name = field.replace("?", "");
    if (field.endsWith("?") && !(name in given)) return [];
    return [[name, reader(given[name], `${at}.${name}`)]];
  });
  return Object.fromEntries(read);
};

const cellName = { notebook: text, cell: text };
const evidence = list(record<CellName>(cellName));
const level = record<Level>({ level: wholeNumber, name: text, shows: text });
const criterion = { id: text, title: text, question: text, levels: list(level), evidence };
const pitfall = { id: text, title: text, says: text, question: text, good: text, evidence };
const ladder = { ...cellName, "part?": text, task: text, ladder: list(text) };

const version: Reader<number> = (value, at) => {
  if (value === SHERPA_VERSION) return SHERPA_VERSION;
  throw new SherpaError(`${at}: expected ${SHERPA_VERSION}, got ${JSON.stringify(value)}.`);
};

const sherpa = record<Sherpa>({
  version,
  criteria: list(record<Criterion>(criterion)),
  pitfalls: list(record<Pitfall>(pitfall)),
  exercises: list(record<Ladder>(ladder)),
});
