// nbgrader's course that submissions are graded against: the notebooks with solutions and hidden tests.
import { basename, fromFileUrl, join } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import { gradedCells, isGraded } from "./assignments/marks.ts";
import { ensureNbgrader, NBGRADER_CONFIG } from "./assignments/nbgrader.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";
import { type Notebook, sourceOf } from "../notebooks/notebook_file.ts";
import type { Environment } from "../setup/ensure.ts";
import { run, tail } from "../setup/process.ts";
import { type Answer, answersOf } from "./answers.ts";
import { fingerprint } from "./fingerprint.ts";
import { instrument } from "./instrument.ts";
import { namesOfChecks } from "./reaching.ts";
import { INSIDE } from "./sandbox.ts";

const HERE = fromFileUrl(new URL(".", import.meta.url));
const GENERATE = fromFileUrl(new URL("./assignments/generate.py", import.meta.url));

/** Grading cannot begin, for a reason that lies with the instructor's side. */
export class CourseError extends Error {
  override readonly name = "CourseError";
}

/** What one check is worth. */
export interface Check {
  /** nbgrader's name of its cell. */
  id: string;
  points: number;
  /** The heading that it stands below. */
  exercise: string;
  /** What it tests. */
  answers: Answer[];
}

/** A notebook that is graded. */
export interface Assignment {
  name: string;
  checks: Check[];
  /** Names that only checks declare. */
  namesOfChecks: string[];
}

/** The instructor's side. */
export interface Course {
  /** The folder with `source`, `release`, `gradebook.db` and `guards`, the cells as they run. */
  folder: string;
  assignments: Assignment[];
  /** Changes when a notebook, the library or the grader does. */
  fingerprint: string;
  /** The environment in which Python finds nbgrader. */
  env: Record<string, string>;
}

/**
 * Make the course out of the notebooks, unless it is there already.
 *
 * @param folder Where it goes
 * @param notebooks The folder of the instructor's notebooks
 * @param guardModule Where a graded kernel finds its guard
 * @throws {CourseError} If nbgrader refuses a notebook
 */
export async function prepareCourse(
  environment: Environment,
  { folder, notebooks, guardModule = INSIDE.begin }: {
    folder: string;
    notebooks: string;
    guardModule?: string;
  },
): Promise<Course> {
  const env = await ensureNbgrader(environment);
  const { root } = environment;
  const parts = ["lib", "tools/kernel", "tools/grading", "deno.json"].map((part) => join(root, part));
  const print = await fingerprint([notebooks, ...parts], guardModule);
  const read: { path: string; notebook: Notebook }[] = [];
  for (const path of await listNotebooks(notebooks)) {
    const notebook: Notebook = JSON.parse(await Deno.readTextFile(path));
    if (gradedCells(notebook).length > 0) read.push({ path, notebook });
  }
  const assignments = read.map(({ path, notebook }) => assignmentOf(basename(path, ".ipynb"), notebook));
  const course = { folder, assignments, fingerprint: print, env };
  const stamp = join(folder, "fingerprint.txt");
  if (await Deno.readTextFile(stamp).catch(() => "") === print) return course;

  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(join(folder, "guards"), { recursive: true });
  for (const { path, notebook } of read) {
    const name = basename(path, ".ipynb");
    refuseSilentChecks(name, notebook);
    await Deno.mkdir(join(folder, "source", name), { recursive: true });
    await Deno.copyFile(path, join(folder, "source", name, `${name}.ipynb`));
    await Deno.writeTextFile(
      join(folder, "guards", `${name}.json`),
      JSON.stringify(instrument(notebook, guardModule), null, 1),
    );
  }
  const job = { config: NBGRADER_CONFIG, root: folder, assignments: assignments.map(({ name }) => name) };
  const { code, output } = await run(environment.python, {
    args: [GENERATE, JSON.stringify(job)],
    env,
    cwd: HERE,
  });
  const refused = output.split("\n").flatMap((line) => {
    try {
      const event = JSON.parse(line);
      return event.event === "refused" ? [`${event.assignment}: ${event.message}`] : [];
    } catch {
      return [];
    }
  });
  if (code !== 0 || refused.length > 0) {
    throw new CourseError(`nbgrader refuses the course:\n${refused.join("\n") || tail(output)}`);
  }
  await writeAtomically(stamp, print);
  return course;
}

/** A notebook of the instructor's as an assignment. */
export function assignmentOf(name: string, notebook: Notebook): Assignment {
  let exercise = "";
  const checks: Check[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    const source = sourceOf(cell);
    // Below an exercise there may be hints, with no heading of their own.
    const heading = cell.cell_type === "markdown" && source.match(/^#{1,4}\s+(.+)$/m)?.[1];
    if (heading) exercise = heading.replaceAll(/[*_`$]/g, "").trim();
    if (!isGraded(cell)) continue;
    checks.push({
      id: cell.metadata!.nbgrader!.grade_id!,
      points: cell.metadata!.nbgrader!.points ?? 0,
      exercise,
      answers: answersOf(notebook, index),
    });
  }
  return { name, checks, namesOfChecks: namesOfChecks(notebook) };
}

/** nbgrader gives full marks to a check that fails without an error, such as a `Deno.test`, which does not run at all. */
function refuseSilentChecks(name: string, notebook: Notebook): void {
  for (const cell of gradedCells(notebook)) {
    if (!/\bDeno\.test\b/.test(sourceOf(cell))) continue;
    throw new CourseError(
      `${name}, cell ${cell.id}: Deno.test does not run in a notebook, so the check would always pass. Use check() ` +
        "or checkThat(), which throw.",
    );
  }
}
