/**
 * Say how many points the checks that a learner sees give: `deno task points`, or `deno task points 01`.
 *
 * In GitHub Actions it also writes the job's summary, and tells GitHub Classroom.
 *
 * @module
 */
import { basename, join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { countPoints, type NotebookPoints, pointsTable, totalOf } from "./classroom/points.ts";
import { reportToClassroom } from "./classroom/report.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";
import { onInterrupt } from "../notebooks/interrupt.ts";
import { ensureSetup } from "../setup/setup.ts";

const HELP = `Say how many points your answers get from the checks that you see.

  deno task points [names]

  names    Notebooks, such as 01 or 02_backpropagation; all in which something was written unless given
  --help   Show this`;

/** What stands in an exercise in which nothing was written. */
const STUB = "Not implemented";

if (import.meta.main) {
  const { names } = readArguments({ task: "points", help: HELP, names: true });
  const environment = await ensureSetup({ task: "points" });
  const signal = onInterrupt();
  const notebooks: NotebookPoints[] = [];
  for (const path of await listNotebooks(join(environment.root, "notebooks"))) {
    const isNamed = names.some((name) => basename(path).startsWith(basename(name, ".ipynb")));
    if (names.length > 0 ? isNamed : await isBegun(path)) {
      notebooks.push(await countPoints(environment, path, signal));
    }
  }
  const table = pointsTable(notebooks);
  console.log(table);
  const summary = Deno.env.get("GITHUB_STEP_SUMMARY");
  if (summary) await Deno.writeTextFile(summary, `${table}\n`, { append: true });
  await reportToClassroom(totalOf(notebooks), Deno.env.toObject());
}

/** Whether an exercise has an answer: all of a release's throw. */
async function isBegun(path: string): Promise<boolean> {
  const { cells } = JSON.parse(await Deno.readTextFile(path));
  const solutions = cells.filter((cell: { metadata?: { nbgrader?: { solution?: boolean } } }) =>
    cell.metadata?.nbgrader?.solution
  );
  return solutions.some(({ source }: { source: string | string[] }) =>
    ![source].flat().join("").includes(STUB)
  );
}
