// The instructor's cells as the grader runs them: with calls of the guard in them, so that a check uses what the
// instructor wrote, whatever a student's cell did before, or does while the check runs.
import { parse, visit } from "../kernel/cell/typescript.ts";
import type { Node } from "../kernel/cell/typescript.ts";
import { cellNames } from "../notebooks/names.ts";
import { type Notebook, type NotebookCell, sourceOf } from "../notebooks/notebook_file.ts";
import { hiddenTexts, withoutHidden } from "./hidden.ts";
import { GUARD } from "./inside/guard_name.ts";

/** Stands in the cells for a word of the guard: each is replaced by another one in each run. */
export const PLACEHOLDER = "@@WORD@@";

/** What to run in the place of an instructor's cells. */
export interface Instrumented {
  /** Before all cells. */
  begin: string;
  /** By nbgrader's name of a locked cell: as everybody may see it, and, if it has hidden tests, with them. */
  cells: Record<string, { open: string; full?: string }>;
  /** By nbgrader's name of a check: titles and advice of its hidden tests, which a student may be told. */
  sayable: Record<string, string[]>;
  /** By Jupyter's id of a cell: the names that it declares. */
  declares: Record<string, string[]>;
}

/**
 * Put calls of the guard into the locked cells of a notebook, the instructor's version.
 *
 * What a locked cell makes is remembered. A check runs in a block: there, the names that it needs are bound to what was
 * remembered, and what it declares is known to no answer, but to later checks that need it.
 *
 * @param module Where `begin` is, as the kernel sees it: a file's URL
 */
export function instrument({ cells }: Notebook, module: string): Instrumented {
  const known = cells.map((cell) => about(cell));
  const told: Instrumented = {
    begin: `(await import(${JSON.stringify(module)})).begin("${PLACEHOLDER}");`,
    cells: {},
    sayable: {},
    declares: {},
  };
  for (const [index, { id, isLocked, isGraded, source, declares }] of known.entries()) {
    const cellId = cells[index].id;
    if (cellId) told.declares[cellId] = [...declares].sort();
    if (!id || !isLocked) continue;
    if (!isGraded) {
      told.cells[id] = { open: remembering(known, index) };
      continue;
    }
    const visible = withoutHidden(source);
    told.cells[id] = { open: checking(known, index, visible) };
    if (visible === source) continue;
    told.cells[id].full = checking(known, index, source);
    told.sayable[id] = hiddenTexts(source);
  }
  return told;
}

interface About {
  id: string | undefined;
  source: string;
  program: Node | undefined;
  isLocked: boolean;
  isGraded: boolean;
  /** A check that runs in a block. */
  isBlock: boolean;
  declares: Set<string>;
  uses: Set<string>;
  /** What it declares for good. */
  constants: string[];
}

function about(cell: NotebookCell): About {
  const marks = cell.metadata?.nbgrader;
  const isCode = cell.cell_type === "code";
  const source = isCode ? sourceOf(cell) : "";
  const program = isCode ? parse(source) : undefined;
  const isGraded = isCode && marks?.grade === true;
  return {
    id: marks?.grade_id,
    source,
    program,
    isLocked: isCode && marks !== undefined && !marks.solution && (marks.locked || marks.grade),
    isGraded,
    isBlock: isGraded && program !== undefined &&
      !statements(program).some(({ type }) => /^(Im|Ex)port/.test(type)),
    ...cellNames(source),
    constants: program ? constantNames(program, source) : [],
  };
}

const statements = (program: Node) => program.body as Node[];
const thunks = (names: string[]) => `{ ${names.map((name) => `${name}: () => ${name}`).join(", ")} }`;
const call = (method: string, ...args: string[]) =>
  `${GUARD}.${method}(${[`"${PLACEHOLDER}"`, ...args].join(", ")})`;

/**
 * A locked cell that is no check: like a check it runs in a block, where what it uses of other locked cells, and what it
 * makes, is bound for good. The names outside are for the student's cells, which may come to mean something else by them.
 */
