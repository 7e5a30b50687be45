// Runs notebooks before they are handed out: a graded cell must pass with the solutions, and fail without them.
import { basename, join } from "@std/path";
import type { Problem } from "../../checks/problem.ts";
import { executeNotebook } from "../../notebooks/execute.ts";
import type { Notebook, NotebookCell } from "../../notebooks/notebook_file.ts";
import type { Environment } from "../../setup/ensure.ts";
import { isGraded } from "./marks.ts";
import { neededCells } from "./needs.ts";

/** One run of a notebook. */
export interface Trial {
  /** The notebook to run, absolute. */
  path: string;
  /** With solutions every graded cell must pass; without them each must fail. */
  expects: "pass" | "fail";
}

/** As much of an output as nbgrader looks at. */
interface Output {
  output_type: string;
  name?: string;
}

/** So many kernels run at a time. */
const AT_ONCE = Math.max(1, Math.min(2, navigator.hardwareConcurrency));

/** The cells that count, in their order: all else of a notebook may be left out. */
export function onlyNeeded(notebook: Notebook): Notebook {
  const needed = neededCells(notebook);
  return { ...notebook, cells: notebook.cells.filter((_, index) => needed.has(index)) };
}

/** The notebook up to its last graded cell; what comes after it decides nothing. */
export function untilLastGraded(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.slice(0, notebook.cells.findLastIndex(isGraded) + 1) };
}

/**
 * Run notebooks, two at a time, each in a fresh kernel in its own folder, and look at their graded cells as nbgrader does.
 *
 * @param output Where executed notebooks go, absolute
 * @param onCell Called after each code cell
 * @returns What did not come out as it must
 */
export async function tryNotebooks(
  environment: Environment,
  trials: Trial[],
  output: string,
  onCell: () => void,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const found: Problem[][] = [];
  const waiting = [...trials.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, trial] = next;
      found[index] = await tryNotebook(environment, trial, join(output, trial.expects), onCell, signal);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found.flat();
}

async function tryNotebook(
  environment: Environment,
  { path, expects }: Trial,
  output: string,
  onCell: () => void,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const file = join("notebooks", basename(path));
  const { errors } = await executeNotebook(environment, path, {
    output,
    signal,
    goOn: true,
    cellTimeout: 120,
    onEvent: ({ event }) => void (event === "cellDone" && onCell()),
  });
  const broken = errors.find(({ cell }) => cell < 0);
  if (broken) return [{ file, at: "", rule: "trial", message: `It could not be run: ${broken.message}` }];
  const executed: Notebook = JSON.parse(await Deno.readTextFile(join(output, basename(path))));
  return executed.cells.flatMap((cell, index): Problem[] => {
    if (!isGraded(cell)) return [];
    const error = errors.find((error) => error.cell === index)?.message;
    const fault = expects === "pass" ? faultOfSolution(cell, error) : error === undefined && STUB_PASSES;
    return fault ? [{ file, at: `cell ${cell.id}`, ...fault }] : [];
  });
}

type Fault = Pick<Problem, "rule" | "message" | "hint">;

const STUB_PASSES: Fault = {
  rule: "stub-passes",
  message: "It passes in the release version, where no exercise is solved.",
  hint: "Let it call what the exercise defines; a check that fails throws.",
};

/**
 * Why nbgrader would not give all points to a graded cell, though the solutions are in place.
 *
 * @param cell As it was executed
 * @param error What it threw
 */
export function faultOfSolution(cell: NotebookCell, error?: string): Fault | undefined {
  if (error !== undefined) {
    const message = `With the solutions, and the cells before it that it needs, it fails: ${error}`;
    return { rule: "solution-fails", message };
  }
  const outputs = (cell.outputs ?? []) as Output[];
  if (outputs.some(({ name }) => name === "stderr")) {
    return {
      rule: "standard-error",
      message: "It writes to standard error, for which nbgrader gives 0 points.",
    };
  }
  if (outputs.some(({ output_type }) => output_type === "execute_result")) {
    const message = "It ends in a value, and nbgrader takes a value for the points that were reached.";
    return { rule: "partial-credit", message, hint: "Let it end with a call of check() or checkThat()." };
  }
  return undefined;
}
