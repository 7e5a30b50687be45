// Holds executed notebooks to what they are known to show, and accepts what they show now.
import { join } from "@std/path";
import type { Notebook } from "../../notebooks/notebook_file.ts";
import type { NotebookReport } from "../../notebooks/report.ts";
import { compareNotebook, type Comparison } from "./compare.ts";
import { readGolden, removeOldGoldens, sourcesOf, writeGolden } from "./golden.ts";
import { shownBy } from "./shown.ts";

/** What came of one notebook. */
export interface Review {
  /** The notebook as it was written, absolute. */
  path: string;
  notebook: Notebook;
  /** What happened when it was executed; if it was compared, its errors are wrong numbers in its text. */
  report: NotebookReport;
  /** Not there if the execution failed. */
  comparison?: Comparison;
}

/** Whether every cell ran: then it is compared, even if its text has a wrong number. */
const cameToItsEnd = ({ errors }: NotebookReport) => errors.every(({ inText }) => inText);

/**
 * Hold executed notebooks to what they are known to show.
 *
 * @param root The project's folder, absolute
 * @param executed The folder with the executed notebooks
 * @param paths The notebooks as they were written
 * @param reports What happened when they were executed, in the same order
 * @param known The folder in which their goldens are looked for, as in a project's
 */
export function reviewNotebooks(
  root: string,
  executed: string,
  paths: string[],
  reports: NotebookReport[],
  known: string = root,
): Promise<Review[]> {
  return Promise.all(reports.map(async (report, at): Promise<Review> => {
    const path = paths[at];
    if (!cameToItsEnd(report)) {
      const notebook = await readNotebook(path).catch((): Notebook => ({ cells: [] }));
      return { path, notebook, report };
    }
    const notebook = await readNotebook(join(executed, `${report.name}.ipynb`));
    const comparison = compareNotebook(notebook, await readGolden(known, report.name));
    return { path, notebook, report, comparison };
  }));
}

/** Whether a notebook came to its end, with right numbers in its text, and says and shows what it is known to. */
export const isAsKnown = ({ report, comparison }: Review): boolean =>
  report.errors.length === 0 && comparison?.changed.length === 0;

/** How many code cells of a notebook that failed were not reached. */
export function notReached({ report, comparison }: Review): number {
  const { cells, executed, errors } = report;
  if (comparison || cells <= executed) return 0;
  // The cell that failed was reached, and did not come to its end.
  return cells - executed - (errors.at(-1)!.cell < 0 ? 0 : 1);
}

/**
 * Accept what notebooks show now; those that failed are left as they were known.
 *
 * @param all The names of all notebooks there are: what is kept of others is removed
 * @returns The files that changed, as paths from the folder of goldens
 */
export async function acceptNotebooks(
  root: string,
  executed: string,
  reports: NotebookReport[],
  all: string[],
): Promise<string[]> {
  const changed: string[] = [];
  for (const { name, errors } of reports) {
    if (errors.length > 0) continue;
    const notebook = await readNotebook(join(executed, `${name}.ipynb`));
    changed.push(...await writeGolden(root, name, sourcesOf(notebook), shownBy(notebook)));
  }
  return [...changed, ...await removeOldGoldens(root, all)];
}

async function readNotebook(path: string): Promise<Notebook> {
  return JSON.parse(await Deno.readTextFile(path));
}
