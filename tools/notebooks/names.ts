// Which names a cell uses and which it declares, so that one can tell what it needs from the cells before it.
import { declaredNames, type Node, parse } from "../kernel/rewrite.ts";

/** The names that tie a cell to others. */
export interface CellNames {
  /** Declared at the top of the cell, or imported: later cells can use them. */
  declares: Set<string>;
  /** Used in the cell and declared nowhere in it; those that JavaScript has by itself are among them. */
  uses: Set<string>;
}

/**
 * The names of a cell; nothing for a text that does not parse.
 *
 * Types count too. Names are told apart by scope: `x` in `(x) => x` comes from no other cell.
 *
 * @example
 * ```ts
 * import { cellNames } from "./names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { declares, uses } = cellNames("const double = (x: number) => factor * x;");
 * assertEquals([[...declares], [...uses]], [["double"], ["factor"]]);
 * ```
 */
export function cellNames(source: string): CellNames {
  const program = parse(source);
  const uses = new Set<string>();
  if (!program) return { declares: new Set(), uses };
  const declares = new Set(declaredNames(program));
  look(program, [declares], uses);
  return { declares, uses };
}

type Scopes = Set<string>[];

/** Fields that hold a name which is no variable, unless the node is `computed`. */
const LABELS: Record<string, string[]> = {
  MemberExpression: ["property"],
  Property: ["key"],
  MethodDefinition: ["key"],
  PropertyDefinition: ["key"],
  TSPropertySignature: ["key"],
  TSMethodSignature: ["key"],
  TSEnumMember: ["id"],
  TSQualifiedName: ["right"],
  TSNamedTupleMember: ["label"],
  TSTypePredicate: ["parameterName"],
  LabeledStatement: ["label"],
  BreakStatement: ["label"],
  ContinueStatement: ["label"],
};

function look(node: Node, scopes: Scopes, uses: Set<string>): void {
  if (node.type === "ImportDeclaration") return;
  if (node.type === "Identifier" && !scopes.some((scope) => scope.has(node.name as string))) {
    uses.add(node.name as string);
  }
  const own = scopeOf(node);
  const inner = own.size > 0 ? [...scopes, own] : scopes;
  const skipped = node.computed ? [] : LABELS[node.type] ?? [];
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || skipped.includes(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") look(child, inner, uses);
    }
  }
}

/** The names that a node declares for what is within it. */
function scopeOf(node: Node): Set<string> {
  const parameters = (node.params ?? node.parameters) as Node[] | undefined;
  const names = Array.isArray(parameters) ? parameters.flatMap(bound) : [];
  const id = node.id as { name?: string } | null | undefined;
  if (/^(Function|Class)Expression$/.test(node.type) && id?.name) names.push(id.name);
  if (node.type === "BlockStatement" || node.type === "StaticBlock") names.push(...declaredNames(node));
  if (node.type === "SwitchStatement") {
    names.push(...(node.cases as Node[]).flatMap((one) => declaredNames({ ...one, body: one.consequent })));
  }
  if (node.type === "CatchClause" && node.param) names.push(...bound(node.param as Node));
  const head = (node.type === "ForStatement" ? node.init : node.left) as Node | null | undefined;
  if (node.type.startsWith("For") && head?.type === "VariableDeclaration") {
    names.push(...declaredNames({ type: "Program", start: 0, end: 0, body: [head] }));
  }
  const types = (node.typeParameters as Node | undefined)?.params as Node[] | undefined;
  for (const { name } of types ?? []) {
    names.push(typeof name === "string" ? name : (name as Node).name as string);
  }
  return new Set(names);
}

/** The names that a parameter binds. */
function bound(parameter: Node): string[] {
  const pattern = (parameter.parameter as Node | undefined) ?? parameter; // `readonly script: number[]`
  const declaration = { type: "VariableDeclaration", declarations: [{ id: pattern }], start: 0, end: 0 };
  return declaredNames({ type: "Program", start: 0, end: 0, body: [declaration] });
}
