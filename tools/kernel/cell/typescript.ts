import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";

/** A node of the syntax tree, as far as it matters here. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Parses TypeScript to a syntax tree. */
export const TypeScriptParser = Parser.extend(tsPlugin() as unknown as Parameters<typeof Parser.extend>[0]);

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
