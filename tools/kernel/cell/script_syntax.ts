import { Parser } from "acorn";

/** A node of the syntax tree of a script, as far as it matters here. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** A cell may export names of other cells, as far as exporting means anything here. */
const CellParser = Parser.extend((Base) =>
  class extends (Base as unknown as new (...settings: unknown[]) => object) {
    checkLocalExport(): void {}
  } as unknown as typeof Base
);

/**
 * The syntax tree of a cell whose types have been taken out.
 *
 * @throws {SyntaxError} With `pos`, the offset of the mistake
 */
export function parseScript(javascript: string): Node {
  return CellParser.parse(javascript, {
    sourceType: "module",
    ecmaVersion: "latest",
    allowAwaitOutsideFunction: true,
    preserveParens: true,
    ranges: true,
  }) as unknown as Node;
}

/** The nodes directly below a node. */
export function* children(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || key === "range") continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") yield child;
    }
  }
}

/** Call `see` with a node and with all that are within it, outside first. */
export function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of children(node)) visit(child, see);
}

/** The identifiers that a pattern binds: `a`, `b` and `d` in `{ a, b, c: [d] }`. */
export function boundIdentifiers(pattern: Node): Node[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap((p) => boundIdentifiers((p.value ?? p.argument) as Node));
    case "ArrayPattern":
      return (pattern.elements as (Node | null)[]).flatMap((part) => part ? boundIdentifiers(part) : []);
    case "AssignmentPattern":
      return boundIdentifiers(pattern.left as Node);
    case "RestElement":
      return boundIdentifiers(pattern.argument as Node);
    default:
      return [];
  }
}