function remembering(known: About[], index: number): string {
  const { source, program, constants, uses } = known[index];
  if (!program || constants.length === 0) return source;
  const remember = (names: string[]) => names.length > 0 ? `${call("register", thunks(names))};` : "";
  const take = (names: string[]) =>
    names.length > 0 ? `const { ${names.join(", ")} } = ${call("give", JSON.stringify(names))};` : "";
  if (!statements(program).every(canStandInBlock)) {
    const all = statements(program);
    const functions = all.flatMap(({ type, id }) =>
      type === "FunctionDeclaration" ? [(id as Node & { name: string }).name] : []
    );
    const rest = constants.filter((name) => !functions.includes(name));
    // Functions are there from the start, so before the cell waits for anything; its last value stays the last.
    const last = all.at(-1)!;
    const at = last.type === "ExpressionStatement" ? last.start : source.length;
    return `${remember(functions)}${source.slice(0, at)}\n;${remember(rest)}${source.slice(at)}`;
  }
  const isImport = ({ type }: Node) => type === "ImportDeclaration";
  const imports = valueNames({ ...program, body: statements(program).filter(isImport) }, source);
  const made = constants.filter((name) => !imports.includes(name));
  const { direct } = namesNeeded(known, index, source);
  const bound = [...direct, ...imports.filter((name) => uses.has(name) || isUsedIn(program, name))];
  const importsEnd = Math.max(0, ...statements(program).filter(isImport).map(({ end }) => end));
  return `${source.slice(0, importsEnd)};${remember(imports)}{${take([...new Set(bound)])}` +
    `${functionsFirst(program, source, importsEnd)}\n;${remember(made)}}${take(made)}`;
}

/**
 * The text behind the imports, with functions as constants before the rest, where they can be called as before: a function
 * of a block and a constant outside of the same name are told apart by no compiler in the same way.
 */
function functionsFirst(program: Node, source: string, from: number): string {
  let first = "", rest = "", at = from;
  for (const { type, start, end, id } of statements(program)) {
    if (type !== "FunctionDeclaration") continue;
    const name = id as Node & { name: string };
    first += `const ${name.name} = ${source.slice(start, name.start)}${source.slice(name.end, end)};`;
    rest += source.slice(at, start);
    at = end;
  }
  return first + rest + source.slice(at);
}

/** A variable that may change must be the same for the student's cells; a namespace cannot be elsewhere than at the top. */
function canStandInBlock(statement: Node, index: number, all: Node[]): boolean {
  if (statement.type === "ImportDeclaration") {
    return all.slice(0, index).every(({ type }) => type === statement.type);
  }
  if (statement.type === "VariableDeclaration") return statement.kind === "const";
  return !/^(Export|TSModule|TSImportEquals)/.test(statement.type);
}

function isUsedIn(program: Node, name: string): boolean {
  return statements(program).some((statement) => {
    let found = false;
    if (statement.type !== "ImportDeclaration") {
      visit(statement, (node) => found ||= node.type === "Identifier" && node.name === name);
    }
    return found;
  });
}

/** A check, with or without its hidden tests. */
function checking(known: About[], index: number, source: string): string {
  const { isBlock, uses, declares } = known[index];
  const program = parse(source);
  const { direct, all, earlier } = namesNeeded(known, index, source);
  const begin = `${call("check", thunks(all))};`;
  const made = program && isBlock ? valueNames(program, source) : [];
  const wanted = made.filter((name) => isWanted(known, index, name));
  const end = `${call("done", String(isBlock ? comparisons(known, program!, uses) : 0), thunks(wanted))};`;
  if (!isBlock) return `${begin}${source}\n;${end}`;
  const bound = [...direct, ...earlier].filter((name) => !declares.has(name));
  const exercises = bound.filter((name) => isImported(known, name, EXERCISES));
  const lists = (exercises.length > 0 ? [earlier, exercises] : [earlier]).map((list) => JSON.stringify(list));
  const names = bound.length > 0 ? `const { ${bound.join(", ")} } = ${call("names", ...lists)};` : "";
  const given = wanted.filter((name) => isWanted(known, index, name, ({ isBlock }) => !isBlock));
  const give = given.length > 0
    ? `const { ${given.join(", ")} } = ${call("give", JSON.stringify(given))};`
    : "";
  return `${begin}{${names}${source}\n;${end}}${give}`;
}

