// The steps of the test command, in the order in which they run: what fails fast comes first.
import { join, relative } from "@std/path";
import { deno, type Outcome } from "../deno.ts";
import { describe, type Problem } from "../problem.ts";
import { problemAnnotations } from "../../course/review/annotations.ts";
import type { Environment } from "../../setup/ensure.ts";
import { countTests, endsTest, failuresIn, lineCoverage } from "./counts.ts";
import type { Step, StepResult } from "./runner.ts";

/** A step may take so long before it is stopped: something hangs. */
const TIMEOUT_SECONDS = 1800;
/** Of the lines of `lib/`, the unit tests run so many. */
const LEAST_COVERAGE = 0.95;
/** Where TypeScript is. */
const FOLDERS = ["lib", "tools", "tests"];
/** What others import from: each name there is documented. */
const DOORS = ["lib/mod.ts", "lib/data/idx_parser/mod.ts"];

/** What the steps are about. */
export interface Project {
  /** Its folder, absolute. */
  root: string;
  /** Whether to measure which lines of `lib/` the tests run. */
  coverage: boolean;
}

/** Every step of the test command. */
export function allSteps({ root, coverage }: Project): Step[] {
  let environment: Environment | undefined;
  const readme = isFile(join(root, "README.md")) ? ["README.md"] : [];
  return [
    {
      name: "setup",
      title: "set-up",
      run: () => setUp(root, (made) => environment = made),
    },
    {
      name: "image",
      title: "image for a class, and a hub",
      ownProgress: true,
      run: () => image(root),
    },
    command(root, "format", "formatting", ["fmt", "--check"], "deno fmt"),
    command(root, "lint", "lint", ["lint"]),
    command(root, "types", "types", ["check", "--quiet", "--doc", ...FOLDERS, ...readme]),
    command(root, "documented", "public names documented", [
      "doc",
      "--lint",
      ...DOORS.filter((door) => isFile(join(root, door))),
    ]),
    check(
      root,
      "imports",
      "rules of the house",
      async () => (await import("../check_imports.ts")).checkImports(root),
    ),
    check(
      root,
      "cells",
      "notebook files and cells",
      async () => (await import("../../course/check_notebooks.ts")).checkNotebooks(root),
    ),
    {
      name: "unit",
      title: "unit and property tests",
      run: (progress) => unitTests(root, coverage, progress),
    },
    {
      name: "docs",
      title: "documentation examples",
      run: (progress) => examples(root, readme, progress),
    },
    {
      name: "notebooks",
      title: "notebooks executed",
      ownProgress: true,
      run: () => notebooks(root, environment),
    },
  ];
}

async function setUp(root: string, done: (environment: Environment) => void): Promise<StepResult> {
  // Loaded here, so that a mistake in it is one failed step and the others still run.
  const { ensureSetup, SetupError } = await import("../../setup/setup.ts");
  try {
    done(await ensureSetup({ task: "test", root }));
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { passed: 0, failed: 1, failures: error.message, log: error.stack };
  }
}

/** Tests of the image and of a hub need what it installs; where that cannot be fetched, they are left out. */
async function image(root: string): Promise<StepResult> {
  const { makeImage } = await import("../../setup/image/make.ts");
  if (Deno.build.os !== "linux") return { passed: 0, failed: 0, note: "left out: the image is for Linux" };
  try {
    await makeImage(root);
    return { passed: 1, failed: 0 };
  } catch (error) {
    const { SetupError } = await import("../../setup/setup.ts");
    if (!(error instanceof SetupError)) throw error;
    if (Deno.env.get("CI")) return { passed: 0, failed: 1, failures: error.message, log: error.stack };
    const [why] = error.message.split(/(?<=\.) /);
    return { passed: 0, failed: 0, note: `left out: ${why}`, log: error.stack };
  }
}

/** A command that passes or fails as a whole. */
function command(root: string, name: string, title: string, args: string[], mend?: string): Step {
  return {
    name,
    title,
    async run() {
      const { code, text, timedOut } = await deno(args, { cwd: root, timeoutSeconds: TIMEOUT_SECONDS });
      if (code === 0) return { passed: 1, failed: 0, log: text };
      const failures = [text, timedOut ? tooLong : "", mend ? `→ ${mend}` : ""].filter(Boolean).join("\n");
      return { passed: 0, failed: 1, failures, log: text };
    },
  };
}

const tooLong = `It was stopped after ${TIMEOUT_SECONDS} seconds.`;

/** A check that lists problems. */
function check(root: string, name: string, title: string, find: () => Promise<Problem[]>): Step {
  return {
    name,
    title,
    async run() {
      const problems = await find();
      if (problems.length === 0) return { passed: 1, failed: 0, log: "" };
      return {
        passed: 0,
        failed: 1,
        failures: describe(problems),
        log: describe(problems, Infinity),
        annotations: await problemAnnotations(root, problems),
      };
    },
  };
}

/** Types are checked by a step of their own, so that an error in one file does not keep the others from running. */
function denoTest(root: string, args: string[], progress: (done: number) => void): Promise<Outcome> {
  let ended = 0;
  const onLine = (line: string) => {
    if (endsTest(line)) progress(++ended);
  };
  return deno(["test", "-A", "--no-check", ...args], { cwd: root, onLine, timeoutSeconds: TIMEOUT_SECONDS });
}

function testResult(outcome: Outcome): StepResult {
  const { passed, failed, ignored } = countTests(outcome);
  const failures = [failuresIn(outcome.text), outcome.timedOut ? tooLong : ""].filter(Boolean).join("\n");
  return {
    passed,
    failed,
    failures,
    log: outcome.text,
    note: ignored > 0 ? `${ignored} switched off` : undefined,
  };
}

