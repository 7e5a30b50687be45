// Runs the steps of the test command one after the other and says how each ended.
import { join } from "@std/path";
import { writeAtomically } from "../../shared/atomic.ts";
import { type Annotation, annotationLines, onGitHub } from "../../course/review/annotations.ts";
import { formatSeconds, ProgressLine } from "../../shared/progress.ts";

/** How a step ended. */
export interface StepResult {
  passed: number;
  failed: number;
  /** A few words for the step's line, such as what was left out. */
  note?: string;
  /** What a person needs to read when something failed. */
  failures?: string;
  /** Everything that was printed, for the log. */
  log?: string;
  /** What GitHub is to show beside the files, where it runs this. */
  annotations?: Annotation[];
}

/** One step of the test command. */
export interface Step {
  /** The word for `--only`. */
  name: string;
  /** What is checked. */
  title: string;
  /** Whether the step prints progress by itself. */
  ownProgress?: boolean;
  /** @param progress Takes how many tests have ended so far */
  run(progress: (done: number) => void): Promise<StepResult>;
}

/** Where things go. */
export interface RunnerOptions {
  /** The project's folder, absolute: logs go to `build/logs/` in it. */
  root: string;
  /** Prints a line or more. */
  print?: (text: string) => void;
  /** Whether to print lines that GitHub shows beside the files; when it runs this unless said. */
  annotate?: boolean;
  /** Settings of the progress lines. */
  progress?: Pick<ConstructorParameters<typeof ProgressLine>[0], "write" | "isTerminal">;
}

/** What a step did last time, to tell how long this time will take. */
type History = Record<string, { passed: number; seconds: number } | undefined>;

/** Lines of a step's failures that are shown; the log has all. */
const MOST_SHOWN = 120;

/**
 * Run every step, also when an earlier one failed, and print `N passed, N failed` as the last line.
 *
 * @returns The counts of all steps together
 */
export async function runSteps(
  steps: Step[],
  options: RunnerOptions,
): Promise<{ passed: number; failed: number }> {
  const print = options.print ?? console.log;
  const logs = join(options.root, "build", "logs");
  await Deno.mkdir(logs, { recursive: true });
  const memory = join(options.root, "build", "test_times.json");
  const history = await readHistory(memory);
  const total = { passed: 0, failed: 0 };
  const failedSteps: string[] = [];
  const annotations: Annotation[] = [];

  for (const [index, step] of steps.entries()) {
    const label = `[${index + 1}/${steps.length}] ${step.title}`.padEnd(36);
    const started = performance.now();
    const result = await runStep(step, label, history[step.name], options);
    const seconds = (performance.now() - started) / 1000;
    total.passed += result.passed;
    total.failed += result.failed;
    if (result.log !== undefined) await Deno.writeTextFile(join(logs, `${step.name}.log`), result.log + "\n");
    if (result.passed > result.failed) {
      history[step.name] = { passed: result.passed, seconds };
      await writeAtomically(memory, JSON.stringify(history, null, 1) + "\n");
    }
    if (result.failed > 0) {
      failedSteps.push(step.title);
      print(`\n${indent(cut(result.failures ?? "", MOST_SHOWN))}`);
      print(`    (everything it said: build/logs/${step.name}.log)\n`);
      annotations.push(...result.annotations ?? []);
    }
  }
  if (options.annotate ?? onGitHub()) { for (const line of annotationLines(annotations)) print(line); }
  print("");
  if (failedSteps.length > 0) print(`Failed: ${failedSteps.join(", ")}.`);
  print(`${total.passed} passed, ${total.failed} failed`);
  return total;
}

async function runStep(
  step: Step,
  label: string,
  last: History[string],
  options: RunnerOptions,
): Promise<StepResult> {
  // A step that only passes or fails has no half-way: tell the time that it took last time instead.
  const many = last !== undefined && last.passed > 1;
  const write = options.progress?.write ??
    ((text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)));
  let quiet = false;
  const line = new ProgressLine({
    label,
    unit: "passed",
    total: many ? last.passed : undefined,
    ...options.progress,
    write: (text) => quiet || write(text),
  });
  const started = performance.now();
  let done = 0;
  const draw = () => {
    if (step.ownProgress) return;
    const left = last && !many ? last.seconds - (performance.now() - started) / 1000 : 0;
    line.update(done, left > 0 ? `about ${formatSeconds(left)} left` : "");
  };
  const timer = setInterval(draw, 250);
  let result: StepResult;
  try {
    result = await step.run((ended) => {
      done = ended;
      draw();
    });
  } catch (error) {
    const text = error instanceof Error ? error.stack ?? error.message : String(error);
    result = { passed: 0, failed: 1, failures: text, log: text };
  } finally {
    clearInterval(timer);
  }
  quiet = true; // the line that ends the step says it all
  line.update(result.passed);
  quiet = false;
  line.finish([result.failed > 0 ? `${result.failed} FAILED` : "", result.note].filter(Boolean).join("  "));
  return result;
}

async function readHistory(path: string): Promise<History> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return {}; // the first run, or a file cut off
  }
}

/**
 * A long text without its middle: what went wrong first and how it ended are worth reading, the rest is in the log.
 *
 * @param most How many lines stay
 */
export function cut(text: string, most: number): string {
  const lines = text.trimEnd().split("\n").map((line) =>
    line.length > 500 ? `${line.slice(0, 500)} …` : line
  );
  if (lines.length <= most) return lines.join("\n");
  const head = Math.ceil(most * 0.75);
  const left = lines.length - most;
  return [...lines.slice(0, head), `… ${left} more lines …`, ...lines.slice(head + left)].join("\n");
}

const indent = (text: string) => text.replace(/^(?=.)/gm, "    ");
