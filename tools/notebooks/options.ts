import { basename } from "@std/path";

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

/** A command line that cannot be understood; the message says what to write instead. */
export class UsageError extends Error {
  override name = "UsageError";
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
  const options: RunOptions = {
    names: [],
    cellTimeout: 600,
    kernel: "project",
    jobs: defaultJobs(),
    help: false,
  };
  const rest = wordsOf(args);
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === "--help" || arg === "-h") options.help = true;
    else if (arg === "--cell-timeout") options.cellTimeout = positive(arg, rest.shift());
    else if (arg === "--jobs") options.jobs = jobsFrom(arg, rest.shift());
    else if (arg === "--kernel") options.kernel = kernelNamed(rest.shift());
    else if (arg.startsWith("-")) {
      throw new UsageError(`There is no option ${arg}. See: deno task run --help`);
    } else options.names.push(arg);
  }
  return options;
}

/** The words of a command line: no `--`, and `--jobs=2` as two. */
export function wordsOf(args: string[]): string[] {
  return args.filter((arg) => arg !== "--").flatMap((arg) => arg.startsWith("--") ? arg.split("=") : [arg]);
}

function kernelNamed(text: string | undefined): RunOptions["kernel"] {
  if (text === "project" || text === "stock") return text;
  throw new UsageError(`--kernel needs "project" or "stock", and got ${text ?? "nothing"}.`);
}

function positive(option: string, text: string | undefined): number {
  const value = Number(text);
  if (text && Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`${option} needs a number of seconds above 0, and got ${text ?? "nothing"}.`);
}

/** Two notebooks at the same time, if there are two processors: each has a kernel and a client. */
export function defaultJobs(): number {
  return Math.min(2, navigator.hardwareConcurrency);
}

/**
 * How many notebooks to run at the same time, as an option says.
 *
 * @throws {UsageError} If it is no whole number from 1 to 16
 */
export function jobsFrom(option: string, text: string | undefined): number {
  const jobs = Number(text);
  if (text && Number.isInteger(jobs) && jobs >= 1 && jobs <= 16) return jobs;
  throw new UsageError(`${option} needs a whole number from 1 to 16, and got ${text ?? "nothing"}.`);
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
