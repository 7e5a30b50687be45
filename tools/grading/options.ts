import { numberOf, parse, UsageError } from "../shared/arguments.ts";
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
  const text = { type: "string" } as const, flag = { type: "boolean", default: false } as const;
  const options = {
    assignment: { ...text, multiple: true },
    only: { ...text, multiple: true },
    roster: text,
    comments: text,
    output: text,
    jobs: text,
    again: flag,
    "cell-timeout": text,
    timeout: text,
    memory: text,
    "self-test": flag,
    unsafe: flag,
  } as const;
  const { values, names, help } = parse(args, { task: "grade", help: HELP, options, names: true });
  const { roster, comments, output, again = false, unsafe = false, "self-test": selfTest = false } = values;
  if (!help && !selfTest && names.length !== 1) {
    throw new UsageError(
      `One folder of submissions is needed, and ${names.length} were given. See: deno task grade -- --help`,
    );
  }
  const most = Math.max(1, Math.min(machine.processors, Math.floor(machine.memory / 3e9)));
  const number = (name: "jobs" | "cell-timeout" | "timeout" | "memory", otherwise: number) =>
    numberOf(`--${name}`, values[name] ?? String(otherwise));
  return {
    folder: names[0] ?? "",
    assignments: values.assignment ?? [],
    only: (values.only ?? []).flatMap((list) => list.split(",")).filter(Boolean),
    ...{ roster, comments, output, again, unsafe, selfTest, help },
    jobs: Math.ceil(number("jobs", most)),
    limits: {
      ...LIMITS,
      cell: number("cell-timeout", LIMITS.cell),
      total: number("timeout", LIMITS.total),
      memory: number("memory", LIMITS.memory),
    },
  };
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
