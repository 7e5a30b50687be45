// What notebooks are known to print, so that a changed digit is seen: tests/golden/notebooks/*.txt.
import { basename, join } from "@std/path";
import { writeAtomically } from "../atomic.ts";
import type { Notebook } from "./notebook_file.ts";
import type { NotebookError, NotebookReport } from "./report.ts";

/** An output, as far as it is text. */
interface Output {
  output_type: string;
  text?: string | string[];
  data?: Record<string, string | string[]>;
}

/** What a cell printed. */
export interface Printed {
  /** Index of the cell, from 0. */
  cell: number;
  id: string;
  text: string;
}

/** Where the texts are kept. */
export const GOLDEN = join("tests", "golden", "notebooks");

/**
 * What the cells of an executed notebook printed, pictures by their text alternatives. Elapsed times are left out, since
 * they are no two times the same.
 */
export function printedBy(notebook: Notebook): Printed[] {
  return notebook.cells.flatMap((cell, index) => {
    const texts = (cell.outputs as Output[] | undefined ?? []).map(textOf).filter((text) => text !== "");
    if (texts.length === 0) return [];
    return [{ cell: index, id: cell.id ?? "", text: texts.join("\n") }];
  });
}

function textOf({ text, data }: Output): string {
  const lines = text ?? data?.["text/plain"] ?? "";
  const whole = Array.isArray(lines) ? lines.join("") : lines;
  const timeless = whole.replace(/^([✓■] .+ in )(?:[\d.]+ (?:ms|s|min|h)\b ?)+/gm, "$1… ");
  return timeless.replace(/[ \t]+$/gm, "").trimEnd();
}

/** The text of a golden file: each cell that prints under a line with its id. */
export function goldenText(printed: Printed[]): string {
  return printed.map(({ id, text }) => `%% ${id}\n${text}\n`).join("\n");
}

/** What a golden file says, by the ids of the cells. */
export function readGolden(text: string): Map<string, string> {
  const cells = text.split(/^%% /m).slice(1);
  return new Map(cells.map((cell) => {
    const [id, ...lines] = cell.split("\n");
    return [id, lines.join("\n").trimEnd()];
  }));
}

/** Where a notebook printed something else than it is known to, a sentence for each cell. */
export function compareGolden(notebook: Notebook, golden: string): NotebookError[] {
  const known = readGolden(golden);
  const printed = printedBy(notebook);
  const at = (id: string) => notebook.cells.findIndex((cell) => cell.id === id);
  const changed = printed.flatMap(({ cell, id, text }) => {
    const before = known.get(id);
    if (before === text) return [];
    const message = before === undefined
      ? `The cell prints something that is not in ${GOLDEN} yet:\n+ ${firstLine(text)}`
      : `The cell prints something else than before:\n${firstDifference(before, text)}`;
    return [{ cell, cellId: id, message }];
  });
  const ids = new Set(printed.map(({ id }) => id));
  const silent = [...known.keys()].filter((id) => !ids.has(id)).map((id) => ({
    cell: at(id),
    cellId: id,
    message: `The cell "${id}" printed something, and prints nothing now:\n- ${firstLine(known.get(id)!)}`,
  }));
  return [...changed, ...silent];
}

const firstLine = (text: string) => text.split("\n")[0];

function firstDifference(before: string, now: string): string {
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  const at = fresh.findIndex((line, i) => line !== old[i]);
  const line = at < 0 ? fresh.length : at;
  const show = (mark: string, text: string | undefined) => text === undefined ? [] : [`${mark} ${text}`];
  return [...show("-", old[line]), ...show("+", fresh[line])].join("\n");
}

/**
 * Hold executed notebooks to what they are known to print.
 *
 * @param executed The folder with the executed notebooks
 * @returns The reports, with an error for each cell that printed something else
 */
export async function holdToGolden(
  root: string,
  executed: string,
  reports: NotebookReport[],
): Promise<NotebookReport[]> {
  return await Promise.all(reports.map(async (report) => {
    if (report.errors.length > 0) return report;
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(join(executed, `${report.name}.ipynb`)));
    const golden = await Deno.readTextFile(goldenPath(root, report.name)).catch(() => "");
    return { ...report, errors: compareGolden(notebook, golden) };
  }));
}

/** Accept what notebooks print now; those with an error are left as they were known. */
export async function updateGolden(
  root: string,
  executed: string,
  reports: NotebookReport[],
): Promise<string[]> {
  await Deno.mkdir(join(root, GOLDEN), { recursive: true });
  const written: string[] = [];
  for (const { name, errors } of reports) {
    if (errors.length > 0) continue;
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(join(executed, `${name}.ipynb`)));
    const text = goldenText(printedBy(notebook));
    const path = goldenPath(root, name);
    if (await Deno.readTextFile(path).catch(() => "") === text) continue;
    await writeAtomically(path, text);
    written.push(basename(path));
  }
  return written;
}

function goldenPath(root: string, name: string): string {
  return join(root, GOLDEN, `${name}.txt`);
}
