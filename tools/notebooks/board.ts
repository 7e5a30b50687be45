// The progress of several notebooks that run at the same time.
import { basename } from "@std/path";
import { formatSeconds, ProgressLine, type ProgressOptions } from "../shared/progress.ts";
import type { NotebookEvent } from "./events.ts";
import { cellSeconds, type Notebook, secondsLeft, sourceOf } from "./notebook_file.ts";
import type { NotebookReport } from "./report.ts";

interface Entry {
  name: string;
  clock: NotebookClock;
  cells: number;
  state: "waiting" | "running" | "ended";
}

/**
 * One line for all notebooks, and one more for each that has ended. It knows from last time how long the rest will take.
 */
export class Board {
  readonly #entries: Entry[];
  readonly #jobs: number;
  readonly #line: ProgressLine;

  /**
   * @param notebooks Each notebook, and where it was written when it was executed last
   * @param jobs How many run at the same time
   * @param progress Settings of the progress line
   */
  constructor(
    notebooks: { path: string; executed: string }[],
    jobs: number,
    progress: Pick<ProgressOptions, "write" | "isTerminal" | "now" | "columns"> = {},
  ) {
    this.#jobs = jobs;
    this.#entries = notebooks.map(({ path, executed }) => ({
      name: basename(path, ".ipynb"),
      clock: new NotebookClock(cellSeconds(executed), progress.now),
      cells: countCells(path),
      state: "waiting",
    }));
    // How many cells there are is part of the unit: the line's own guess at the time left would take each cell for
    // equally long, and the one that trains the network is not.
    const cells = this.#entries.reduce((sum, entry) => sum + entry.cells, 0);
    this.#line = new ProgressLine({ label: "Notebooks", unit: `of ${cells} cells`, ...progress });
  }

  /** In which order to begin so that none runs alone at the end; those that nobody knows come first. */
  longestFirst(): number[] {
    const seconds = this.#entries.map(({ clock }) => clock.left() ?? Infinity);
    return [...seconds.keys()].sort((a, b) => seconds[a] === seconds[b] ? a - b : seconds[b] - seconds[a]);
  }

  hear(index: number, event: NotebookEvent): void {
    const entry = this.#entries[index];
    entry.state = "running";
    entry.clock.hear(event);
    this.draw();
  }

  end(index: number, report: NotebookReport): void {
    const entry = this.#entries[index];
    entry.state = "ended";
    const ended = `${report.executed} of ${report.cells} cells in ${formatSeconds(report.seconds)}`;
    this.#line.say([entry.name, ended, report.errors.length > 0 ? "failed" : ""].filter(Boolean).join("  "));
  }

  draw(): void {
    const running = this.#entries.filter(({ state }) => state === "running").map(({ name }) => name);
    if (running.length === 0) return;
    const done = this.#entries.reduce((sum, { clock }) => sum + clock.done, 0);
    this.#line.update(done, [this.#left(), running.join(", ")].filter(Boolean).join("  "));
  }

  clear(): void {
    this.#line.clear();
  }

  /** Such as `12 s left`: as long as all take together on so many processors, and at least as long as the longest. */
  #left(): string {
    const seconds = this.#entries.filter(({ state }) => state !== "ended").map(({ clock }) => clock.left());
    const known = seconds.filter((left) => left !== undefined);
    if (known.length < seconds.length) return "";
    const all = known.reduce((sum, left) => sum + left, 0);
    return `${formatSeconds(Math.max(all / this.#jobs, ...known))} left`;
  }
}

/** Code cells with something in them; 0 if the file cannot be read, which whoever executes it will say. */
function countCells(path: string): number {
  try {
    const { cells }: Notebook = JSON.parse(Deno.readTextFileSync(path));
    return cells.filter((cell) => cell.cell_type === "code" && sourceOf(cell).trim() !== "").length;
  } catch {
    return 0;
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

  /** Seconds that the rest will take; `undefined` if nobody knows. */
  left(): number | undefined {
    if (!this.#last) return undefined;
    const spent = this.#cell < 0 ? 0 : (this.#now() - this.#cellStart) / 1000;
    const expected = this.#last.get(this.#cell) ?? 0;
    if (spent > 2 * expected + 1) return undefined; // the notebook has changed since, or the machine is busy
    return secondsLeft(this.#last, this.#cell, spent);
  }
}
