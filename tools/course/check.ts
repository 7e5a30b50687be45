/**
 * Look into every notebook, execute it and compare what it shows with what it is known to show: `deno task check`. With
 * `--update`, accept what it shows now.
 *
 * @module
 */
import { basename, join, relative } from "@std/path";
import { checkNotebooks } from "./check_notebooks.ts";
import { describe, type Problem } from "../checks/problem.ts";
import { executeNotebooks, listNotebooks } from "../notebooks/execute_all.ts";
import { exitCodeOf } from "../notebooks/exit_code.ts";
import { onInterrupt } from "../notebooks/interrupt.ts";
import { selectNotebooks } from "../notebooks/options.ts";
import { removeStale } from "../notebooks/stale.ts";
import { annotationLines, problemAnnotations, reviewAnnotations } from "./review/annotations.ts";
import { GOLDEN } from "./review/golden.ts";
import { describeGroups, groupsOf } from "./review/groups.ts";
import { CHECK_HELP, parseCheckOptions } from "./review/options.ts";
import { writeReview } from "./review/page.ts";
import { acceptNotebooks, isAsKnown, type Review, reviewNotebooks } from "./review/review.ts";
import { goldensAt } from "./review/since.ts";
import { ensureSetup } from "../setup/setup.ts";

/** Do it; gives the exit code. */
async function main(args: string[]): Promise<number> {
  const options = parseCheckOptions(args);
  if (options.help) {
    console.log(CHECK_HELP);
    return 0;
  }
  const environment = await ensureSetup({ task: "check" });
  const { root } = environment;
  const all = await listNotebooks(join(root, "notebooks"));
  const paths = selectNotebooks(all, options.names);
  const output = join(root, "build", "checked_notebooks");
  const { jobs } = options;
  const before = join(root, "build", "check", "since");
  if (options.since) await goldensAt(root, options.since, before);
  const problems = options.update ? [] : await lookIntoFiles(root, paths);
  const reports = await executeNotebooks(environment, { paths, output, jobs, signal: onInterrupt() });
  await removeStale(output, all);
  if (options.update) {
    console.log();
    const changed = await acceptNotebooks(root, output, reports, all.map((path) => basename(path, ".ipynb")));
    console.log(changed.length > 0 ? `Accepted in ${GOLDEN}:` : "Nothing has changed.");
    for (const path of changed) console.log(`  ${path}`);
    // Only now: what is kept of cells that are gone is a problem that was just mended.
    const left = await lookIntoFiles(root, paths);
    if (left.length > 0) {
      console.log(`${count(left)} in their files and cells, which --update does not mend; see above.`);
    }
    return left.length > 0 || reports.some(({ errors }) => errors.length > 0) ? 1 : 0;
  }
  const reviews = await reviewNotebooks(root, output, paths, reports);
  // What is not accepted comes first; then a reviewer sees what was.
  const isAccepted = reviews.every(isAsKnown);
  const since = isAccepted ? options.since : undefined;
  const shown = since ? await reviewNotebooks(root, output, paths, reports, before) : reviews;
  // What failed was said when it did.
  const changes = describeGroups(groupsOf(shown));
  if (changes) console.error(`\n${changes}`);
  if (options.annotations) {
    const found = [
      ...await problemAnnotations(root, problems),
      ...await reviewAnnotations(root, shown, since ? "notice" : "error"),
    ];
    for (const line of annotationLines(found)) console.log(line);
  }
  return conclude(reviews, problems, await writeReview(root, shown, problems, since), since);
}

/** What is wrong with the files and cells of notebooks, said as soon as it is known. */
async function lookIntoFiles(root: string, paths: string[]): Promise<Problem[]> {
  const problems = await checkNotebooks(root, paths);
  if (problems.length > 0) console.error(`\n${describe(problems)}\n`);
  return problems;
}

const count = ({ length }: Problem[]) => length === 1 ? "1 problem" : `${length} problems`;

/** The last lines, and the exit code. */
function conclude(reviews: Review[], problems: Problem[], page: string, since?: string): number {
  console.log();
  const good = reviews.filter(isAsKnown).length;
  if (problems.length > 0) console.log(`${count(problems)} in their files and cells; see above.`);
  console.log(`${good} of ${reviews.length} notebooks say and show what they are known to.`);
  if (since) console.log(`What has changed since ${since} is accepted, and shown for review.`);
  console.log(`Side by side: ${relative(Deno.cwd(), page)}`);
  if (reviews.some(({ comparison }) => comparison && comparison.changed.length > 0)) {
    console.log("If the change is meant: deno task check --update");
  }
  return good < reviews.length || problems.length > 0 ? 1 : 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    Deno.exit(exitCodeOf(error));
  }
}
