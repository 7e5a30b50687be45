// Counting what passed and what failed, from what `deno test` and `deno coverage` print.
import type { Outcome } from "../deno.ts";

/** How many tests had which end. */
export interface Counts {
  passed: number;
  failed: number;
  /** Tests that were switched off. */
  ignored: number;
}

/**
 * How many tests passed and failed in a run of `deno test`.
 *
 * A run that ends badly never counts as free of failures: one that printed no summary (a file that does not load, no
 * test found, a crash, too much time), or whose exit code contradicts the summary, counts as one failure more.
 *
 * @param outcome What the command did and printed, without colours
 * @example
 * ```ts
 * import { countTests } from "./counts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "FAILED | 7 passed (2 steps) | 1 failed | 3 ignored (12ms)\n";
 * const outcome = { code: 1, stdout: text, stderr: "", text, timedOut: false };
 * assertEquals(countTests(outcome), { passed: 7, failed: 1, ignored: 3 });
 * ```
 */
export function countTests(
  { code, stdout, timedOut }: Pick<Outcome, "code" | "stdout" | "timedOut">,
): Counts {
  // The last such line: a test may print one of its own.
  const line = stdout.split("\n").findLast((line) => /^(ok|FAILED) \| \d+ passed/.test(line)) ?? "";
  const count = (word: string) => Number(new RegExp(`\\| (\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const counts = { passed: count("passed"), failed: count("failed"), ignored: count("ignored") };
  const ended = line !== "" && !timedOut;
  const agrees = (code === 0) === (counts.failed === 0);
  return ended && agrees ? counts : { ...counts, failed: counts.failed + 1 };
}

/** Whether a line of `deno test` says how a test ended; steps inside a test are indented and do not count. */
export function endsTest(line: string): boolean {
  return /^\S.* \.\.\. (ok|FAILED|ignored)\b/.test(line);
}

/**
 * The part of a run's output that tells what failed; all of it if there is no such part.
 *
 * @param text The output of `deno test`, without colours
 */
export function failuresIn(text: string): string {
  const start = text.search(/^ ERRORS ?$/m);
  return start < 0
    ? text
    : text.slice(start).replace(/^ ERRORS ?\n+/, "").replace(/\n+error: Test failed\s*$/, "");
}

/**
 * The share of lines that tests ran, from a report in lcov's format.
 *
 * @param lcov What `deno coverage --lcov` prints
 * @returns Between 0 and 1, or `undefined` if the report names no line
 */
export function lineCoverage(lcov: string): number | undefined {
  const sum = (key: string) =>
    [...lcov.matchAll(new RegExp(`^${key}:(\\d+)$`, "gm"))].reduce((total, [, n]) => total + Number(n), 0);
  const [hit, all] = [sum("LH"), sum("LF")];
  return all > 0 ? hit / all : undefined;
}
