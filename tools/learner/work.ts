/**
 * Make a learner's own copies of the notebooks: `deno task work` → `work/`.
 *
 * @module
 */
import { fromFileUrl, join, relative, resolve } from "@std/path";
import { parse, UsageError } from "../shared/arguments.ts";
import { exitCodeOf } from "../notebooks/exit_code.ts";
import { currentEdition, makeFresh, type Outcome, prepare } from "./folder.ts";

const HELP =
  `Make your own copies of the notebooks, in work/: exercises are empty, what you write stays yours.

  deno task work [--update | --fresh NOTEBOOK] [--folder FOLDER]

  --update  Take over what is new in the course, cell by cell: cells that you changed or added stay as they are, and the
            notebook as it was is kept beside the new one
  --fresh   Begin a notebook, such as 02, anew; the old one is kept beside it
  --folder  Another folder than work/
  --help    Show this

deno task lab does the first by itself. git ignores work/, and no pull touches it; "git clean -X" would delete it.`;

/** The folder of a learner's own copies. */
export const WORK = "work";

/** The learner's folder could not be written. */
class WorkError extends Error {
  override readonly name = "WorkError";
}

/** Makes the copies, and says what a learner has to know of it. */
export async function makeWork(
  root: string,
  work: string = join(root, WORK),
  options: { update?: boolean } = {},
): Promise<void> {
  const outcomes = await told(work, () => prepare(join(root, "notebooks"), work, options));
  const text = describe(outcomes, shown(work));
  if (text !== "") console.log(text);
}

/**
 * In sentences: what was made, what is newer, what was merged.
 *
 * @param folder The learner's, as a person would name it
 */
export function describe(outcomes: readonly Outcome[], folder: string = WORK): string {
  const lines: string[] = [];
  const say = (what: Outcome["what"], sentence: (names: string[]) => string) => {
    const names = outcomes.filter((one) => one.what === what).map(({ name }) => name);
    if (names.length > 0) lines.push(sentence(names));
  };
  say("made", (names) => {
    const what = names.length === 1 ? names[0] : `${names.length} notebooks`;
    return `Your own copies of ${what} are in ${folder}. What you write there stays yours.`;
  });
  say("replaced", (names) => `Up to date now, since you had changed nothing: ${names.join(", ")}.`);
  say(
    "newer",
    (names) =>
      `The course has something new in ${
        names.join(", ")
      }. Yours stays as it is; to take over what is new and ` +
      "keep what you wrote: deno task work --update",
  );
  for (const one of outcomes) {
    if (one.what === "merged") lines.push(...merged(one));
    else if (one.what === "unreadable") {
      lines.push(
        `${one.name} in ${folder} cannot be read as a notebook: ${one.why}. It stays as it is. For a fresh one, beside ` +
          `which this one is kept: deno task work --fresh ${one.name.slice(0, 2)}`,
      );
    } else if (one.what === "unknown") {
      lines.push(
        `${one.name} in ${folder} was not made here, so it stays as it is. The course's is beside it: ${one.beside}.`,
      );
    }
  }
  return lines.join("\n");
}

function merged({ name, changes, old }: Extract<Outcome, { what: "merged" }>): string[] {
  const kinds = Map.groupBy(changes, ({ what }) => what);
  return [
    `${name} has what is new, and what you wrote. As it was: ${old}`,
    ...[...kinds].map(([what, cells]) => `  ${what}: ${cells.map(({ id }) => id).join(", ")}`),
    "  If it is open in JupyterLab: File, Reload Notebook from Disk.",
  ];
}

/** A folder as a person would name it. */
function shown(folder: string): string {
  const path = relative(Deno.cwd(), folder);
  return path === "" || path.startsWith("..") ? folder : path;
}

async function told<T>(work: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause)) throw cause;
    throw new WorkError(
      `${work} cannot be written: ${cause.message}. Nothing of yours was changed. Is there room on the disk, and is ` +
        "the folder yours to write in?",
      { cause },
    );
  }
}

async function main(args: string[]): Promise<void> {
  const options = {
    update: { type: "boolean" },
    fresh: { type: "string" },
    folder: { type: "string" },
  } as const;
  const { values, help } = parse(args, { task: "work", help: HELP, options });
  if (help) return console.log(HELP);
  const root = fromFileUrl(new URL("../..", import.meta.url));
  const work = values.folder === undefined ? join(root, WORK) : resolve(values.folder);
  if (values.fresh === undefined) {
    await makeWork(root, work, values);
    return console.log("Open them: deno task lab");
  }
  const known = [...(await currentEdition(join(root, "notebooks"))).keys()];
  const found = known.filter((name) => name.startsWith(values.fresh!));
  if (found.length !== 1 || values.fresh === "") {
    throw new UsageError(`--fresh needs one notebook, such as 02; there are ${known.join(", ")}.`);
  }
  const old = await told(work, () => makeFresh(join(root, "notebooks"), work, found[0]));
  console.log(`${shown(join(work, found[0]))} is fresh.${old ? ` Yours is kept beside it: ${old}` : ""}`);
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (!(error instanceof WorkError)) Deno.exit(exitCodeOf(error));
    console.error(error.message);
    Deno.exit(1);
  }
}
