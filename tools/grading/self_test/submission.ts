// How a submission of the sample assignment is written, and what must come of it.
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { answered, SAMPLE } from "./sample.ts";

/** Places that a hostile submission tries to reach. */
export interface Targets {
  /** The folder of another student's submission. */
  other: string;
  /** nbgrader's gradebook, and the notebook with the hidden tests. */
  gradebook: string;
  source: string;
  /** A folder outside. */
  outside: string;
  /** A port of this machine where something listens. */
  port: number;
}

/** A submission. */
export interface Case {
  name: string;
  /** What is in it, in a few words. */
  says: string;
  /** Writes it. */
  write(folder: string, targets: Targets): Promise<void>;
  /** Points for slope, mean and step; `undefined`: nothing could be graded. */
  marks: [slope: number, mean: number, step: number] | undefined;
  /** What the note must say; nothing: that there is none. */
  note?: RegExp;
  /** What no output may contain. */
  never?: RegExp;
  /** Attempts that must each have been refused: one that never ran would have succeeded nowhere, too. */
  refused?: string[];
}

/** All points. */
export const ALL: [number, number, number] = [40, 30, 30];
/** Answers that are wrong, and one that is right. */
export const WRONG_SLOPE = "function slope(x: number): number { return 17; }";
export const WRONG_MEAN = "function meanOf(values: number[]): number { return 17; }";
export const RIGHT_MEAN =
  "function meanOf(values: number[]): number {\n  return values.reduce((a, b) => a + b, 0) / values.length;\n}";

/** Writes a notebook into a folder. */
export async function put(folder: string, notebook: Notebook | string, name = SAMPLE): Promise<void> {
  const text = typeof notebook === "string" ? notebook : JSON.stringify(notebook);
  await Deno.writeTextFile(`${folder}/${name}.ipynb`, text);
}

/** A case with a notebook, made by the function. */
export function notebook(
  name: string,
  says: string,
  make: (targets: Targets) => Notebook,
  marks: Case["marks"],
  more: Partial<Case> = {},
): Case {
  return { name, says, write: (folder, targets) => put(folder, make(targets)), marks, ...more };
}

/** A submission with these answers, changed. */
export function edit(
  change: (notebook: Notebook) => void,
  answers: Parameters<typeof answered>[0] = {},
): Notebook {
  const notebook = answered(answers);
  change(notebook);
  return notebook;
}

/** A cell by its id. */
export const cellOf = ({ cells }: Notebook, id: string) => cells.find((cell) => cell.id === id)!;
/** Takes a cell out. */
export const without = (id: string) => (notebook: Notebook) => {
  notebook.cells = notebook.cells.filter((cell) => cell.id !== id);
};

/** Each attempt says GOT if it had what it wanted. */
export function attempts(tries: Record<string, string>): string {
  return Object.entries(tries).map(([name, code]) =>
    `try {\n  ${code}\n  console.log("GOT ${name}");\n} catch (error) {\n` +
    `  console.log("refused ${name}: " + (error as Error).name);\n}`
  ).join("\n");
}

/** A submission with right answers that tries things, all of which are refused. */
export function trying(
  name: string,
  says: string,
  tries: Record<string, string> | ((targets: Targets) => Record<string, string>),
  more: Partial<Case> & { before?: string } = {},
): Case {
  const of = (targets: Targets) => typeof tries === "function" ? tries(targets) : tries;
  const { before = "", ...rest } = more;
  return notebook(
    name,
    says,
    (targets) => answered({ mean: `${RIGHT_MEAN}\n${before}\n${attempts(of(targets))}` }),
    ALL,
    { never: /GOT/, refused: Object.keys(of({} as Targets)), ...rest },
  );
}
