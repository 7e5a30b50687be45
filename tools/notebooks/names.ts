// Which names a cell uses and which it declares, so that one can tell what it needs from the cells before it.
import { declaredNames, type Node, parse } from "../kernel/cell/typescript.ts";

/** The names that tie a cell to others. */
export interface CellNames {
  /** Declared at the top of the cell, or imported: later cells can use them. */
  declares: Set<string>;
  /** Used in the cell and declared nowhere in it; those that JavaScript has by itself are among them. */
  uses: Set<string>;
}

/** A name that code takes from outside. */
export interface FreeName {
  name: string;
  /** Where it stands, in UTF-16 units. */
  offset: number;
  /** It is read; set to something new; or changed to something that comes from what it was, as `n++` and `n = n + 1` do. */
  use: "read" | "set" | "changed";
  /** Whether that happens in a function, so perhaps later, perhaps never. */
  inFunction: boolean;
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
  if (!program) return { declares: new Set(), uses: new Set() };
  return {
    declares: new Set(declaredNames(program)),
    uses: new Set(freeNames(program).map(({ name }) => name)),
  };
}

/**
 * The names that code takes from outside, with their places, in their order. A name that gets a value stands first as
 * that.
 *
 * @param program The syntax tree of a cell
 *
 * @example
 * ```ts
 * import { parse } from "../kernel/cell/typescript.ts";
 * import { freeNames } from "./names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const program = parse("const f = (x: number) => x + z;\nw = f(1);")!;
 * assertEquals(freeNames(program).map(({ name, use }) => [name, use]), [["z", "read"], ["w", "set"]]);
 * ```
 */
export function freeNames(program: Node): FreeName[] {
  const found = new Map<string, FreeName>();
  look(program, [new Set(declaredNames(program))], false, (free) => {
    // What is left of `=` is seen twice, first as what is set.
    const key = `${free.offset} ${free.name}`;
    if (!found.has(key)) found.set(key, free);
  });
  return [...found.values()].sort((a, b) => a.offset - b.offset);
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

function look(node: Node, scopes: Scopes, inFunction: boolean, tell: (free: FreeName) => void): void {
  if (node.type === "ImportDeclaration") return;
  const own = scopeOf(node);
  const inner = own.size > 0 ? [...scopes, own] : scopes;
  const say = (name: string, offset: number, use: FreeName["use"]) => {
    if (!inner.some((scope) => scope.has(name))) tell({ name, offset, use, inFunction });
  };
  if (node.type === "Identifier") say(node.name as string, node.start, "read");
  const assigned = assignment(node);
  if (assigned) { for (const name of bound(assigned.target)) say(name, assigned.target.start, assigned.use); }
  const skipped = node.computed ? [] : LABELS[node.type] ?? [];
  const within = inFunction || /^(Arrow)?Function/.test(node.type);
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || skipped.includes(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") look(child, inner, within, tell);
    }
  }
}

/** What a node gives a value to, if it does: `n` in `n = 1`, `n += 1`, `n++` and `for (n of list)`. */
function assignment(node: Node): { target: Node; use: FreeName["use"] } | undefined {
  if (node.type === "UpdateExpression") return { target: node.argument as Node, use: "changed" };
  if (node.type === "ForOfStatement" || node.type === "ForInStatement") {
    return { target: node.left as Node, use: "set" };
  }
  if (node.type !== "AssignmentExpression") return undefined;
  const target = node.left as Node;
  const right = freeNames({ type: "Program", start: node.start, end: node.end, body: [node.right] });
  const comesFromIt = node.operator !== "=" || right.some(({ name }) => bound(target).includes(name));
  return { target, use: comesFromIt ? "changed" : "set" };
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
