import { basename, dirname, fromFileUrl, join } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import type { Environment } from "../setup/ensure.ts";
import { lines, tail } from "../setup/process.ts";
import { type CellFailure, type NotebookEvent, parseEvent } from "./events.ts";
import { explainFailure } from "./explain.ts";
import { addFailureOutput } from "./notebook_file.ts";
import { addEvent, emptyReport, type NotebookReport } from "./report.ts";

/** Settings of {@link executeNotebook}. */
export interface ExecuteOptions {
  /** Where executed notebooks go; `build/notebooks` unless said. */
  output?: string;
  /** Seconds that a cell may run; 600 unless said. */
  cellTimeout?: number;
  /** Run the cells after one that failed, too; what went wrong is then in the executed notebook, as the kernel said it. */
  goOn?: boolean;
  /** Hears of each event as it comes. */
  onEvent?: (event: NotebookEvent) => void;
  /** Stops the kernel and ends the execution. */
  signal?: AbortSignal;
}

const PROGRAM = fromFileUrl(new URL("./execute.py", import.meta.url));
/** How long the program may take to stop its kernel before both are killed. */
const PATIENCE_MS = 5000;
/** The program's exit code when it was asked to stop. */
const INTERRUPTED = 130;

/**
 * Execute one notebook in a fresh kernel, whose working directory is the notebook's folder.
 *
 * The executed notebook is written whether or not a cell failed; execution stops at the first one that did, unless told
 * to go on. No kernel is left behind, however this ends.
 *
 * @param path The notebook; it stays as it is
 * @throws {DOMException} `AbortError`, if `signal` was given and fired
 */
export async function executeNotebook(
  environment: Environment,
  path: string,
  options: ExecuteOptions = {},
): Promise<NotebookReport> {
  const name = basename(path, ".ipynb");
  const folder = options.output ?? join(environment.root, "build", "notebooks");
  await Deno.mkdir(folder, { recursive: true });
  const output = join(folder, `${name}.ipynb`);
  const started = performance.now();
  const { cellTimeout: timeout = 600, goOn = false } = options;
  const job = { input: path, output, cwd: dirname(path), timeout, goOn };
  let report = emptyReport(name);
  let failure: CellFailure | undefined;
  let written = false;
  for await (const event of events(environment, job, options.signal)) {
    if (event.event === "error") failure = event;
    if (event.event === "end") written = true;
    report = addEvent(report, event);
    options.onEvent?.(event);
  }
  // What an earlier run left must not pass for the result of this one.
  if (!written) await Deno.remove(output).catch(() => {});
  else if (failure && !goOn) report = await explain(report, failure, output, environment);
  return { ...report, seconds: round((performance.now() - started) / 1000) };
}

/** Start the Python program and hand on its events; when the caller has had enough, or it hangs, it goes. */
async function* events(
  environment: Environment,
  job: unknown,
  signal: AbortSignal | undefined,
): AsyncGenerator<NotebookEvent> {
  signal?.throwIfAborted();
  const child = new Deno.Command(environment.python, {
    args: [PROGRAM, JSON.stringify(job)],
    env: environment.env,
    clearEnv: true,
    cwd: environment.root,
    stdin: "piped", // held open for as long as the kernel is to live
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let kernel: { pid: number; connection: string } | undefined;
  let ended = false;
  const stop = () => {
    child.stdin.close().catch(() => {});
    within(child.status, PATIENCE_MS, () => kill(child.pid)); // its lines end then, and so does the loop below
  };
  signal?.addEventListener("abort", stop);
  const complaints = collect(child.stderr);
  try {
    for await (const line of lines(child.stdout)) {
      const event = parseEvent(line);
      if (event?.event === "kernel") kernel = event;
      if (event) yield event;
      ended ||= event?.event === "end" || event?.event === "failed";
    }
    await endOf(child, kernel);
    signal?.throwIfAborted();
    const { code, signal: killer } = await child.status;
    if (!ended) yield { event: "failed", message: brokeOff(killer ?? `exit code ${code}`, await complaints) };
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
    await endOf(child, kernel);
    await within(complaints, 1000, () => {});
  }
}

/** Wait for the program, and see to it that the kernel is gone too: one that was killed could not stop it. */
async function endOf(
  child: Deno.ChildProcess,
  kernel: { pid: number; connection: string } | undefined,
): Promise<void> {
  const { code } = await child.status;
  const endedByItself = [0, 1, INTERRUPTED].includes(code);
  if (!kernel || endedByItself) return;
  kill(kernel.pid);
  await Deno.remove(kernel.connection).catch(() => {});
}

function brokeOff(how: string, complaints: string): string {
  const said = tail(complaints.replace(/^Warning "deno jupyter" is unstable.*$/m, ""), 3);
  return `the program that runs the notebook ended early (${how})${said ? `. It said: ${said}` : ""}`;
}

/** Wait for something, but not for ever. */
async function within(done: Promise<unknown>, ms: number, otherwise: () => void): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => timer = setTimeout(() => resolve("late"), ms));
  if (await Promise.race([done, late]) === "late") otherwise();
  clearTimeout(timer);
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // it is gone
  }
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<string> {
  const kept: string[] = [];
  for await (const line of lines(stream)) {
    kept.push(line);
    if (kept.length > 200) kept.shift();
  }
  return kept.join("\n");
}

/** Replace what the kernel said of a failure by what is known of it, in the report and in the executed notebook. */
async function explain(
  report: NotebookReport,
  failure: CellFailure,
  output: string,
  { deno, env, root }: Environment,
): Promise<NotebookReport> {
  const explanation = await explainFailure(failure, { deno, env, folder: join(root, "build") });
  if (!failure.reported) {
    const notebook = addFailureOutput(JSON.parse(await Deno.readTextFile(output)), failure, explanation);
    await writeAtomically(output, JSON.stringify(notebook, null, 1) + "\n");
  }
  const errors = report.errors.map((error) =>
    error.cell === failure.cell && error.cellId === failure.id
      ? { ...error, message: explanation.message, line: explanation.line }
      : error
  );
  return { ...report, errors };
}

const round = (seconds: number) => Math.round(seconds * 1000) / 1000;
