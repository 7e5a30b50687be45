// The cells that the grader runs around those of a notebook, so that a check uses what the instructor wrote.
import { parse } from "../kernel/rewrite.ts";
import type { Node } from "../kernel/rewrite.ts";
import { cellNames } from "../notebooks/names.ts";
import { type Notebook, type NotebookCell, sourceOf } from "../notebooks/notebook_file.ts";

/** Stands in the guards for a word that is drawn anew for each run. */
export const PLACEHOLDER = "@@WORD@@";

/** Code to run around cells. */
export interface Guards {
  /** Before all cells. */
  begin: string;
  /** By nbgrader's name of a cell. */
  cells: Record<string, { before?: string; after?: string }>;
}

/**
 * What to run around the cells of a notebook, the instructor's version.
 *
 * After each locked cell, what it defined is remembered. Before a check, the names that it needs from those cells,
 * directly or through others, must still mean the same.
 *
 * @param module Where the guard is, as the kernel sees it: a file's URL
 */
export function guardsOf({ cells }: Notebook, module: string): Guards {
  const call = (what: string, names: string[]) => {
    const list = names.map((name) => `${name}: () => ${name}`).join(", ");
    return `(await import(${JSON.stringify(module)})).${what}("${PLACEHOLDER}"${
      names.length ? `, { ${list} }` : ""
    });`;
  };
  const known = cells.map((cell) => about(cell));
  const guards: Guards = { begin: call("begin", []), cells: {} };
  known.forEach(({ id, isLocked, isGraded, constants }, index) => {
    if (!id || !isLocked) return;
    const guard: { before?: string; after?: string } = {};
    const needed = isGraded ? namesNeeded(known, index) : [];
    // A check without names of others still asks whether the kernel is the one that was begun.
    if (isGraded) {
      guard.before = needed.length ? call("verify", needed) : call("verify", []).replace(");", ", {});");
    }
    if (constants.length > 0) guard.after = call("register", constants);
    guards.cells[id] = guard;
  });
  return guards;
}

interface About {
  id: string | undefined;
  isLocked: boolean;
  isGraded: boolean;
  declares: Set<string>;
  uses: Set<string>;
  /** What it declares for good. */
  constants: string[];
}

function about(cell: NotebookCell): About {
  const marks = cell.metadata?.nbgrader;
  const isCode = cell.cell_type === "code";
  const { declares, uses } = isCode
    ? cellNames(sourceOf(cell))
    : { declares: new Set(), uses: new Set() } as never;
  return {
    id: marks?.grade_id,
    isLocked: isCode && marks !== undefined && !marks.solution && (marks.locked || marks.grade),
    isGraded: isCode && marks?.grade === true,
    declares,
    uses,
    constants: isCode ? constantNames(sourceOf(cell)) : [],
  };
}

/** The names that a check rests on and that locked cells define, sorted. */
function namesNeeded(known: About[], check: number): string[] {
  const names = new Set<string>();
  const todo = [check];
  const seen = new Set(todo);
  while (todo.length > 0) {
    const index = todo.pop()!;
    for (const name of known[index].uses) {
      const home = known.findLastIndex(({ declares }, before) => before < index && declares.has(name));
      // What the student wrote, or may change, is what is being checked.
      if (home < 0 || !known[home].isLocked) continue;
      // A cell after that may have declared the name again, for the check sees the last.
      const last = known.findLastIndex(({ declares }, before) => before < check && declares.has(name));
      if (last === home && known[home].constants.includes(name)) names.add(name);
      if (!seen.has(home)) todo.push(home);
      seen.add(home);
    }
  }
  return [...names].sort();
}

/** Names that keep their value: imports, functions, classes and `const`. Types have none, `let` may change. */
function constantNames(source: string): string[] {
  const program = parse(source);
  if (!program) return [];
  const declared = cellNames(source).declares;
  const open = new Set<string>();
  for (const statement of program.body as Node[]) {
    const node = (statement.declaration as Node | undefined) ?? statement;
    const isOpen = node.type === "VariableDeclaration" ? node.kind !== "const" : node.type.startsWith("TS");
    const isType = node.type === "ImportDeclaration" && node.importKind === "type";
    if (isOpen || isType) {
      for (const name of cellNames(source.slice(node.start, node.end)).declares) open.add(name);
    }
    if (node.type !== "ImportDeclaration") continue;
    for (const specifier of node.specifiers as Node[]) {
      if (specifier.importKind === "type") open.add((specifier.local as unknown as { name: string }).name);
    }
  }
  return [...declared].filter((name) => !open.has(name));
}
