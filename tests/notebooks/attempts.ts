// Tries answers to the exercises of a notebook, and notes what its checks say: without a kernel, all of them in one program.
import { join, toFileUrl } from "@std/path";
import { DELIMITERS, isSolution } from "../../tools/learner/edition.ts";
import { isGraded } from "../../tools/grading/assignments/marks.ts";
import { neededCells } from "../../tools/grading/assignments/needs.ts";
import { type Notebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";

/** An answer to an exercise, and what the learner should read. */
export interface Attempt {
  /** What the learner did. */
  did: string;
  /** In place of the solution; of several in one cell, in place of each. Pairs exchange a piece of the right one. */
  answer: string | string[] | [was: string, is: string][];
  /** The likely slip that the first failing check must name; without it, none may be named. */
  slip?: string;
  /** What its message must say besides. */
  says?: string;
  /** It is right (in another way than ours), or it only knows the numbers that the visible checks ask for. */
  passes?: "all" | "visible";
}

/** The attempts at one exercise, by the id of its cell. */
export type Attempts = Record<string, Attempt[]>;

/** What came of an attempt. */
export interface Outcome {
  /** What the first cell that failed said; `undefined` if all visible checks passed. */
  visible?: { cell: string; message: string };
  /** The same with the hidden tests. */
  all?: { cell: string; message: string };
}

/**
 * Try all attempts, each with the right answers to everything before it. Cells run in blocks, each within the one before,
 * so that a later one may declare a name again as it may in a kernel.
 *
 * @returns One a cell and attempt, in their order
 */
export async function tryAttempts(notebook: Notebook, attempts: Attempts): Promise<Map<Attempt, Outcome>> {
  const folder = await Deno.makeTempDir({ prefix: "backprop-attempts-" });
  const unknown = Object.keys(attempts).filter((id) => !notebook.cells.some((cell) => cell.id === id));
  if (unknown.length > 0) throw new Error(`no cells of this notebook: ${unknown.join(", ")}`);
  const outcomes = new Map<Attempt, Outcome>();
  const scope = globalThis as { __attempt?: unknown };
  const log = console.log;
  scope.__attempt = async (id: string, index: number, body: (hidden: boolean, at: At) => Promise<void>) => {
    const attempt = attempts[id][index];
    const visible = await outcomeOf(body, false);
    outcomes.set(attempt, visible ? { visible, all: visible } : { all: await outcomeOf(body, true) });
  };
  try {
    const path = join(folder, "attempts.ts");
    await Deno.writeTextFile(path, programOf(notebook, attempts));
    console.log = () => {};
    await import(toFileUrl(path).href);
    return outcomes;
  } finally {
    console.log = log;
    delete scope.__attempt;
    await Deno.remove(folder, { recursive: true });
  }
}

/** Called before each cell of an attempt. */
type At = (cell: string) => void;

async function outcomeOf(
  body: (hidden: boolean, at: At) => Promise<void>,
  hidden: boolean,
): Promise<{ cell: string; message: string } | undefined> {
  let cell = "";
  try {
    await body(hidden, (id) => cell = id);
  } catch (error) {
    const { name, message } = error as Error;
    return { cell, message: name === "CheckError" ? message : `${name}: ${message}` };
  }
}

function programOf(notebook: Notebook, attempts: Attempts): string {
  const needed = [...neededCells(notebook)].sort((a, b) => a - b).map((index) => notebook.cells[index]);
  const imports: string[] = [];
  const sources = needed.map((cell) => {
    const lines = sourceOf(cell).split("\n");
    imports.push(...lines.filter((line) => line.startsWith("import ")));
    return lines.filter((line) => !line.startsWith("import ")).join("\n");
  });
  const door = new URL("../../lib/mod.ts", import.meta.url).href;
  const attemptsAt = (at: number) => {
    const id = needed[at].id!;
    const until = endOfGroup(needed, at);
    const after = needed.slice(at + 1, until).map((cell, i) => blockOf(cell.id!, sources[at + 1 + i]));
    return (attempts[id] ?? []).map(({ answer }, index) => {
      const inside = [blockOf(id, withAnswer(sources[at], answer)), ...after].join("\n");
      return `await __attempt("${id}", ${index}, async (__hidden, __at) => {\n${inside}${
        "}".repeat(after.length + 1)
      }\n});`;
    }).join("\n");
  };
  const cells = needed.map((cell, at) =>
    (isSolution(cell) ? attemptsAt(at) + "\n" : "") + `{ ${withHidden(sources[at], "true")}\n`
  );
  return [...imports.map((line) => line.replace('"backprop"', `"${door}"`)), ...cells].join("\n") +
    "}".repeat(cells.length);
}

/** Where the cells end that belong to an exercise: before the next one, if a check stands between. */
function endOfGroup(cells: Notebook["cells"], at: number): number {
  const checked = cells.findIndex((cell, index) => index > at && isGraded(cell));
  const next = cells.findIndex((cell, index) => index > checked && isSolution(cell));
  return next < 0 ? cells.length : next;
}

/** A cell that says where the program is; the block stays open for the cells after it. */
const blockOf = (id: string, source: string) => `{ __at("${id}");\n${withHidden(source, "__hidden")}\n`;

const withHidden = (source: string, condition: string) =>
  source.replace(DELIMITERS.beginHidden, `if (${condition}) {`).replace(DELIMITERS.endHidden, "}");

/** The cell with another answer in it. */
export function withAnswer(source: string, answer: Attempt["answer"]): string {
  if (typeof answer !== "string" && Array.isArray(answer[0])) {
    return (answer as [string, string][]).reduce((text, [was, is]) => {
      if (!text.includes(was)) throw new Error(`The solution does not contain ${was}`);
      return text.replace(was, () => is);
    }, source);
  }
  const answers = typeof answer === "string" ? [answer] : answer as string[];
  let next = 0;
  const { beginSolution, endSolution } = DELIMITERS;
  const filled = source.replace(
    new RegExp(`${beginSolution}\\n[^]*?${endSolution}`, "g"),
    () => answers[next++],
  );
  if (next !== answers.length) throw new Error(`${answers.length} answers for ${next} places`);
  return filled;
}

/** What a message names as the likely slip. */
export const slipIn = (message: string): string | undefined => message.match(/^ {2}likely slip: (.*)$/m)?.[1];
