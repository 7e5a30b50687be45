// How many points the checks of a notebook give that a learner can see.
import { basename, join } from "@std/path";
import { executeNotebook } from "../../notebooks/execute.ts";
import type { Notebook } from "../../notebooks/notebook_file.ts";
import type { Environment } from "../../setup/ensure.ts";

/** One check that is worth points. */
export interface CheckPoints {
  /** The cell's id. */
  id: string;
  points: number;
  of: number;
  /** Why it did not pass: the first line of what it said. */
  why?: string;
}

/** One notebook. */
export interface NotebookPoints {
  name: string;
  checks: CheckPoints[];
}

/** The checks of a notebook, none passed. */
export function checksOf({ cells }: Notebook): (CheckPoints & { index: number })[] {
  return cells.flatMap((cell, index) => {
    const { grade, points } = cell.metadata?.nbgrader ?? {};
    return cell.cell_type === "code" && grade
      ? [{ id: cell.id ?? "", points: 0, of: points ?? 0, index }]
      : [];
  });
}

/** Run a notebook from top to bottom, past cells that fail, and count what its checks award. */
export async function countPoints(
  environment: Environment,
  path: string,
  signal?: AbortSignal,
): Promise<NotebookPoints> {
  const checks = checksOf(JSON.parse(await Deno.readTextFile(path)));
  const output = join(environment.root, "build", "points");
  const { errors } = await executeNotebook(environment, path, {
    output,
    goOn: true,
    cellTimeout: 120,
    signal,
  });
  const broken = errors.find(({ cell }) => cell < 0);
  return {
    name: basename(path, ".ipynb"),
    checks: checks.map(({ index, ...check }) => {
      const error = broken ?? errors.find(({ cell }) => cell === index);
      return error
        ? { ...check, why: error.message.split("\n")[0].slice(0, 120) }
        : { ...check, points: check.of };
    }),
  };
}

/** All points of some notebooks. */
export function totalOf(notebooks: NotebookPoints[]): { points: number; of: number } {
  const checks = notebooks.flatMap(({ checks }) => checks);
  const sum = (of: (check: CheckPoints) => number) => checks.reduce((all, check) => all + of(check), 0);
  return { points: sum(({ points }) => points), of: sum(({ of }) => of) };
}

/** A table for a person, in Markdown, which a terminal and GitHub's summary both show. */
export function pointsTable(notebooks: NotebookPoints[]): string {
  const rows = notebooks.flatMap(({ name, checks }) =>
    checks.map(({ id, points, of, why }) =>
      `| ${name} | ${id} | ${points} of ${of} | ${(why ?? "").replaceAll("|", "\\|")} |`
    )
  );
  const { points, of } = totalOf(notebooks);
  return [
    "| notebook | check | points | what it said |",
    "| --- | --- | ---: | --- |",
    ...rows,
    "",
    `${points} of ${of} points by the checks that you see. Your teacher's copy tries a few more inputs.`,
  ].join("\n");
}
