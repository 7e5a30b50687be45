import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";

/** Text put into a cell. */
interface Insertion {
  /** Where, in the text as the learner wrote it. */
  at: number;
  text: string;
}

/** A cell made ready to run. */
export interface Rewritten {
  code: string;
  /** The place in the learner's text that a place in `code` comes from. */
  original(offset: number): number;
  /** Names that the cell declares for those after it. */
  declared: string[];
  /** What it imports from. */
  specifiers: string[];
}

/** A node of the syntax tree, as far as it matters here. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Parses TypeScript to a syntax tree. */
export const TypeScriptParser = Parser.extend(tsPlugin() as unknown as Parameters<typeof Parser.extend>[0]);

/**
 * Make a cell ready: each `await` can be ended by Stop, and each name that is imported is checked. Lines stay lines.
 *
 * A cell that this parser does not understand runs as it is, and Deno says what is wrong with it.
 *
 * @param folder Where relative paths begin, as a URL, if it is not where the kernel was started
 *
 * @example
 * ```ts
 * import { rewrite } from "./rewrite.ts";
 *
 * console.log(rewrite("const x = await y;", 7).code);
 * // //# sourceURL=backprop-cell-7
 * // __backprop_begin(7);const x = await __backprop_wait(y);
 * ```
 */
export function rewrite(source: string, id: number, folder = ""): Rewritten {
  // Deno keeps a comment that stands before something, and V8 then calls the cell by that name in stack traces.
  const begin = { at: 0, text: `//# sourceURL=${cellUrl(id)}\n__backprop_begin(${id});` };
  const isObject = isObjectLiteral(source);
  const program = parse(isObject ? `(${source})` : source);
  if (!program) return assemble(source, [begin], [], []);
  if (isObject) {
    return assemble(source, [begin, { at: 0, text: "(" }, { at: source.length, text: ")" }], [], []);
  }
  const insertions = [begin];
  const wrap = (node: Node, name: string) => {
    insertions.push({ at: node.start, text: `${name}(` }, { at: node.end, text: ")" });
  };
  const place = (specifier: string) => /^\.\.?\//.test(specifier) ? folder + specifier : specifier;
  const values = new Set<string>();
  const types = new Set<string>();
  visit(program, (node) => {
    if (node.type === "AwaitExpression") wrap(node.argument as Node, "__backprop_wait");
    else if (node.type === "ForOfStatement" && node.await) wrap(node.right as Node, "__backprop_each");
    else if (/^(Import|Export)/.test(node.type) && node.source) {
      const { start, value } = node.source as Node;
      // After the quotation mark.
      if (typeof value === "string" && place(value) !== value) {
        insertions.push({ at: start + 1, text: folder });
      }
    } else if (node.type === "Identifier") values.add(node.name as string);
    else if (node.type === "TSTypeReference") { for (const name of identifiers(node)) types.add(name); }
  });
  const imports = (program.body as Node[]).filter((node) =>
    node.type === "ImportDeclaration" && node.importKind !== "type"
  );
  const specifiers = imports.map((node) => place((node.source as unknown as { value: string }).value));
  for (const node of imports) {
    const names = importedNames(node).filter((name) => !types.has(name) || isUsedOutsideTypes(program, name));
    if (names.length === 0) continue;
    const specifier = JSON.stringify(place((node.source as unknown as { value: string }).value));
    const check = `;await __backprop_exports(await import(${specifier}), ${specifier}, ${
      JSON.stringify(names)
    });`;
    insertions.push({ at: node.end, text: check });
  }
  return assemble(source, insertions, declaredNames(program), specifiers);
}

/** What stack traces call a cell. */
export function cellUrl(id: number): string {
  return `backprop-cell-${id}`;
}

/** The syntax tree, or `undefined` if there are mistakes in the text (or syntax that the parser does not know). */
export function parse(source: string): Node | undefined {
  try {
    return parseStrictly(source);
  } catch {
    return undefined;
  }
}

/** Where this parser sees a mistake, counted from 1: V8 does not say where a name is declared twice, for instance. */
export function placeOfMistake(source: string): { line: number; column: number } | undefined {
  try {
    parseStrictly(source);
    return undefined;
  } catch (error) {
    const place = (error as { loc?: { line: number; column: number } }).loc;
    return place && { line: place.line, column: place.column + 1 };
  }
}

