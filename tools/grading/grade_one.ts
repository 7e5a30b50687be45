// One submission, in a process, a folder and behind walls of its own.
import { fromFileUrl, join } from "@std/path";
import { lines } from "../setup/process.ts";
import { NBGRADER_CONFIG } from "./assignments/nbgrader.ts";
import type { Environment } from "../setup/ensure.ts";
import type { Assignment, Course } from "./course.ts";
import { readInsideConfig } from "./inside_config.ts";
import { PLACEHOLDER } from "./instrument.ts";
import type { Limits } from "./limits.ts";
import { gradingKernelspec, type Sandbox } from "./sandbox.ts";

const PROGRAM = fromFileUrl(new URL("./grade_submission.py", import.meta.url));

/** What was handed in. */
export interface Submission {
  student: string;
  assignment: string;
  /** The folder. */
  folder: string;
  /** What was strange about its place. */
  notes?: string[];
}

/** An output, as text or picture. */
export type Output =
  | { text: string }
  | { error: string; message: string; trace: string }
  | { picture: string; data: string };

/** A cell after grading. */
export interface GradedCell {
  id: string | null;
  type: string;
  source: string;
  /** Whose text it is. */
  from: "source" | "student";
  /** nbgrader's name, if it is worth points. */
  grade?: string;
  points?: number;
  of?: number;
  outputs?: Output[];
}

/** What grading found. */
export interface Graded {
  /** Points and what could be had, by nbgrader's name of the check. */
  marks: Record<string, [points: number, of: number]>;
  /** What was strange about the file. */
  notes: string[];
  /** What happened to cells: stopped, too long, too large … */
  events: { cell: string; reason: string }[];
  cells: GradedCell[];
  /** Bytes of memory that the sandbox held at most. */
  peak: number;
  seconds: number;
  /** Why there is nothing to grade. */
  unreadable?: string;
  /** Why the grader itself ended; the mark is 0, and somebody must look. */
  broken?: string;
}

/** Where and how. */
export interface Grader {
  environment: Environment;
  course: Course;
  sandbox: Sandbox | undefined;
  npm: string;
  limits: Limits;
  signal?: AbortSignal;
}

/**
 * Grade one submission. Nothing that it does reaches another one: the mark is 0 if its process ends badly.
 *
 * @throws {DOMException} `AbortError`, if the signal fired
 */
export async function gradeOne(grader: Grader, submission: Submission): Promise<Graded> {
  grader.signal?.throwIfAborted();
  const started = performance.now();
  // Its path is short, as the name of a socket may have 107 letters.
  const place = await Deno.makeTempDir({ prefix: "grade-" });
  try {
    const { work, result, jobFile } = await prepare(place, grader, submission);
    const { code, by, words } = await runGrader(
      grader,
      jobFile,
      work,
      environmentOf(grader.course.env, place),
    );
    grader.signal?.throwIfAborted();
    const seconds = (performance.now() - started) / 1000;
    const text = await Deno.readTextFile(result).catch(() => undefined);
    if (text !== undefined && code === 0) return { ...EMPTY, ...JSON.parse(text), seconds };
    return { ...EMPTY, seconds, broken: `the grader ended (${by ?? `exit code ${code}`}): ${words}` };
  } finally {
    await Deno.remove(place, { recursive: true }).catch(() => {});
  }
}

/** Write down what the grading program has to do. */
async function prepare(place: string, grader: Grader, { assignment, folder }: Submission) {
  const { environment: { root, deno }, course, sandbox, npm, limits } = grader;
  const [work, sockets, kernel] = ["work", "s", join("kernels", "kernels", "deno")].map((name) =>
    join(place, name)
  );
  for (const path of [work, sockets, kernel]) await Deno.mkdir(path, { recursive: true });
  const config = join(place, "inside.json"); // by this name no Deno outside takes it for its own
  await Deno.writeTextFile(config, await readInsideConfig(root));
  const result = join(place, "result.json");
  const job = {
    course: course.folder,
    config: NBGRADER_CONFIG,
    assignment,
    submitted: folder,
    work,
    sockets,
    kernelspec: gradingKernelspec(sandbox, { root, deno, npm, sockets, config }),
    kernelfile: join(kernel, "kernel.json"),
    transport: Deno.build.os === "windows" ? "tcp" : "ipc",
    result,
    limits,
    guards: JSON.parse(await Deno.readTextFile(join(course.folder, "guards", `${assignment}.json`))),
    placeholder: PLACEHOLDER,
  };
  const jobFile = join(place, "job.json");
  await Deno.writeTextFile(jobFile, JSON.stringify(job), { mode: 0o600 });
  return { work, result, jobFile };
}

/** Run the grading program to its end, or to that of its time; says how it ended, with its last words. */
async function runGrader(
  { environment: { python }, limits, signal }: Grader,
  jobFile: string,
  cwd: string,
  env: Record<string, string>,
) {
  const child = new Deno.Command(python, {
    args: [PROGRAM, jobFile],
    env,
    clearEnv: true,
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const words = lastLines(child.stderr);
  const kill = () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // it has ended
    }
  };
  const late = setTimeout(kill, (limits.total + limits.patience) * 1000);
  signal?.addEventListener("abort", kill);
  const { code, signal: by } = await child.status;
  clearTimeout(late);
  signal?.removeEventListener("abort", kill);
  return { code, by, words: await words };
}

/** What the grading program needs of the instructor's environment: a sandbox's first process can be asked for all of it. */
const NEEDED =
  /^(PATH|HOME|LANG|LC_\w+|TMPDIR|TEMP|TMP|SYSTEMROOT|VIRTUAL_ENV|PYTHON\w*|JUPYTER\w*|IPYTHONDIR)$/i;

function environmentOf(env: Record<string, string>, place: string): Record<string, string> {
  const needed = Object.entries(env).filter(([name]) => NEEDED.test(name) && !/TOKEN|KEY|SECRET/i.test(name));
  const kernels = { JUPYTER_PATH: join(place, "kernels"), JUPYTER_RUNTIME_DIR: join(place, "s") };
  return { ...Object.fromEntries(needed), ...kernels };
}

const EMPTY = { marks: {}, notes: [], events: [], cells: [], peak: 0 };

/** All points of a submission. */
export function totalOf(graded: Graded): number {
  return Object.values(graded.marks).reduce((sum, [points]) => sum + points, 0);
}

/** What an assignment is worth. */
export function worthOf({ checks }: Assignment): number {
  return checks.reduce((sum, { points }) => sum + points, 0);
}

async function lastLines(stream: ReadableStream<Uint8Array>): Promise<string> {
  const kept: string[] = [];
  for await (const line of lines(stream)) {
    kept.push(line.slice(0, 500));
    if (kept.length > 40) kept.shift();
  }
  return kept.join("\n");
}