/** Whether a later cell takes a name from this one. */
function isWanted(
  known: About[],
  index: number,
  name: string,
  by: (cell: About) => boolean = () => true,
): boolean {
  return known.some((cell, later) =>
    later > index && by(cell) && cell.uses.has(name) &&
    known.findLastIndex(({ declares }, before) => before < later && declares.has(name)) === index
  );
}

interface Needed {
  /** Names that the check itself uses. */
  direct: string[];
  /** These, and those that what they mean needs. */
  all: string[];
  /** Names that it uses of earlier checks. */
  earlier: string[];
}

/** The names that a check rests on and that locked cells define, sorted. What a student wrote is what is being checked. */
function namesNeeded(known: About[], check: number, source: string): Needed {
  const all = new Set<string>();
  const earlier = new Set<string>();
  const uses = cellNames(source).uses;
  const todo = [check];
  const seen = new Set(todo);
  while (todo.length > 0) {
    const index = todo.pop()!;
    for (const name of index === check ? uses : known[index].uses) {
      const home = known.findLastIndex(({ declares }, before) => before < index && declares.has(name));
      if (home < 0 || !known[home].isLocked) continue;
      // A cell after that may have declared the name again, for the check sees the last.
      const last = known.findLastIndex(({ declares }, before) => before < check && declares.has(name));
      if (known[home].isBlock) {
        if (index === check) earlier.add(name);
      } else if (last === home && known[home].constants.includes(name)) all.add(name);
      if (!seen.has(home)) todo.push(home);
      seen.add(home);
    }
  }
  const sorted = (names: Iterable<string>) => [...names].sort();
  return {
    all: sorted(all),
    direct: sorted(all).filter((name) => uses.has(name)),
    earlier: sorted(earlier),
  };
}

/** Where the checks of exercises come from. */
const EXERCISES = /^exercises\//;

/** Whether some cell imports a name, under this name, from such a module. */
function isImported(known: About[], name: string, from: RegExp): boolean {
  return known.some(({ program }) =>
    program &&
    statements(program).some((node) =>
      node.type === "ImportDeclaration" && from.test((node.source as unknown as { value: string }).value) &&
      (node.specifiers as Node[]).some((one) =>
        (one.imported as { name?: string } | undefined)?.name === name
      )
    )
  );
}

/** How often a check calls `check` and `checkThat` of the library, or the check of an exercise, for certain. */
function comparisons(known: About[], program: Node, uses: Set<string>): number {
  const isLibrary = (name: string) =>
    uses.has(name) && (isImported(known, name, EXERCISES) ||
      /^check(That)?$/.test(name) && isImported(known, name, /^backprop$/));
  // A block of its own keeps the names of hidden tests apart; what is in it happens for certain, too.
  const certain = statements(program).flatMap((one) =>
    one.type === "BlockStatement" ? statements(one) : [one]
  );
  return certain.filter((statement) => {
    let node = statement.expression as Node | undefined;
    if (node?.type === "AwaitExpression") node = node.argument as Node;
    const callee = node?.type === "CallExpression" ? node.callee as Node : undefined;
    return callee?.type === "Identifier" && isLibrary(callee.name as string);
  }).length;
}

/** Names of values that statements declare at the top; those of types are left out. */
function valueNames(program: Node, source: string): string[] {
  return statements(program).flatMap((statement) => {
    const node = (statement.declaration as Node | undefined) ?? statement;
    if (/^TS(Interface|TypeAlias)/.test(node.type) || node.declare) return [];
    if (node.type !== "ImportDeclaration") return [...cellNames(source.slice(node.start, node.end)).declares];
    if (node.importKind === "type") return [];
    return (node.specifiers as Node[]).filter(({ importKind }) => importKind !== "type")
      .map(({ local }) => (local as unknown as { name: string }).name);
  });
}

/** Names that keep their value: imports, functions, classes and `const`; `let` may change. */
function constantNames(program: Node, source: string): string[] {
  const body = statements(program).filter((statement) => {
    const node = (statement.declaration as Node | undefined) ?? statement;
    return node.type !== "VariableDeclaration" || node.kind === "const";
  });
  return [...new Set(valueNames({ ...program, body }, source))];
}
