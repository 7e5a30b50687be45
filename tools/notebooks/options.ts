import { basename } from "@std/path";
import { numberOf, parse, UsageError } from "../shared/arguments.ts";

/** What a person asked `deno task run` for. */
export interface RunOptions {
  /** Parts of the names of notebooks to run; none means all. */
  names: string[];
  /** Seconds that a cell may run. */
  cellTimeout: number;
  /** The project's kernel, or Deno's own. */
  kernel: "project" | "stock";
  /** How many notebooks run at the same time. */
  jobs: number;
  help: boolean;
}

export const HELP = `Execute notebooks in the real Deno kernel and make pages of them.

  deno task run [names] [options]

  names              Notebooks to run, by any part of their names, such as 05; all of them unless given
  --cell-timeout N   Seconds that one cell may run; 600 unless given
  --jobs N           How many run at the same time; 2 unless given, where there are two processors
  --kernel stock     Use Deno's own kernel rather than the one in tools/kernel
  --help             Show this

Writes build/notebooks/*.ipynb (executed), build/site/*.html (start at index.html) and build/report.json.
Exits with 1 if a notebook failed, after trying the others.`;

/**
 * Read the command line of `deno task run`.
 *
 * @throws {UsageError} For an unknown option or a time that is no positive number
 *
 * @example
 * ```ts
 * import { parseRunOptions } from "./options.ts";
 *
 * const { names, cellTimeout } = parseRunOptions(["05", "--cell-timeout", "60"]);
 * console.log(names, cellTimeout); // [ "05" ] 60
 * ```
 */
export function parseRunOptions(args: string[]): RunOptions {
  const options = {
    "cell-timeout": { type: "string" },
    jobs: { type: "string" },
    kernel: { type: "string" },
  } as const;
  const { values, names, help } = parse(args, { task: "run", help: HELP, options, names: true });
  const { kernel = "project" } = values;
  if (kernel !== "project" && kernel !== "stock") {
    throw new UsageError(`--kernel needs "project" or "stock", and got ${kernel}.`);
  }
  const cellTimeout = numberOf("--cell-timeout", values["cell-timeout"] ?? "600");
  return { names, cellTimeout, kernel, jobs: jobsOf(values.jobs), help };
}

/** Two notebooks at the same time, if there are two processors: each has a kernel and a client. */
export function defaultJobs(): number {
  return Math.min(2, navigator.hardwareConcurrency);
}

/**
 * How many notebooks to run at the same time, as `--jobs` says.
 *
 * @throws {UsageError} If it is no whole number from 1 to 16
 */
export function jobsOf(text: string | undefined): number {
  return text === undefined ? defaultJobs() : numberOf("--jobs", text, { least: 1, most: 16, whole: true });
}

/**
 * The notebooks that a person means.
 *
 * @param paths All there are, in their order
 * @param names Parts of names; none means all
 * @throws {UsageError} If a name fits none, or there is none at all
 */
export function selectNotebooks(paths: string[], names: string[]): string[] {
  if (paths.length === 0) throw new UsageError("There is no notebook in notebooks/.");
  if (names.length === 0) return paths;
  const fits = (path: string, name: string) => basename(path, ".ipynb").includes(basename(name, ".ipynb"));
  const unknown = names.find((name) => !paths.some((path) => fits(path, name)));
  if (unknown !== undefined) {
    const known = paths.map((path) => basename(path, ".ipynb")).join(", ");
    throw new UsageError(`No notebook's name contains "${unknown}". There are: ${known}.`);
  }
  return paths.filter((path) => names.some((name) => fits(path, name)));
}
