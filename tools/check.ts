/**
 * Execute every notebook and compare what it prints with what it is known to print: `deno task check`. With `--update`,
 * accept what it prints now.
 *
 * @module
 */
import { join } from "@std/path";
import { executeNotebooks, listNotebooks } from "./notebooks/execute_all.ts";
import { exitCodeOf } from "./notebooks/exit_code.ts";
import { GOLDEN, holdToGolden, updateGolden } from "./notebooks/golden.ts";
import { onInterrupt } from "./notebooks/interrupt.ts";
import { describeError } from "./notebooks/messages.ts";
import { selectNotebooks, UsageError } from "./notebooks/options.ts";
import { ensureSetup } from "./setup.ts";

const HELP = `Execute notebooks and compare what they print with tests/golden/notebooks/.

  deno task check [names] [--update]

  names      Notebooks to check, by any part of their names, such as 05; all of them unless given
  --update   Accept what they print now
  --help     Show this

Exits with 1 if a notebook fails or prints something else than before.`;

/** Do it; gives the exit code. */
async function main(args: string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const unknown = args.find((arg) => arg.startsWith("-") && arg !== "--" && arg !== "--update");
  if (unknown) throw new UsageError(`There is no option ${unknown}. See: deno task check --help`);
  const environment = await ensureSetup({ task: "check" });
  const { root } = environment;
  const all = await listNotebooks(join(root, "notebooks"));
  const paths = selectNotebooks(all, args.filter((arg) => !arg.startsWith("-")));
  const output = join(root, "build", "checked_notebooks");
  const reports = await executeNotebooks(environment, { paths, output, signal: onInterrupt() });
  if (args.includes("--update")) {
    const written = await updateGolden(root, output, reports);
    console.log(written.length > 0 ? `Accepted in ${GOLDEN}: ${written.join(", ")}` : "Nothing has changed.");
    return reports.some(({ errors }) => errors.length > 0) ? 1 : 0;
  }
  const held = await holdToGolden(root, output, reports);
  for (const [i, { errors }] of held.entries()) {
    if (reports[i].errors.length > 0) continue; // said already
    for (const error of errors) console.error(await describeError(paths[i], error));
  }
  const good = held.filter(({ errors }) => errors.length === 0).length;
  console.log(`${good} of ${held.length} notebooks print what they are known to print.`);
  if (good < held.length) console.log("If the change is meant: deno task check --update");
  return good < held.length ? 1 : 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    Deno.exit(exitCodeOf(error));
  }
}
