import { parse } from "../../shared/arguments.ts";
import { jobsOf } from "../../notebooks/options.ts";
import { onGitHub } from "./annotations.ts";

/** What a person asked `deno task check` for. */
export interface CheckOptions {
  /** Parts of the names of notebooks to check; none means all. */
  names: string[];
  update: boolean;
  /** A commit: if all is accepted, what has changed since then is shown. */
  since?: string;
  /** Whether to print lines that GitHub annotates. */
  annotations: boolean;
  /** How many notebooks run at the same time. */
  jobs: number;
  help: boolean;
}

export const CHECK_HELP =
  `Look into the files and cells of notebooks (outputs left in, types, lint, order of the cells), execute them
and compare what they say and show with tests/golden/notebooks/: text and code by their characters, charts by
the rows they were drawn from and their pixels, elapsed times aside. Equations in the text are computed.

  deno task check [names] [options]

  names           Notebooks to check, by any part of their names, such as 05; all of them unless given
  --update        Accept what they say and show now; what is wrong with their files and cells is said, and stays
  --since COMMIT  If all is accepted, show what has changed since that commit, as a reviewer wants it
  --jobs N        How many run at the same time; 2 unless given, where there are two processors
  --annotations   Print a line for each change that GitHub shows beside the cell; in its workflows that is on
  --help          Show this

Writes build/check/index.html, which shows what changed side by side.
Exits with 1 if something is wrong with a notebook, if it fails, or if it says or shows something else than before.`;

/**
 * Read the command line of `deno task check`.
 *
 * @throws {UsageError} For an unknown option, or a number of jobs that is none
 *
 * @example
 * ```ts
 * import { parseCheckOptions } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { names, update, jobs } = parseCheckOptions(["--", "02", "--update", "--jobs", "1"]);
 * assertEquals([names, update, jobs], [["02"], true, 1]);
 * ```
 */
export function parseCheckOptions(args: string[]): CheckOptions {
  const options = {
    update: { type: "boolean", default: false },
    annotations: { type: "boolean", default: onGitHub() },
    since: { type: "string" },
    jobs: { type: "string" },
  } as const;
  const { values, names, help } = parse(args, { task: "check", help: CHECK_HELP, options, names: true });
  const { update = false, annotations = false, since } = values;
  return { names, update, annotations, since, jobs: jobsOf(values.jobs), help };
}
