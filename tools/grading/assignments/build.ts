// Makes build/assignments: what learners are handed, and what grading begins with.
import { basename, dirname, join, relative } from "@std/path";
import { describe, type Problem } from "../../checks/problem.ts";
import { listNotebooks } from "../../notebooks/execute_all.ts";
import { type Notebook, sourceOf } from "../../notebooks/notebook_file.ts";
import { notebookText } from "../../notebooks/canonical.ts";
import { learnersNotebook } from "../../learner/edition.ts";
import { ProgressLine } from "../../shared/progress.ts";
import type { Environment } from "../../setup/ensure.ts";
import { copyForLearner } from "./learner.ts";
import { DELIMITERS } from "../../learner/edition.ts";
import { ensureNbgrader, generateAssignments } from "./nbgrader.ts";
import { assignmentProblems } from "./rules.ts";
import { findLeaks, type Handout, isNoLeak, NOT_A_LEAK, secretsOf } from "./solutions.ts";
import { onlyNeeded, tryNotebooks, untilLastGraded } from "./trial.ts";

/** The notebooks are not fit to be handed out; the message names each cell and says why. */
export class AssignmentError extends Error {
  override name = "AssignmentError";
  /** @param problems What is wrong, in order */
  constructor(readonly problems: Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`${describe(problems)}\n\n${count}; nothing was written to build/assignments.`);
  }
}

/** Where a course is made of which notebooks. */
export interface BuildOptions {
  /** The notebooks, absolute; all of `notebooks/` unless given. */
  paths?: string[];
  /** Where to; `build/assignments` unless given. */
  target?: string;
  /** Ends the work, and leaves what was there. */
  signal?: AbortSignal;
}

/** A folder that is being made: `course/` is nbgrader's, `release/` a learner's. */
interface Making {
  environment: Environment;
  folder: string;
  notebooks: Map<string, Notebook>;
  signal?: AbortSignal;
}

/**
 * Make the release folder and nbgrader's course of the project's notebooks. All or nothing: what is refused leaves the
 * earlier result as it was.
 *
 * @returns The folder that was made
 * @throws {AssignmentError} If a solution leaks, a stub passes, a solution fails, or points, ids or marks are not right
 * @throws {SetupError} If nbgrader cannot be installed
 */
export async function buildAssignments(
  environment: Environment,
  options: BuildOptions = {},
): Promise<string> {
  const { root } = environment;
  const target = options.target ?? join(root, "build", "assignments");
  const paths = options.paths ?? await listNotebooks(join(root, "notebooks"));
  const notebooks = new Map<string, Notebook>();
  for (const path of paths) {
    notebooks.set(basename(path, ".ipynb"), JSON.parse(await Deno.readTextFile(path)));
  }
  refuse(
    [...notebooks].flatMap(([name, notebook]) => assignmentProblems(`notebooks/${name}.ipynb`, notebook)),
  );

  await Deno.mkdir(dirname(target), { recursive: true });
  const folder = await Deno.makeTempDir({ dir: dirname(target), prefix: "assignments-" });
  try {
    const making = { environment, folder, notebooks, signal: options.signal };
    await generate(making, paths);
    await copyForLearner(root, join(folder, "release"));
    refuse(await leakProblems(making));
    refuse(await trialProblems(making));
    await replace(folder, target);
    return target;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

function refuse(problems: Problem[]): void {
  if (problems.length > 0) throw new AssignmentError(problems);
}

/** Have nbgrader strip the notebooks, and put the result into the learner's folder too. */
async function generate({ environment, folder, notebooks, signal }: Making, paths: string[]): Promise<void> {
  const env = await ensureNbgrader(environment);
  const course = join(folder, "course");
  for (const path of paths) await writeSource(notebooks.get(basename(path, ".ipynb"))!, course, path);
  const names = [...notebooks.keys()];
  const progress = new ProgressLine({ label: "Stripping solutions", total: names.length, unit: "notebooks" });
  let done = 0;
  const refused = await generateAssignments(environment, env, course, names, () => progress.update(++done));
  progress.finish(refused.length > 0 ? "failed" : "");
  signal?.throwIfAborted();
  refuse(refused.map(({ assignment, message }) => (
    {
      file: `notebooks/${assignment}.ipynb`,
      at: "",
      rule: "nbgrader",
      message: `nbgrader refuses it: ${message}`,
    }
  )));
  for (const name of names) {
    const released = join(course, "release", name, `${name}.ipynb`);
    refuse(differences(name, notebooks.get(name)!, JSON.parse(await Deno.readTextFile(released))));
    await copyInto(released, join(folder, "release", "notebooks"));
  }
}

/** nbgrader and the learner's edition take the same out of a notebook. */
function differences(name: string, author: Notebook, released: Notebook): Problem[] {
  const ours = learnersNotebook(author, { help: false }).cells;
  return released.cells.flatMap((cell, index) =>
    sourceOf(cell).trimEnd() === sourceOf(ours[index]).trimEnd() ? [] : [{
      file: `notebooks/${name}.ipynb`,
      at: `cell ${cell.id}`,
      rule: "stripping",
      message: "nbgrader takes something else out of it than the learner's edition does.",
      hint: "Put each BEGIN and END on a line of its own.",
    }]
  );
}

/** What nbgrader begins with: the author's code, from which it takes solutions and hidden tests, and a learner's texts. */
async function writeSource(notebook: Notebook, course: string, path: string): Promise<void> {
  const texts = learnersNotebook(notebook, { help: false }).cells;
  const cells = notebook.cells.map((cell, index) => cell.cell_type === "code" ? cell : texts[index]);
  const folder = join(course, "source", basename(path, ".ipynb"));
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, basename(path)), notebookText({ ...notebook, cells }));
}

