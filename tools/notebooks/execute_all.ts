import { basename, join } from "@std/path";
import { formatSeconds, ProgressLine } from "../progress.ts";
import type { Environment } from "../setup/ensure.ts";
import type { NotebookEvent } from "./events.ts";
import { executeNotebook, type ExecuteOptions } from "./execute.ts";
import { describeError } from "./messages.ts";
import { cellSeconds, type Notebook, secondsLeft } from "./notebook_file.ts";
import { proseProblems } from "./prose_numbers.ts";
import type { NotebookReport } from "./report.ts";

/** Settings of {@link executeNotebooks}. */
export interface ExecuteAllOptions extends Pick<ExecuteOptions, "output" | "cellTimeout" | "signal"> {
  /** Notebooks to execute; all of `notebooks/` unless given. */
  paths?: string[];
  /** Where errors go as they happen; standard error unless said. */
  say?: (text: string) => void;
}

/**
 * Execute notebooks one after another, each in a fresh kernel, with a progress line each. A notebook that fails is
 * named, with the cell, its error and its place, and the next one is tried. One whose text gives a number that no cell
 * computed has failed too.
 *
 * @returns A report of each notebook, in their order; whoever calls decides what an error in one means
 *
 * @example
 * ```ts ignore
 * import { ensureSetup } from "../setup.ts";
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
  const say = options.say ?? console.error;
  const reports: NotebookReport[] = [];
  for (const path of options.paths ?? await listNotebooks(join(environment.root, "notebooks"))) {
    const executed = await executeWithProgress(environment, path, options);
    const report = executed.errors.length > 0 ? executed : await withProse(path, executed);
    for (const error of report.errors) say(await describeError(path, error));
    reports.push(report);
  }
  return reports;
}

/** The notebooks of a folder, in the order of their names. */
export async function listNotebooks(folder: string): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  return names.filter((name) => name.endsWith(".ipynb")).sort().map((name) => join(folder, name));
}

/** Everything ran: now the text is held to what came out. */
async function withProse(path: string, report: NotebookReport): Promise<NotebookReport> {
  const notebook: Notebook = JSON.parse(await Deno.readTextFile(path));
  return { ...report, errors: proseProblems(notebook, report.results) };
}

async function executeWithProgress(
  environment: Environment,
  path: string,
  options: ExecuteAllOptions,
): Promise<NotebookReport> {
  const name = basename(path, ".ipynb");
  const folder = options.output ?? join(environment.root, "build", "notebooks");
  const clock = new NotebookClock(cellSeconds(join(folder, `${name}.ipynb`)));
  let progress: ProgressLine | undefined;
  const draw = () => progress?.update(clock.done, clock.note());
  const timer = setInterval(draw, 500);
  try {
    const report = await executeNotebook(environment, path, {
      ...options,
      onEvent: (event) => {
        clock.hear(event);
        // How many cells there are is part of the unit: the line's own guess at the time left would take each cell
        // for equally long, and the one that trains the network is not.
        if (event.event === "start") {
          progress = new ProgressLine({ label: name, unit: `of ${event.cells} cells` });
        }
        draw();
      },
    });
    progress?.update(report.executed);
    progress?.finish(report.errors.length > 0 ? "failed" : "");
    return report;
  } catch (error) {
    progress?.finish("stopped");
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Follows a notebook's events, and knows from last time how long the rest will take. */
export class NotebookClock {
  /** Cells that ran to their end. */
  done = 0;
  readonly #last: Map<number, number> | undefined;
  readonly #now: () => number;
  #cell = -1;
  #cellStart = 0;

  /**
   * @param last Seconds of each cell at the last execution, by its index
   * @param now A clock in milliseconds
   */
  constructor(last: Map<number, number> | undefined, now: () => number = () => performance.now()) {
    this.#last = last;
    this.#now = now;
  }

  hear(event: NotebookEvent): void {
    if (event.event === "cellDone") this.done++;
    if (event.event === "error") this.done--;
    if (event.event === "cellStart") {
      this.#cell = event.cell;
      this.#cellStart = this.#now();
    }
  }

  /** Such as `12 s left`, or nothing if nobody knows. */
  note(): string {
    if (!this.#last) return "";
    const spent = this.#cell < 0 ? 0 : (this.#now() - this.#cellStart) / 1000;
    const expected = this.#last.get(this.#cell) ?? 0;
    if (spent > 2 * expected + 1) return ""; // the notebook has changed since, or the machine is busy
    return `${formatSeconds(secondsLeft(this.#last, this.#cell, spent))} left`;
  }
}