function parseStrictly(source: string): Node {
  return TypeScriptParser.parse(source, {
    sourceType: "module",
    ecmaVersion: "latest",
    locations: true,
    allowAwaitOutsideFunction: true,
    preserveParens: true,
  }) as unknown as Node;
}

/** Whether a cell such as `{ a: 1 }` is meant to be a value and no block; the kernel below decides likewise. */
export function isObjectLiteral(source: string): boolean {
  const text = source.trim();
  return text.startsWith("{") && !text.endsWith(";") && parse(`(${source})`) !== undefined;
}

function assemble(
  source: string,
  unsorted: Insertion[],
  declared: string[],
  specifiers: string[],
): Rewritten {
  // At one place, what closes comes before what opens: a node ends before the next begins.
  const insertions = unsorted.map((insertion, order) => ({ ...insertion, order }))
    .sort((a, b) => a.at - b.at || Number(b.text === ")") - Number(a.text === ")") || a.order - b.order);
  let code = "";
  let at = 0;
  const ends: { from: number; to: number; at: number }[] = [];
  for (const insertion of insertions) {
    code += source.slice(at, insertion.at);
    at = insertion.at;
    ends.push({ from: code.length, to: code.length + insertion.text.length, at });
    code += insertion.text;
  }
  code += source.slice(at);
  const original = (offset: number) => {
    let shift = 0;
    for (const { from, to, at } of ends) {
      if (offset < from) break;
      if (offset < to) return at;
      shift = to - at;
    }
    return offset - shift;
  };
  return { code, original, declared, specifiers };
}

/** See a node and all that are within it, outside first. */
export function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc") continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") visit(child, see);
    }
  }
}

function identifiers(node: Node): string[] {
  const names: string[] = [];
  visit(node, (inner) => inner.type === "Identifier" && names.push(inner.name as string));
  return names;
}

/** Names as the module knows them; those marked as types, and `*`, are left out. */
function importedNames(node: Node): string[] {
  return (node.specifiers as Node[]).flatMap((specifier) => {
    if (specifier.type === "ImportDefaultSpecifier") return ["default"];
    if (specifier.type !== "ImportSpecifier" || specifier.importKind === "type") return [];
    const imported = specifier.imported as { name?: string; value?: string };
    return [imported.name ?? imported.value!];
  });
}

function isUsedOutsideTypes(program: Node, name: string): boolean {
  let used = false;
  const look = (node: Node) => {
    if (node.type === "ImportDeclaration" || node.type.startsWith("TSType")) return;
    if (node.type === "Identifier" && node.name === name) used = true;
    for (const [key, value] of Object.entries(node)) {
      if (key === "loc") continue;
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === "string") look(child);
      }
    }
  };
  look(program);
  return used;
}

/** The names that statements declare at the top. */
export function declaredNames(program: Node): string[] {
  return (program.body as Node[]).flatMap((statement) => {
    const node = (statement.declaration as Node | undefined) ?? statement;
    if (node.type === "VariableDeclaration") {
      return (node.declarations as Node[]).flatMap(({ id }) => boundNames(id as Node));
    }
    if (node.type === "ImportDeclaration") {
      return (node.specifiers as Node[]).map(({ local }) => (local as unknown as { name: string }).name);
    }
    const id = node.id as { name?: string } | undefined;
    return id?.name ? [id.name] : [];
  });
}

/** The names that a pattern binds: `a`, `b` and `d` in `{ a, b, c: [d] }`. */
function boundNames(pattern: Node): string[] {
  if (pattern.type === "Identifier") return [pattern.name as string];
  if (pattern.type === "ObjectPattern") {
    return (pattern.properties as Node[]).flatMap((p) => boundNames((p.value ?? p.argument) as Node));
  }
  if (pattern.type === "ArrayPattern") {
    return (pattern.elements as (Node | null)[]).flatMap((element) => element ? boundNames(element) : []);
  }
  if (pattern.type === "AssignmentPattern") return boundNames(pattern.left as Node);
  if (pattern.type === "RestElement") return boundNames(pattern.argument as Node);
  return [];
}
