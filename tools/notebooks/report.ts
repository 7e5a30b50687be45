import type { NotebookEvent } from "./events.ts";

/** One thing that went wrong in a notebook. */
export interface NotebookError {
  /** Index of the cell in the notebook, from 0; −1 if no cell is to blame. */
  cell: number;
  /** The cell's id in the file. */
  cellId: string;
  /** Line in the cell, from 1, if it is known. */
  line?: number;
  message: string;
  /** It is about a number in the text, and all cells ran. */
  inText?: boolean;
}

/** What happened to one notebook. */
export interface NotebookReport {
  /** File name without `.ipynb`. */
  name: string;
  seconds: number;
  /** How many code cells there are. */
  cells: number;
  /** How many of them ran to their end. */
  executed: number;
  errors: NotebookError[];
  /** The named numbers that the notebook reported with `results()`; the last one counts. */
  results: Record<string, number>;
}

/** `build/report.json`. */
export interface RunReport {
  deno: string;
  seconds: number;
  notebooks: NotebookReport[];
}

/** The report of a notebook that has not begun. */
export function emptyReport(name: string): NotebookReport {
  return { name, seconds: 0, cells: 0, executed: 0, errors: [], results: {} };
}

/**
 * Take an event into a report.
 *
 * @returns A new report; the old one stays as it was
 *
 * @example
 * ```ts
 * import { addEvent, emptyReport } from "./report.ts";
 *
 * const report = addEvent(emptyReport("05_mnist_digits"), {
 *   event: "cellDone", cell: 40, seconds: 0.2, results: { testAccuracy: 0.979 },
 * });
 * console.log(report.results); // { testAccuracy: 0.979 }
 * ```
 */
export function addEvent(report: NotebookReport, event: NotebookEvent): NotebookReport {
  switch (event.event) {
    case "start":
      return { ...report, cells: event.cells };
    case "cellDone": {
      const { numbers, problems } = readResults(event.results);
      const errors = problems.map((message) => ({ cell: event.cell, cellId: "", message }));
      return {
        ...report,
        executed: report.executed + 1,
        results: { ...report.results, ...numbers },
        errors: [...report.errors, ...errors],
      };
    }
    case "error": {
      const message = event.message ? `${event.name}: ${event.message}` : event.name;
      const executed = report.executed - 1; // the cell was counted, and did not come to its end
      return {
        ...report,
        executed,
        errors: [...report.errors, { cell: event.cell, cellId: event.id, message }],
      };
    }
    case "failed":
      return { ...report, errors: [...report.errors, { cell: -1, cellId: "", message: event.message }] };
    default:
      return report;
  }
}

/** The numbers among displayed results, and a sentence for each thing that is none. */
function readResults(results: Record<string, unknown>) {
  const numbers: Record<string, number> = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(results)) {
    if (typeof value === "number" && Number.isFinite(value)) numbers[name] = value;
    else problems.push(`the result "${name}" is ${JSON.stringify(value)}; a result must be a finite number`);
  }
  return { numbers, problems };
}

/** The numbers to end a run with: those of the last notebook that reports any, as the course ends in a result. */
export function headlines(reports: NotebookReport[]): Record<string, number> {
  return reports.findLast(({ results }) => Object.keys(results).length > 0)?.results ?? {};
}

/**
 * A number as a person reads it: what is called an accuracy, a baseline or a share as a percentage.
 *
 * @example
 * ```ts
 * import { formatResult } from "./report.ts";
 *
 * console.log(formatResult("testAccuracy", 0.97918)); // 97.9%
 * console.log(formatResult("testLoss", 0.0712345)); // 0.07123
 * ```
 */
export function formatResult(name: string, value: number): string {
  const isShare = /(?:accuracy|baseline|share)$/i.test(name) && value >= 0 && value <= 1;
  if (isShare) return `${(100 * value).toFixed(1)}%`;
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(4))}`;
}
