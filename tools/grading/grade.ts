/**
 * Grade a folder of submissions: `deno task grade -- FOLDER`.
 *
 * @module
 */
import { fromFileUrl, join, relative, resolve } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import { applyComments } from "./comments.ts";
import { type Course, CourseError, prepareCourse } from "./course.ts";
import { feedbackPage } from "./feedback.ts";
import { gradeAll, type Outcome } from "./grade_all.ts";
import { type GradeOptions, HELP, parseGradeOptions } from "./options.ts";
import { platformTables, readRoster } from "./platforms.ts";
import { reportPage } from "./report.ts";
import { csvOf, type Row, rowOf } from "./rows.ts";
import { findSandbox, npmCache, type Sandbox, SandboxMissingError } from "./sandbox.ts";
import { CASES } from "./self_test/cases.ts";
import { runCases, tableOf } from "./self_test/run.ts";
import { similarPage } from "./similar.ts";
import { findSubmissions, type Found } from "./submissions.ts";
import { exitCodeOf } from "../notebooks/exit_code.ts";
import { onInterrupt } from "../notebooks/interrupt.ts";
import { UsageError } from "../shared/arguments.ts";
import { run, tail } from "../setup/process.ts";
import { ensureSetup, type Environment } from "../setup/setup.ts";

const MERGE = fromFileUrl(new URL("./merge.py", import.meta.url));
const BEGIN = new URL("./inside/begin.ts", import.meta.url).href;

/** Do it all; gives the exit code. */
async function main(args: string[]): Promise<number> {
  const options = parseGradeOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const started = performance.now();
  const sandbox = options.unsafe ? undefined : await findSandbox();
  const environment = await ensureSetup({ task: "grade" });
  const { root } = environment;
  if (options.selfTest) return await selfTest(environment, sandbox, options);
  const output = resolve(options.output ?? join(root, "build", "grades"));
  await Deno.mkdir(output, { recursive: true });
  const course = await prepareCourse(environment, {
    folder: join(output, "course"),
    notebooks: join(root, "notebooks"),
    guardModule: sandbox ? undefined : BEGIN,
  });
  const found = await findAll(options, course);
  const students = [...new Set(found.submissions.map(({ student }) => student))];
  const only = await studentsOf(options.only, students);
  const roster = options.roster && readRoster(await readText("roster", options.roster), students);
  const npm = await npmCache(environment.deno, environment.env, root);
  const { limits, jobs, again } = options;
  const grader = { environment, course, sandbox, npm, limits, signal: onInterrupt() };
  const results = join(output, "results");
  const outcomes = await gradeAll(grader, found.submissions, { results, jobs, again, only });

  const comments = options.comments
    ? await readText("comments", options.comments)
    : await Deno.readTextFile(join(output, "comments.csv")).catch(() => "");
  const missing = found.missing.filter(({ student }) => only.length === 0 || only.includes(student));
  const { rows, strange } = applyComments(rowsOf(outcomes, missing, course), comments, course.assignments);
  found.strange.push(...strange, ...roster ? roster.strange : []);
  await writeFeedback(output, course, outcomes, rows);
  if (roster) {
    const tables = platformTables(rows, course.assignments, roster);
    if (tables.size === 0) {
      found.strange.push("the roster has no column that Canvas or Moodle knows a person by");
    }
    for (const [name, text] of tables) await writeAtomically(join(output, name), text);
  }
  await writeAtomically(join(output, "grades.csv"), csvOf(rows, course.assignments));
  const walls = sandbox
    ? `Each ran behind walls of its own (${sandbox.version}).`
    : "They ran without walls (--unsafe).";
  const seconds = (performance.now() - started) / 1000;
  const report = join(output, "report.html");
  await writeAtomically(report, await reportPage(rows, { strange: found.strange, walls, seconds }));
  await mergeGradebook(environment.python, course, join(output, "gradebook.db"), rows);
  conclude(rows, found.strange, join(output, "grades.csv"), report);
  return rows.some(({ status }) => status === "broken") ? 1 : 0;
}

/** What was handed in; refuses a folder in which there is nothing. */
async function findAll(options: GradeOptions, { assignments }: Course): Promise<Found> {
  const unknown = options.assignments.find((name) => !assignments.some((one) => one.name === name));
  if (unknown) {
    const known = assignments.map(({ name }) => name).join(", ");
    throw new UsageError(`There is no assignment ${unknown}. There are: ${known}.`);
  }
  const folder = resolve(options.folder);
  const found = await findSubmissions(folder, assignments, options.assignments).catch((error) => {
    throw new UsageError(`The folder ${folder} cannot be read: ${(error as Error).message}`);
  });
  if (found.submissions.length > 0) return found;
  const instead = found.strange.slice(0, 10).map((one) => `\n- ${one}`).join("");
  throw new UsageError(
    `There is no submission in ${folder}. They are looked for as STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb, where ` +
      `ASSIGNMENT is one of: ${assignments.map(({ name }) => name).join(", ")}.` +
      (instead && ` What is there instead:${instead}`),
  );
}

