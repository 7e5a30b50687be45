/**
 * Make what learners are handed, with nbgrader: `deno task assignments` → `build/assignments`. With `--mark`, put what
 * nbgrader has to know into the notebooks.
 *
 * @module
 */
import { fromFileUrl, join, relative } from "@std/path";
import { AssignmentError, buildAssignments } from "./assignments/build.ts";
import { mark } from "./assignments/marks.ts";
import { NbgraderError } from "./assignments/nbgrader.ts";
import { writeAtomically } from "./atomic.ts";
import { notebookText } from "./checks/canonical.ts";
import { cleanNotebooks } from "./clean_notebooks.ts";
import { listNotebooks } from "./notebooks/execute_all.ts";
import { exitCodeOf } from "./notebooks/exit_code.ts";
import { onInterrupt } from "./notebooks/interrupt.ts";
import { UsageError } from "./notebooks/options.ts";
import { ensureSetup } from "./setup.ts";

const HELP = `Make what learners are handed.

  deno task assignments [--mark]

  --mark   Put what nbgrader has to know into the notebooks instead: which cells are for the learner, which are locked.
           Points are yours to give: "nbgrader": {"grade": true, "points": 10} in the metadata of a check
  --help   Show this

Writes build/assignments/release (a learner's folder) and build/assignments/course (nbgrader's folder and gradebook).
Exits with 1, and writes nothing, if a notebook is not fit to be handed out. See tools/assignments/README.md.`;

/** Do it; gives the exit code. */
async function main(args: string[]): Promise<number> {
  const options = args.filter((arg) => arg !== "--");
  const unknown = options.find((arg) => arg !== "--mark" && arg !== "--help");
  if (unknown) throw new UsageError(`There is no option ${unknown}. See: deno task assignments --help`);
  if (options.includes("--help")) console.log(HELP);
  else if (options.includes("--mark")) await markNotebooks(fromFileUrl(new URL("..", import.meta.url)));
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
    const notebook = JSON.parse(await Deno.readTextFile(path));
    await writeAtomically(path, notebookText(mark(notebook)));
  }
  await cleanNotebooks(root, paths);
  console.log(`Marked ${paths.length} notebooks for nbgrader.`);
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (!(error instanceof AssignmentError || error instanceof NbgraderError)) Deno.exit(exitCodeOf(error));
    console.error(error.message);
    Deno.exit(1);
  }
}