async function copyInto(path: string, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.copyFile(path, join(folder, basename(path)));
}

/** Every text of the learner's folder, read for solutions, hidden tests, and the marks around them. */
async function leakProblems({ folder, notebooks }: Making): Promise<Problem[]> {
  const release = join(folder, "release");
  const secrets = [...notebooks].flatMap(([name, notebook]) => secretsOf(name, notebook));
  const problems: Problem[] = [];
  for await (const path of textsOf(release)) {
    const file = relative(release, path);
    const handouts = handoutsOf(file, await Deno.readTextFile(path));
    for (const { place, secret, line } of findLeaks(secrets, handouts)) {
      const of = `${secret.notebook}.ipynb, cell ${secret.cell}`;
      const message = `A ${secret.kind} of ${of} can be read there: ${line}`;
      const hint = 'An answer that is folded into a text goes if its cell has the tag "answer". ' +
        `If this gives nothing away, put the tag "${NOT_A_LEAK}" on the cell where it stands, or on that of the ${secret.kind}.`;
      problems.push({ file, at: place, rule: "leak", message, hint });
    }
    for (const { place, text } of handouts) {
      const left = Object.values(DELIMITERS).find((mark) =>
        text.split("\n").some((line) => line.trim() === mark)
      );
      if (left) problems.push({ file, at: place, rule: "leak", message: `It still holds "${left}".` });
    }
  }
  return problems;
}

async function* textsOf(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, name);
    if (isDirectory) yield* textsOf(path);
    else if (/\.(?:ts|md|ipynb|json|txt)$/.test(name)) yield path;
  }
}

/** A notebook cell by cell; any other file as a whole. */
function handoutsOf(file: string, text: string): Handout[] {
  if (!file.endsWith(".ipynb")) return [{ place: "", text, explains: file.endsWith(".md") }];
  const { cells }: Notebook = JSON.parse(text);
  return cells.map((cell) => ({
    place: `cell ${cell.id}`,
    text: sourceOf(cell),
    explains: true,
    notebook: basename(file, ".ipynb"),
    isCode: cell.cell_type === "code",
    isFree: isNoLeak(cell),
  }));
}

/** Run what is handed out, and the solutions with only those cells that they need. */
async function trialProblems({ environment, folder, notebooks, signal }: Making): Promise<Problem[]> {
  const places = { pass: join(folder, "release", "solved"), fail: join(folder, "release", "unsolved") };
  const trials: { path: string; expects: "pass" | "fail"; cells: number }[] = [];
  for (const [name, notebook] of notebooks) {
    const handed = JSON.parse(await Deno.readTextFile(join(folder, "release", "notebooks", `${name}.ipynb`)));
    for (
      const [expects, tried] of [["fail", untilLastGraded(handed)], ["pass", onlyNeeded(notebook)]] as const
    ) {
      const path = join(places[expects], `${name}.ipynb`);
      await Deno.mkdir(places[expects], { recursive: true });
      await Deno.writeTextFile(path, JSON.stringify(tried));
      trials.push({ path, expects, cells: tried.cells.filter((cell) => cell.cell_type === "code").length });
    }
  }
  const total = trials.reduce((sum, { cells }) => sum + cells, 0);
  const progress = new ProgressLine({
    label: "Trying them, with and without solutions",
    total,
    unit: "cells",
  });
  let done = 0;
  let problems: Problem[] = [];
  try {
    const output = join(folder, "tried");
    problems = await tryNotebooks(environment, trials, output, () => progress.update(++done), signal);
  } finally {
    progress.finish(signal?.aborted ? "stopped" : problems.length > 0 ? "failed" : "");
    for (const place of [...Object.values(places), join(folder, "tried")]) {
      await Deno.remove(place, { recursive: true });
    }
  }
  return problems;
}

/** Give a finished folder its name; the one that had it goes. */
async function replace(folder: string, target: string): Promise<void> {
  const old = `${folder}-old`;
  await Deno.rename(target, old).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.rename(folder, target);
  await Deno.chmod(target, 0o755).catch(() => {}); // temporary folders are for their owner only
  await Deno.remove(old, { recursive: true }).catch(() => {});
}