/** What the machine says: a row for each submission, then for each that is missing. */
function rowsOf(outcomes: Outcome[], missing: Found["missing"], course: Course): Row[] {
  const assignmentOf = (name: string) => course.assignments.find((one) => one.name === name)!;
  return [
    ...outcomes.map(({ student, assignment, graded }) => rowOf(student, assignmentOf(assignment), graded)),
    ...missing.map(({ student, assignment, note }) =>
      rowOf(student, assignmentOf(assignment), undefined, note)
    ),
  ];
}

/** A page for each student, and the one with answers that are alike. The rows begin with those of the outcomes. */
async function writeFeedback(output: string, { assignments }: Course, outcomes: Outcome[], rows: Row[]) {
  for (const [index, { student, assignment, graded }] of outcomes.entries()) {
    const folder = join(output, "feedback", student);
    await Deno.mkdir(folder, { recursive: true });
    const known = assignments.find(({ name }) => name === assignment)!;
    await writeAtomically(
      join(folder, `${assignment}.html`),
      await feedbackPage(student, known, graded, rows[index]),
    );
  }
  await writeAtomically(join(output, "similar.html"), await similarPage(assignments, outcomes));
}

/** The last lines: whom to look at, and where all of it is. */
function conclude(rows: Row[], strange: string[], grades: string, report: string): void {
  for (const { student, assignment, status, note } of rows) {
    if (status === "graded") continue;
    console.log(
      `${student}, ${assignment}: ${status === "look" ? note : [status, note].filter(Boolean).join(": ")}`,
    );
  }
  for (const one of strange) console.log(one);
  const [table, page] = [grades, report].map((path) => relative(Deno.cwd(), path));
  console.log(`\n${rows.length} rows in ${table}; open ${page}`);
}

/** The students that were asked for: names, or files of names behind an @. */
async function studentsOf(asked: string[], known: string[]): Promise<string[]> {
  const names: string[] = [];
  for (const one of asked) {
    if (!one.startsWith("@")) names.push(one);
    else {names.push(
        ...(await readText("list", one.slice(1))).split(/\r?\n/).map((line) => line.trim()).filter(Boolean),
      );}
  }
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  }
  return names;
}

async function readText(what: string, path: string): Promise<string> {
  return await Deno.readTextFile(path).catch((error) => {
    throw new UsageError(`The ${what} ${path} cannot be read: ${(error as Error).message}`);
  });
}

async function selfTest(
  environment: Environment,
  sandbox: Sandbox | undefined,
  { jobs, only }: { jobs: number; only: string[] },
): Promise<number> {
  if (!sandbox) throw new UsageError("--self-test tries the walls, so it cannot go with --unsafe.");
  const wanted = await studentsOf(only, CASES.map(({ name }) => name));
  const cases = CASES.filter(({ name }) => only.length === 0 || wanted.includes(name));
  const folder = await Deno.makeTempDir({ prefix: "grade-self-test-" });
  try {
    const judged = await runCases(environment, sandbox, folder, { jobs, cases });
    console.log(`\n${tableOf(judged)}`);
    const wrong = judged.filter((one) => one.wrong.length > 0).length;
    console.log(`\n${judged.length - wrong} of ${judged.length} submissions got what they must get.`);
    return wrong > 0 ? 1 : 0;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function mergeGradebook(
  python: string,
  { folder: course, env }: Course,
  gradebook: string,
  rows: Row[],
): Promise<void> {
  const file = await Deno.makeTempFile({ prefix: "grade-", suffix: ".json" });
  try {
    await Deno.writeTextFile(file, JSON.stringify({ course, gradebook, course_id: "backprop", rows }));
    const { code, output } = await run(python, { args: [MERGE, file], env });
    if (code !== 0) throw new CourseError(`The gradebook could not be written:\n${tail(output)}`);
  } finally {
    await Deno.remove(file);
  }
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (error instanceof SandboxMissingError || error instanceof CourseError) {
      console.error(error.message);
      Deno.exit(1);
    }
    Deno.exit(exitCodeOf(error));
  }
}
