/**
 * Make what learners are handed, with nbgrader: `deno task assignments` → `build/assignments`. With `--mark`, put what
 * nbgrader has to know into the notebooks.
 *
 * @module
 */
import { basename, fromFileUrl, join, relative } from "@std/path";
import { AssignmentError, buildAssignments } from "./assignments/build.ts";
import { gradedCells, mark } from "./assignments/marks.ts";
import { NbgraderError } from "./assignments/nbgrader.ts";
import { movePoints, PointsError } from "./assignments/points.ts";
import { writeAtomically } from "../shared/atomic.ts";
import { notebookText } from "../notebooks/canonical.ts";
import { cleanNotebooks } from "../course/clean.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";
import { exitCodeOf } from "../notebooks/exit_code.ts";
import { onInterrupt } from "../notebooks/interrupt.ts";
import { parse, UsageError } from "../shared/arguments.ts";
import { ensureSetup } from "../setup/setup.ts";

const HELP = `Make what learners are handed.

  deno task assignments [--mark | --points NOTEBOOK CHECK=N …]

  --mark   Put what nbgrader has to know into the notebooks instead: which cells are for the learner, which are locked,
           which new cells are exercises and their checks
  --points The same for one notebook, such as 03; and give checks, named by their cells' ids, these points. What is left
           of 100 goes to the others, in proportion to what they had
  --help   Show this

Writes build/assignments/release (a learner's folder) and build/assignments/course (nbgrader's folder and gradebook).
Exits with 1, and writes nothing, if a notebook is not fit to be handed out. See tools/grading/assignments/README.md.`;

const SEE = "See: deno task assignments --help";

/** Do it; gives the exit code. */
async function main(args: string[]): Promise<number> {
  const options = { mark: { type: "boolean" }, points: { type: "boolean" } } as const;
  const { values, names, help } = parse(args, { task: "assignments", help: HELP, options, names: true });
  const root = fromFileUrl(new URL("../..", import.meta.url));
  if (help) console.log(HELP);
  else if (values.points) await givePoints(root, names);
  else if (names.length > 0) throw new UsageError(`deno task assignments cannot use "${names[0]}". ${SEE}`);
  else if (values.mark) await markNotebooks(root);
  else {
    const environment = await ensureSetup({ task: "assignments" });
    const made = relative(environment.root, await buildAssignments(environment, { signal: onInterrupt() }));
    console.log(`Hand out ${join(made, "release")}. Grade what comes back: deno task grade -- FOLDER`);
  }
  return 0;
}

async function markNotebooks(root: string): Promise<void> {
  const paths = await listNotebooks(join(root, "notebooks"));
  for (const path of paths) {
    const notebook = mark(JSON.parse(await Deno.readTextFile(path)));
    await writeAtomically(path, notebookText(notebook));
    for (const { id, metadata } of gradedCells(notebook)) {
      if (metadata?.nbgrader?.points) continue;
      const name = basename(path, ".ipynb");
      console.log(`${id} is worth nothing yet: deno task assignments --points ${name} ${id}=10`);
    }
  }
  await cleanNotebooks(root, paths);
  console.log(`Marked ${paths.length} notebooks for nbgrader.`);
}

async function givePoints(root: string, [name = "", ...given]: string[]): Promise<void> {
  const paths = (await listNotebooks(join(root, "notebooks"))).filter((path) =>
    basename(path).startsWith(name)
  );
  if (name === "" || paths.length !== 1) {
    throw new UsageError(`--points needs one notebook first, such as 03. ${SEE}`);
  }
  const wanted: Record<string, number> = {};
  for (const one of given) {
    const parts = one.match(/^([\w-]+)=(\d+)$/);
    if (!parts) throw new UsageError(`--points takes CHECK=N, such as check-mean=10, and got ${one}. ${SEE}`);
    wanted[parts[1]] = Number(parts[2]);
  }
  if (given.length === 0) {
    throw new UsageError(`--points needs a check and its points, such as check-mean=10. ${SEE}`);
  }
  const notebook = movePoints(mark(JSON.parse(await Deno.readTextFile(paths[0]))), wanted);
  await writeAtomically(paths[0], notebookText(notebook));
  await cleanNotebooks(root, paths);
  const all = gradedCells(notebook).map(({ id, metadata }) => `${id}=${metadata?.nbgrader?.points}`);
  console.log(`${relative(root, paths[0])}: ${all.join(" ")}`);
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    const known = [AssignmentError, NbgraderError, PointsError];
    if (!known.some((kind) => error instanceof kind)) Deno.exit(exitCodeOf(error));
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
