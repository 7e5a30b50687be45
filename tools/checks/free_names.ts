// Which names a cell takes from outside, and what it does with them: found in its syntax tree, without any types.
import { boundNames, declaredNames, type Node } from "../kernel/rewrite.ts";

/** A name that a cell does not declare itself. */
export interface FreeName {
  name: string;
  /** Where it stands in the cell, in UTF-16 units. */
  offset: number;
  /** It is read; set to something new; or changed to something that comes from what it was, as `n++` and `n = n + 1` do. */
  use: "read" | "set" | "changed";
  /** Whether that happens in a function, so perhaps later, perhaps never. */
  inFunction: boolean;
}

/** Parts of a node that hold types, which are gone when the code runs. */
const TYPES = new Set([
  "typeAnnotation",
  "returnType",
  "typeParameters",
  "typeArguments",
  "superTypeParameters",
  "implements",
]);
/** The only nodes of TypeScript that hold something that runs. */
const RUNNING = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "TSParameterProperty",
  "TSEnumDeclaration",
  "TSEnumMember",
]);

/**
 * The names that the code of a cell takes from outside, in their order, within functions too. Types are left out: they
 * are gone when the code runs.
 *
 * @param program The cell's syntax tree
 *
 * @example
 * ```ts
 * import { parse } from "../kernel/rewrite.ts";
 * import { freeNames } from "./free_names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const program = parse("const f = (x: T) => x.y + z;\nw = f(1);")!;
 * assertEquals(freeNames(program).map(({ name, use }) => [name, use]), [["z", "read"], ["w", "set"]]);
 * ```
 */
export function freeNames(program: Node): FreeName[] {
  const found: FreeName[] = [];
  new Walk(found).into(program, [new Set(declaredNames(program))]);
  return found.sort((a, b) => a.offset - b.offset);
}

type Scopes = readonly ReadonlySet<string>[];

class Walk {
  readonly #found: FreeName[];
  #functions = 0;

  constructor(found: FreeName[]) {
    this.#found = found;
  }

  /** See all that is in a node. */
  into(node: Node, scopes: Scopes): void {
    for (const [key, value] of Object.entries(node)) {
      if (key === "loc" || TYPES.has(key)) continue;
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === "string") this.see(child, scopes);
      }
    }
  }

  see(node: Node, scopes: Scopes): void {
    if (node.type.startsWith("TS") && !RUNNING.has(node.type)) return;
    switch (node.type) {
      case "Identifier":
        return this.#add(node.name as string, node.start, scopes, "read");
      case "MemberExpression":
      case "MethodDefinition":
      case "PropertyDefinition":
      case "Property":
      case "TSEnumMember": {
        const [owner, name] = node.type === "MemberExpression" ? ["object", "property"] : ["value", "key"];
        if (node.computed) this.see(node[name] as Node, scopes);
        const rest = (node.type === "TSEnumMember" ? node.initializer : node[owner]) as
          | Node
          | null
          | undefined;
        for (const decorator of (node.decorators as Node[] | undefined) ?? []) this.see(decorator, scopes);
        return rest ? this.see(rest, scopes) : undefined;
      }
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression": {
        const names = (node.params as Node[]).flatMap((given) =>
          boundNames((given.parameter ?? given) as Node)
        );
        const own = node.type === "ArrowFunctionExpression" ? names : [...names, "arguments", nameOf(node)];
        this.#functions++;
        this.into({ ...node, id: null }, [...scopes, new Set(own)]);
        this.#functions--;
        return;
      }
      case "ClassDeclaration":
      case "ClassExpression":
        return this.into({ ...node, id: null }, [...scopes, new Set([nameOf(node)])]);
      case "BlockStatement":
      case "StaticBlock":
        return this.into(node, [...scopes, new Set(declaredNames(node))]);
      case "SwitchStatement":
        return this.into(node, [...scopes, new Set((node.cases as Node[]).flatMap(inCase))]);
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement": {
        const head = (node.init ?? node.left) as Node | null;
        const names = head?.type === "VariableDeclaration" ? declaredNames({ ...node, body: [head] }) : [];
        if (head && head.type !== "VariableDeclaration" && node.left) this.#assign(head, scopes, "set");
        return this.into(node, [...scopes, new Set(names)]);
      }
      case "CatchClause":
        return this.into(node, [...scopes, new Set(node.param ? boundNames(node.param as Node) : [])]);
      case "AssignmentExpression": {
        const target = node.left as Node;
        const right = freeNames({ type: "Program", start: node.start, end: node.end, body: [node.right] });
        const comesFromIt = node.operator !== "=" ||
          right.some(({ name }) => boundNames(target).includes(name));
        this.#assign(target, scopes, comesFromIt ? "changed" : "set");
        return this.into(node, scopes);
      }
      case "UpdateExpression":
        return this.#assign(node.argument as Node, scopes, "changed");
      case "LabeledStatement":
        return this.see(node.body as Node, scopes);
      case "BreakStatement":
      case "ContinueStatement":
      case "ImportDeclaration":
      case "MetaProperty":
        return;
      case "ExportSpecifier":
        return this.see(node.local as Node, scopes);
      default:
        this.into(node, scopes);
    }
  }

  /** What is on the left of `=`: names get another value, all else is only looked at. */
  #assign(target: Node, scopes: Scopes, use: FreeName["use"]): void {
    if (target.type === "MemberExpression") return this.see(target, scopes);
    for (const name of boundNames(target)) this.#add(name, target.start, scopes, use);
  }

  #add(name: string, offset: number, scopes: Scopes, use: FreeName["use"]): void {
    if (scopes.some((scope) => scope.has(name))) return;
    // The left side of `=` is seen twice, first as what is set.
    if (this.#found.some((free) => free.name === name && free.offset === offset)) return;
    this.#found.push({ name, offset, use, inFunction: this.#functions > 0 });
  }
}

const nameOf = (node: Node) => (node.id as { name?: string } | null | undefined)?.name ?? "";
const inCase = (node: Node) => declaredNames({ ...node, body: node.consequent });
