import { UsageError } from "../notebooks/options.ts";
import { LIMITS, type Limits } from "./limits.ts";

/** What a person asked `deno task grade` for. */
export interface GradeOptions {
  folder: string;
  /** Assignments; none means all. */
  assignments: string[];
  jobs: number;
  output?: string;
  /** Students to grade; none means all. */
  only: string[];
  /** Files: who is whom, and what the instructor says. */
  roster?: string;
  comments?: string;
  again: boolean;
  unsafe: boolean;
  selfTest: boolean;
  help: boolean;
  limits: Limits;
}

export const HELP = `Grade submissions with nbgrader, each in a process and behind walls of its own.

  deno task grade -- FOLDER [options]

  FOLDER             Holds STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb, such as ana/01_loss_functions/01_loss_functions.ipynb
  --assignment NAME  Only this one; may be given several times
  --only NAMES       Grade these students, ana,ben or @FILE with a name a line; what is known of others stays as it is
  --roster FILE      A CSV file that says whose folder is whose: writes canvas.csv or moodle.csv to import
  --comments FILE    A CSV file with comments, and points given by hand; comments.csv in the output unless given
  --output DIR       Where everything goes; build/grades unless given
  --jobs N           So many submissions at a time; one for each processor and 3 GB of memory unless given
  --again            Grade all anew; otherwise what has not changed since the last time is kept
  --cell-timeout N   Seconds for a cell; ${LIMITS.cell} unless given
  --timeout N        Seconds for a notebook; ${LIMITS.total} unless given
  --memory N         MB for a notebook; ${LIMITS.memory} unless given
  --self-test        Grade submissions of the grader's own, honest and hostile, and show the marks; --only chooses them
  --unsafe           Without walls: only for code that you have read
  --help             Show this

Writes grades.csv, report.html, similar.html, feedback/STUDENT/ASSIGNMENT.html and gradebook.db.
Exits with 1 if a submission could not be graded for a reason that is not the student's.`;

/**
 * Read the command line of `deno task grade`.
 *
 * @throws {UsageError} For an unknown option, a number that is none, or no folder
 *
 * @example
 * ```ts
 * import { parseGradeOptions } from "./options.ts";
 *
 * const { folder, jobs } = parseGradeOptions(["--", "handed_in", "--jobs", "2"]);
 * console.log(folder, jobs); // handed_in 2
 * ```
 */
export function parseGradeOptions(args: string[], machine: Machine = thisMachine()): GradeOptions {
  const options: GradeOptions = {
    folder: "",
    assignments: [],
    only: [],
    jobs: Math.max(1, Math.min(machine.processors, Math.floor(machine.memory / 3e9))),
    again: false,
    unsafe: false,
    selfTest: false,
    help: false,
    limits: { ...LIMITS },
  };
  const rest = args.filter((arg) => arg !== "--").flatMap((arg) => {
    const parts = arg.match(/^(--[a-z-]+)=(.*)$/s);
    return parts ? parts.slice(1) : [arg];
  });
  const folders: string[] = [];
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === "--help" || arg === "-h") options.help = true;
    else if (arg === "--again") options.again = true;
    else if (arg === "--unsafe") options.unsafe = true;
    else if (arg === "--self-test") options.selfTest = true;
    else if (arg === "--assignment") options.assignments.push(text(arg, rest.shift()));
    else if (arg === "--only") options.only.push(...text(arg, rest.shift()).split(",").filter(Boolean));
    else if (arg === "--roster") options.roster = text(arg, rest.shift());
    else if (arg === "--comments") options.comments = text(arg, rest.shift());
    else if (arg === "--output") options.output = text(arg, rest.shift());
    else if (arg === "--jobs") options.jobs = Math.ceil(positive(arg, rest.shift()));
    else if (arg === "--cell-timeout") options.limits.cell = positive(arg, rest.shift());
    else if (arg === "--timeout") options.limits.total = positive(arg, rest.shift());
    else if (arg === "--memory") options.limits.memory = positive(arg, rest.shift());
    else if (arg.startsWith("-")) {
      throw new UsageError(`There is no option ${arg}. See: deno task grade -- --help`);
    } else folders.push(arg);
  }
  if (options.help || options.selfTest) return options;
  if (folders.length !== 1) {
    throw new UsageError(
      `One folder of submissions is needed, and ${folders.length} were given. See: deno task grade -- --help`,
    );
  }
  return { ...options, folder: folders[0] };
}

/** What decides how many submissions run at a time. */
export interface Machine {
  processors: number;
  /** Bytes. */
  memory: number;
}

function thisMachine(): Machine {
  return { processors: navigator.hardwareConcurrency, memory: Deno.systemMemoryInfo().total };
}

function text(option: string, value: string | undefined): string {
  if (value) return value;
  throw new UsageError(`${option} needs a value.`);
}

function positive(option: string, value: string | undefined): number {
  const number = Number(value);
  if (value && Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`${option} needs a number above 0, and got ${value ?? "nothing"}.`);
}
