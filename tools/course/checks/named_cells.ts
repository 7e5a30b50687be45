// Ids of cells are names that others use: the gradebook, the tutor's script, the claim ledger, the goldens. A cell that is
// renamed or removed leaves them behind.
import { basename, join, toFileUrl } from "@std/path";
import type { Claim } from "../curriculum/claims.ts";
import { cellName } from "../../notebooks/cell_name.ts";
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { cellOf, GOLDEN, goldenNames, readGolden, sourcesOf } from "../review/golden.ts";
import { renamedCells } from "../review/renames.ts";
import { namedCells, readRoute } from "../sherpa/route.ts";
import { readSherpa, SherpaError } from "../sherpa/rubric.ts";
import type { Problem } from "../../checks/problem.ts";

/** The ids of the cells of each notebook, by its name without ending. */
type Ids = Map<string, Set<string>>;

/**
 * Cells that are named somewhere and are not there.
 *
 * @param root The project's folder, absolute
 * @param notebooks All of its notebooks: path from the root → notebook
 */
export async function namedCellProblems(root: string, notebooks: Map<string, Notebook>): Promise<Problem[]> {
  const ids: Ids = new Map(
    [...notebooks].map((
      [file, { cells }],
    ) => [basename(file, ".ipynb"), new Set(cells.map(({ id }) => id ?? ""))]),
  );
  return [
    ...[...notebooks].flatMap(([file, notebook]) => gradebookProblems(file, notebook)),
    ...await sherpaProblems(root, ids),
    ...await ledgerProblems(root, ids),
    ...await goldenProblems(
      root,
      ids,
      new Map([...notebooks].map(([file, notebook]) => [basename(file, ".ipynb"), notebook])),
    ),
  ];
}

/** nbgrader keeps marks under the name that stands in a cell's metadata. */
function gradebookProblems(file: string, { cells }: Notebook): Problem[] {
  return cells.flatMap(({ id, metadata }, index) => {
    const known = metadata?.nbgrader?.grade_id;
    if (metadata?.nbgrader === undefined || known === id) return [];
    return [{
      file,
      at: cellName(index, id),
      rule: "stale-id",
      message: `nbgrader would know the cell as ${
        JSON.stringify(known) ?? "nothing"
      }, and its id is "${id}".`,
      hint: "deno task assignments --mark",
    }];
  });
}

async function sherpaProblems(root: string, ids: Ids): Promise<Problem[]> {
  const file = join("notebooks", "sherpa.md");
  const text = await readIfThere(join(root, file));
  if (text === undefined) return [];
  const route = readRoute(text);
  const full = (number: string) => [...ids.keys()].find((name) => name.startsWith(number)) ?? number;
  const named = [
    ...route.flatMap(({ notebook, sections }) =>
      sections.flatMap(({ cells, exercises }) => [...cells, ...exercises].map((cell) => ({ notebook, cell })))
    ),
    ...namedCells(text).map(({ number, cell }) => ({ notebook: full(number), cell })),
  ];
  try {
    const { criteria, pitfalls, exercises } = readSherpa(text);
    named.push(...[...criteria, ...pitfalls].flatMap(({ evidence }) => evidence), ...exercises);
  } catch (error) {
    if (!(error instanceof SherpaError)) throw error;
    return [{ file, at: "", rule: "stale-id", message: error.message }];
  }
  const lost = new Map(
    named.filter(({ notebook, cell }) => !ids.get(notebook)?.has(cell))
      .map(({ notebook, cell }) => [`${notebook} ${cell}`, { notebook, cell }]),
  );
  return [...lost.values()].map(({ notebook, cell }) => ({
    file,
    at: placeIn(text, cell),
    rule: "stale-id",
    message: `The text names the cell "${cell}" of ${notebook}, which is not there.`,
    hint: "Give the cell its id back, or name another one.",
  }));
}

async function ledgerProblems(root: string, ids: Ids): Promise<Problem[]> {
  const file = join("tools", "course", "curriculum", "claims.ts");
  const text = await readIfThere(join(root, file));
  if (text === undefined) return [];
  const { CLAIMS }: { CLAIMS: Claim[] } = await import(toFileUrl(join(root, file)).href);
  const there = new Set([...ids.values()].flatMap((cells) => [...cells]));
  return CLAIMS.flatMap(({ claim, cells = [] }) =>
    cells.filter((cell) => !there.has(cell)).map((cell) => ({
      file,
      at: placeIn(text, cell),
      rule: "stale-id",
      message: `The ledger names the cell "${cell}", which is in no notebook, for the claim: ${claim}`,
      hint: "Give the cell its id back, or name another one.",
    }))
  );
}

async function goldenProblems(root: string, ids: Ids, notebooks: Map<string, Notebook>): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const name of await goldenNames(root)) {
    const cells = ids.get(name);
    const file = join(GOLDEN, name);
    if (!cells) {
      const message = `It keeps what the notebook ${name} shows, which is not there.`;
      problems.push({ file, at: "", rule: "stale-id", message, hint: "deno task check --update" });
      continue;
    }
    const golden = await readGolden(root, name);
    const { texts, files } = golden;
    const known = new Set([...texts.keys(), ...[...files.keys()].map(cellOf)]);
    const lost = [...known].filter((id) => !cells.has(id));
    if (lost.length === 0) continue;
    const isNow = new Map(
      [...renamedCells(golden, sourcesOf(notebooks.get(name)!), [])].map(([is, was]) => [was, is]),
    );
    const said = lost.map((id) => isNow.has(id) ? `${id} (renamed to ${isNow.get(id)})` : id);
    const message = `It keeps what these cells show, which are not in notebooks/${name}.ipynb: ${
      said.join(", ")
    }.`;
    problems.push({ file, at: "", rule: "stale-id", message, hint: `deno task check ${name} --update` });
  }
  return problems;
}

/** Line and column of a name in a text. */
function placeIn(text: string, name: string): string {
  const match = new RegExp(`(?<![\\w-])${name}(?![\\w-])`).exec(text);
  if (!match) return "";
  const before = text.slice(0, match.index).split("\n");
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
