// Every submission of a folder, some at a time; what is known already is kept.
import { join } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import { ProgressLine } from "../shared/progress.ts";
import type { Course } from "./course.ts";
import { type Graded, gradeOne, type Grader, type Submission } from "./grade_one.ts";
import { reachingNotes } from "./reaching.ts";
import { keyOf } from "./submissions.ts";

/** Settings of {@link gradeAll}. */
export interface GradeAllOptions {
  /** Where results are kept. */
  results: string;
  jobs: number;
  /** Forget what is known. */
  again: boolean;
  /** Students to grade; what is known of others is taken as it is, whatever has changed. All unless given. */
  only?: string[];
  progress?: ProgressLine;
}

/** What was kept of a submission: valid as long as the key is the same. */
interface Kept {
  key: string;
  graded: Graded;
}

/** A submission with what grading found. */
export interface Outcome extends Submission {
  graded: Graded;
  /** Whether it was graded before, and nothing has changed. */
  kept: boolean;
}

/**
 * Grade submissions, `jobs` at a time. What was graded is written at once, so a run that is cut off goes on from there.
 *
 * @throws {DOMException} `AbortError`, if the grader's signal fired
 */
export async function gradeAll(
  grader: Grader,
  submissions: Submission[],
  { results, jobs, again, only = [], progress }: GradeAllOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const todo: { submission: Submission; key: string; file: string; index: number }[] = [];
  for (const [index, submission] of submissions.entries()) {
    const key = await keyOf(submission, courseKey(grader.course, grader));
    const folder = join(results, submission.student);
    const file = join(folder, `${submission.assignment}.json`);
    const isWanted = only.length === 0 || only.includes(submission.student);
    const kept = isWanted ? again ? undefined : await readKept(file, key) : await readKept(file);
    if (!isWanted && !kept) continue;
    if (kept) outcomes[index] = { ...submission, graded: kept, kept: true };
    else todo.push({ submission, key, file, index });
  }
  let done = 0;
  const bar = progress ?? new ProgressLine({ label: "Grading", total: todo.length, unit: "submissions" });
  bar.update(0);
  const work = async () => {
    for (let next = todo.shift(); next; next = todo.shift()) {
      const { submission, key, file, index } = next;
      grader.signal?.throwIfAborted();
      const graded = await gradeOne(grader, submission);
      await Deno.mkdir(join(file, ".."), { recursive: true });
      // What broke for a reason of ours is tried again the next time.
      if (!graded.broken) await writeAtomically(file, JSON.stringify({ key, graded } satisfies Kept));
      outcomes[index] = { ...submission, graded, kept: false };
      bar.update(++done, `${submission.student}, ${submission.assignment}`);
    }
  };
  // Each is waited for, also when one was told to stop: they clean up behind them.
  const ends = await Promise.allSettled(Array.from({ length: Math.min(jobs, todo.length) }, work));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) {
    bar.finish("stopped; the same command goes on from here");
    throw failed.reason;
  }
  const known = outcomes.filter((outcome) => outcome !== undefined); // those that were left out leave gaps
  const kept = known.filter((outcome) => outcome.kept).length;
  bar.finish(kept > 0 ? `${kept} were graded before and have not changed` : "");
  // Where a submission lies is no part of what was kept: it may have been moved since.
  return known.map((outcome) => {
    const { notes = [], graded, assignment } = outcome;
    const names = grader.course.assignments.find(({ name }) => name === assignment)?.namesOfChecks ?? [];
    const all = [...notes, ...graded.notes, ...reachingNotes(names, graded.cells)];
    return { ...outcome, graded: { ...graded, notes: all } };
  });
}

function courseKey({ fingerprint }: Course, { limits, sandbox }: Grader): string {
  const { cell, total, memory } = limits;
  return `${fingerprint} ${cell} ${total} ${memory} ${sandbox ? "walls" : "none"}`;
}

async function readKept(file: string, key?: string): Promise<Graded | undefined> {
  try {
    const kept: Kept = JSON.parse(await Deno.readTextFile(file));
    return key === undefined || kept.key === key ? kept.graded : undefined;
  } catch {
    return undefined;
  }
}