/** Tests of these run what is measured elsewhere, on millions of numbers or in a browser, where measuring takes minutes. */
const UNMEASURED = new Set(["kernels", "widgets"]);

async function unitTests(
  root: string,
  coverage: boolean,
  progress: (done: number) => void,
): Promise<StepResult> {
  const all = [...Deno.readDirSync(join(root, "tests"))].map(({ name }) => name).sort();
  const isMeasured = (name: string) =>
    coverage && !UNMEASURED.has(name) && (isFolder(join(root, "lib", name)) || name.endsWith("_test.ts"));
  const profile = join("build", "coverage");
  await Deno.remove(join(root, profile), { recursive: true }).catch(() => {});
  let done = 0;
  const run = async (names: string[], ...options: string[]) => {
    if (names.length === 0) return { passed: 0, failed: 0, failures: "", log: "" };
    const before = done;
    const paths = names.map((name) => join("tests", name));
    const outcome = await denoTest(
      root,
      ["--parallel", ...options, ...paths],
      (n) => progress(done = before + n),
    );
    return testResult(outcome);
  };
  const parts = [
    await run(all.filter(isMeasured), `--coverage=${profile}`, "--coverage-raw-data-only"),
    await run(all.filter((name) => !isMeasured(name)), "--permit-no-files"),
  ];
  const texts = (pick: (part: StepResult) => string | undefined) => parts.map(pick).filter(Boolean);
  const result: StepResult = {
    passed: parts[0].passed + parts[1].passed,
    failed: parts[0].failed + parts[1].failed,
    failures: texts(({ failed, failures }) => failed > 0 ? failures : "").join("\n"),
    log: texts(({ log }) => log).join("\n"),
    note: texts(({ note }) => note).join(", ") || undefined,
  };
  return coverage ? await withCoverage(root, profile, result) : result;
}

/** A result that says which share of the library's lines ran, and fails if that is too few. */
async function withCoverage(root: string, profile: string, result: StepResult): Promise<StepResult> {
  // Checks of exercises run where answers to them are tried: with the notebooks.
  const which = ["--include=/lib/", "--exclude=/lib/exercises/"];
  const { stdout } = await deno(["coverage", "--lcov", ...which, profile], { cwd: root });
  const share = lineCoverage(stdout);
  if (share === undefined) return result;
  const covered = `${(100 * share).toFixed(1)}% of the lines of lib/ run`;
  const note = [result.note, covered].filter(Boolean).join(", ");
  if (share >= LEAST_COVERAGE) return { ...result, note };
  const few = `Only ${covered}; ${
    100 * LEAST_COVERAGE
  }% are expected. Which ones not: deno coverage ${profile}`;
  const failures = result.failed > 0 ? `${result.failures}\n${few}` : few;
  return { ...result, failed: result.failed + 1, failures, note };
}

async function examples(
  root: string,
  readme: string[],
  progress: (done: number) => void,
): Promise<StepResult> {
  // Each file by name: given the folder lib, Deno 2.9.6 looks only into the workspace package inside it. And only
  // those with examples, since each is run: the scripts of the widgets cannot be, outside a browser.
  const files = ["lib", "tools"].flatMap((folder) => typescriptIn(root, folder))
    .filter((file) => Deno.readTextFileSync(join(root, file)).includes("```ts"));
  return testResult(await denoTest(root, ["--parallel", "--doc", ...files, ...readme], progress));
}

async function notebooks(root: string, environment: Environment | undefined): Promise<StepResult> {
  if (environment === undefined) {
    const failures = "The notebooks were not executed, because set-up failed or was left out.";
    return { passed: 0, failed: 1, failures, log: failures };
  }
  const { executeNotebooks, listNotebooks } = await import("../../notebooks/execute_all.ts");
  const { isAsKnown, reviewNotebooks } = await import("../../course/review/review.ts");
  const { writeReview } = await import("../../course/review/page.ts");
  const { describeGroups, groupsOf } = await import("../../course/review/groups.ts");
  const { reviewAnnotations } = await import("../../course/review/annotations.ts");
  const { describeError } = await import("../../notebooks/messages.ts");
  const said: string[] = [];
  const output = join(root, "build", "test_notebooks");
  const paths = await listNotebooks(join(root, "notebooks"));
  const executed = await executeNotebooks(environment, { output, paths, say: () => {} });
  const reviews = await reviewNotebooks(root, output, paths, executed);
  for (const { path, report } of reviews) {
    for (const error of report.errors) said.push(await describeError(path, error));
  }
  const changes = describeGroups(groupsOf(reviews));
  if (changes) said.push(changes);
  const failed = reviews.filter((review) => !isAsKnown(review)).length;
  const page = await writeReview(root, reviews);
  if (failed > 0) said.push(`Side by side: ${relative(root, page)}`);
  const passed = reviews.length - failed;
  if (reviews.length === 0) {
    return { passed, failed: 1, failures: "There is no notebook in notebooks/.", log: "" };
  }
  const annotations = await reviewAnnotations(root, reviews);
  return { passed, failed, failures: said.join("\n\n"), log: said.join("\n\n"), annotations };
}

/** Every TypeScript file below a folder, as paths from the root. */
export function typescriptIn(root: string, folder: string): string[] {
  return [...Deno.readDirSync(join(root, folder))].sort((a, b) => a.name < b.name ? -1 : 1).flatMap(
    (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory) return typescriptIn(root, path);
      return entry.name.endsWith(".ts") ? [path] : [];
    },
  );
}

const isFile = (path: string) => kindOf(path)?.isFile ?? false;
const isFolder = (path: string) => kindOf(path)?.isDirectory ?? false;

function kindOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}
