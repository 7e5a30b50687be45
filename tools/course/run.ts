/**
 * Execute every notebook in the real Deno kernel, write pages and a report: `deno task run`.
 *
 * @module
 */
import { join, relative } from "@std/path";
import { writeAtomically } from "../shared/atomic.ts";
import { executeNotebooks, listNotebooks } from "../notebooks/execute_all.ts";
import { exitCodeOf } from "../notebooks/exit_code.ts";
import { summary } from "../notebooks/messages.ts";
import { HELP, parseRunOptions, selectNotebooks } from "../notebooks/options.ts";
import { removeStale } from "../notebooks/stale.ts";
import { onInterrupt } from "../notebooks/interrupt.ts";
import type { RunReport } from "../notebooks/report.ts";
import { ensureSetup } from "../setup/setup.ts";
import { withStockKernel } from "../setup/stock_kernel.ts";
import { buildSite, SiteError } from "./site/site.ts";

/** Do it all; gives the exit code. */
async function main(args: string[]): Promise<number> {
  const options = parseRunOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const project = await ensureSetup({ task: "run" });
  const environment = options.kernel === "stock" ? await withStockKernel(project) : project;
  const build = join(environment.root, "build");
  const all = await listNotebooks(join(environment.root, "notebooks"));
  const paths = selectNotebooks(all, options.names);
  const started = performance.now();

  const signal = onInterrupt();
  const { cellTimeout, jobs } = options;
  const notebooks = await executeNotebooks(environment, { paths, cellTimeout, jobs, signal });
  const executed = join(build, "notebooks");
  await removeStale(executed, all);

  const seconds = Math.round(performance.now() - started) / 1000;
  const report: RunReport = { deno: Deno.version.deno, seconds, notebooks };
  await writeAtomically(join(build, "report.json"), JSON.stringify(report, null, 2) + "\n");
  const { index, problems } = await buildSite(environment, notebooks, {
    executed,
    output: join(build, "site"),
    sources: paths,
  });
  for (const problem of problems) console.error(problem);
  console.log(`\n${summary(notebooks, relative(Deno.cwd(), index))}`);
  return notebooks.some((notebook) => notebook.errors.length > 0) ? 1 : 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (error instanceof SiteError) {
      console.error(error.message);
      Deno.exit(1);
    }
    Deno.exit(exitCodeOf(error));
  }
}
