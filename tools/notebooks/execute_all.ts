import { basename, join } from "@std/path";
import type { Environment } from "../setup/ensure.ts";
import { Board } from "./board.ts";
import type { NotebookEvent } from "./events.ts";
import { executeNotebook, type ExecuteOptions } from "./execute.ts";
import { describeError } from "./messages.ts";
import type { Notebook } from "./notebook_file.ts";
import { defaultJobs } from "./options.ts";
import { proseProblems } from "./prose_numbers.ts";
import type { NotebookReport } from "./report.ts";

/** Settings of {@link executeNotebooks}. */
export interface ExecuteAllOptions extends Pick<ExecuteOptions, "output" | "cellTimeout" | "signal"> {
  /** Notebooks to execute; all of `notebooks/` unless given. */
  paths?: string[];
  /** How many at the same time; {@link defaultJobs} unless given. */
  jobs?: number;
  /** Where errors go as they happen; standard error unless said. */
  say?: (text: string) => void;
}

/**
 * Execute notebooks, each in a fresh kernel, some at the same time, with a progress line for all. A notebook that fails
 * is named, with the cell, its error and its place, and the others go on. One whose text gives a number that no cell
 * computed has failed too. Nothing that a notebook computes depends on how many run at once.
 *
 * @returns A report of each notebook, in their order; whoever calls decides what an error in one means
 * @throws {DOMException} `AbortError`, if `signal` was given and fired; no kernel is left then
 *
 * @example
 * ```ts ignore
 * import { ensureSetup } from "../setup/setup.ts";
 * import { executeNotebooks } from "./execute_all.ts";
 *
 * const reports = await executeNotebooks(await ensureSetup());
 * const failed = reports.filter((report) => report.errors.length > 0).length;
 * console.log(`${reports.length - failed} passed, ${failed} failed`);
 * ```
 */
export async function executeNotebooks(
  environment: Environment,
  options: ExecuteAllOptions = {},
): Promise<NotebookReport[]> {
  const { jobs = defaultJobs(), say = console.error } = options;
  const paths = options.paths ?? await listNotebooks(join(environment.root, "notebooks"));
  const folder = options.output ?? join(environment.root, "build", "notebooks");
  const board = new Board(paths.map((path) => ({ path, executed: join(folder, basename(path)) })), jobs);
  const reports: NotebookReport[] = [];
  const timer = setInterval(() => board.draw(), 500);
  try {
    await inTurns(board.longestFirst(), jobs, async (index) => {
      const path = paths[index];
      const onEvent = (event: NotebookEvent) => board.hear(index, event);
      const executed = await executeNotebook(environment, path, { ...options, onEvent });
      const report = executed.errors.length > 0 ? executed : await withProse(path, executed);
      board.end(index, report);
      for (const error of report.errors) say(`\n${await describeError(path, error)}`);
      reports[index] = report;
    });
  } finally {
    clearInterval(timer);
    board.clear();
  }
  return reports;
}

/** Do something with each, some at the same time; after an error nothing new begins, and what has begun comes to its end. */
async function inTurns<T>(items: T[], jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const errors: unknown[] = [];
  const worker = async () => {
    while (waiting.length > 0 && errors.length === 0) {
      await work(waiting.shift()!).catch((error) => void errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  if (errors.length > 0) throw errors[0];
}

/** The notebooks of a folder, in the order of their names. */
export async function listNotebooks(folder: string): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  return names.filter((name) => name.endsWith(".ipynb")).sort().map((name) => join(folder, name));
}

/** Everything ran: now the text is held to what came out. */
async function withProse(path: string, report: NotebookReport): Promise<NotebookReport> {
  const notebook: Notebook = JSON.parse(await Deno.readTextFile(path));
  return {
    ...report,
    errors: proseProblems(notebook, report.results).map((problem) => ({ ...problem, inText: true })),
  };
}
