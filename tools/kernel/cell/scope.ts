import { analyze } from "eslint-scope";
import { Edits } from "./edits.ts";
import type { Places, Position } from "./places.ts";
import { boundIdentifiers, children, type Node, parseScript, visit } from "./script_syntax.ts";

/** How a name was declared, as far as later cells must know; `unset` if its cell failed before it got a value. */
export type Kind = "constant" | "variable" | "unset";

/** What cells have declared so far. */
export type Names = ReadonlyMap<string, Kind>;

/** A name that a cell declares. */
export interface Declared {
  name: string;
  kind: Kind;
  /** It has its value when the cell has reached so many of its declarations; 0: from the beginning. */
  step: number;
}

/** A cell as a script. */
export interface Scoped {
  /** An expression: an async function, which takes what `runtime.ts` calls a run and returns the value of the last expression,
   * in an array: a promise is a value as any other. */
  script: string;
  places: Places;
  declared: Declared[];
}

/** What {@link scope} must know of the session. */
export interface Surroundings {
  names: Names;
  /** Names of the language and of Deno: a cell's own variable of such a name is called differently, so that libraries
   * do not see it. */
  builtin: ReadonlySet<string>;
  /** Names that begin as if they had never been there: an `enum` adds to what has its name. */
  fresh: readonly string[];
  /** Names that stand in types only: whether a module exports them as values is not asked. */
  isOnlyType(name: string): boolean;
  /** The place in the cell of an offset in the text. */
  original(offset: number): Position;
  /** Whether the text has its letters where the cell has them. */
  isExact: boolean;
}

/** What the variable of the realm is called that stands for a name of a cell. */
export function variableOf(name: string, builtin: ReadonlySet<string>): string {
  return builtin.has(name) ? `${name}__of_cells` : name;
}

interface Variable {
  name: string;
  defs: { type: string; node: Node; parent: Node | null; name: Node }[];
  references: Reference[];
}

interface Reference {
  identifier: Node & { name: string };
  from: { variableScope: unknown };
  writeExpr: Node | null;
  init?: boolean;
  isWrite(): boolean;
  resolved: unknown;
}

/**
 * Turn a cell into an async function, so that it can be run, awaited, stopped, and its errors caught, and so that its
 * names live on: what it declares becomes variables of the realm, which later cells may declare again as anything.
 *
 * ```text
 * const a = 1; function f() {}      f = function () {}; (a = 1);
 * import { b } from "m"; a + b      ({"b": b} = await run.import(…)); value = (a + b)
 * ```
 *
 * @throws {SyntaxError} With `pos`, if the text is no JavaScript
 */
export function scope(javascript: string, surroundings: Surroundings): Scoped {
  const program = parseScript(javascript);
  const cell = new CellScript(javascript, program, surroundings);
  return cell.finish();
}

const RUN = "__backprop_run";
const STOP = "__backprop_stop";
const VALUE = "__backprop_value";

class CellScript {
  readonly #edits: Edits;
  readonly #around: Surroundings;
  readonly #text: string;
  readonly #program: Node;
  readonly #declared: Declared[] = [];
  #steps = 0;

  constructor(text: string, program: Node, around: Surroundings) {
    this.#text = text;
    this.#program = program;
    this.#around = around;
    this.#edits = new Edits(text);
    // First, so that the block around a body that is one statement stands outside of what is put around its parts.
    visit(program, (node) => this.#loop(node));
    for (const statement of program.body as Node[]) this.#statement(statement);
    visit(program, (node) => this.#watch(node));
    this.#references();
  }

  finish(): Scoped {
    const fresh = this.#around.fresh.map((name) => `${this.#variable(name)} = undefined;`).join("");
    const before = `(async (${RUN}) => {"use strict";const ${STOP} = ${RUN}.asked;let ${VALUE};${fresh}`;
    const { text, places } = this.#edits.finish(
      before,
      `\n;return [${VALUE}];})`,
      this.#around.original,
      this.#around.isExact,
    );
    return { script: text, places, declared: this.#declared };
  }

  /** Each turn of a loop looks whether Stop was pressed: a number in memory, since a call would cost a short loop its speed. */
  #loop(node: Node): void {
    if (!/^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type)) return;
    const look = `if (${STOP}[0] !== 0) ${RUN}.turn();`;
    const body = node.body as Node;
    if (body.type === "BlockStatement") this.#edits.open(body.start + 1, look);
    else this.#edits.wrap(body, `{${look}`, "}");
  }

  /** What Stop and errors need, anywhere in the cell. */
  #watch(node: Node): void {
    const wrap = (what: Node, name: string) => this.#edits.wrap(what, `${RUN}.${name}(`, ")");
    if (node.type === "AwaitExpression") wrap(node.argument as Node, "wait");
    else if (node.type === "ForOfStatement" && node.await) wrap(node.right as Node, "each");
    else if (node.type === "ThrowStatement") wrap(node.argument as Node, "thrown");
    else if (node.type === "ImportExpression") {
      this.#edits.open(node.start, `${RUN}.load`);
      this.#edits.remove(node.start, node.start + "import".length);
    } else if (node.type === "MetaProperty" && (node.meta as Node).name === "import") {
      throw Object.assign(new SyntaxError(NO_META), { pos: node.start });
    }
  }

  #statement(node: Node): void {
    switch (node.type) {
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
      case "ExportAllDeclaration":
        return this.#export(node);
      case "ImportDeclaration":
        return this.#import(node);
      case "VariableDeclaration":
        if (/using$/.test(node.kind as string)) return; // what it holds ends with the cell
        return this.#variables(node, "statement");
      case "FunctionDeclaration": {
        const id = node.id as Node & { name: string };
        this.#declare([id], "variable", 0);
        this.#edits.open(node.start, `;${this.#variable(id.name)} = `);
        this.#edits.remove(id.start, id.end);
        this.#edits.close(node.end, ";");
        // It can be called above its place; and it has no name of its own, so that a later one of that name is seen.
        return this.#edits.moveFirst(node.start, node.end);
      }
      case "ClassDeclaration": {
        const id = node.id as Node & { name: string };
        this.#declare([id], "variable", ++this.#steps);
        this.#edits.open(node.start, `;${this.#variable(id.name)} = `);
        return this.#edits.close(node.end, `;${RUN}.step = ${this.#steps};`);
      }
      case "ExpressionStatement":
        return this.#value(node);
      case "EmptyStatement":
        return;
      default:
        this.#edits.open(node.start, `;${VALUE} = undefined;`);
        this.#within(node);
    }
  }

  /** The value of the last statement is the cell's, also if it stands in a block or a loop; `var` there is the cell's too. */
  #within(node: Node, isLoop = false, isHead = false): void {
    if (node.type === "ExpressionStatement") return this.#value(node, isLoop);
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      return this.#variables(node, isHead ? "head" : "inner");
    }
    if (
      /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassDeclaration)$/.test(node.type)
    ) return;
    for (const child of children(node)) {
      if (node.type === "TryStatement" && child === node.finalizer) continue;
      const isInLoop = isLoop || /^(For|While|DoWhile)/.test(node.type);
      this.#within(child, isInLoop, /^For/.test(node.type) && (child === node.init || child === node.left));
    }
  }

  #value(statement: Node, isLoop = false): void {
    const expression = statement.expression as Node;
    // With the 0, a function without a name does not get one.
    this.#edits.wrap(expression, `${VALUE} = (0, `, ")");
    // A promise that nobody awaits may fail without saying where it was made. In a loop this would take time.
    const isCall = /^(Call|Import|Chain|TaggedTemplate)Expression$/.test(expression.type);
    if (isCall && !isLoop) this.#edits.wrap(expression, `${RUN}.left(`, ")");
  }

  #variables(node: Node, where: "statement" | "inner" | "head"): void {
    const declarations = node.declarations as Node[];
    const ids = declarations.flatMap(({ id }) => boundIdentifiers(id as Node)) as (Node & { name: string })[];
    this.#declare(
      ids,
      node.kind === "const" ? "constant" : "variable",
      node.kind === "var" ? 0 : ++this.#steps,
    );
    this.#edits.remove(node.start, declarations[0].start);
    if (where !== "head") this.#edits.open(node.start, where === "statement" ? ";" : "{");
    if (where === "inner") this.#edits.close(node.end, ";}");
    else if (where === "statement") {
      this.#edits.close(node.end, node.kind === "var" ? ";" : `;${RUN}.step = ${this.#steps};`);
    }
    for (const { start, end, init } of declarations) {
      if (where === "head" && !init) continue;
      this.#edits.open(start, "(");
      this.#edits.close(end, init || node.kind === "var" ? ")" : " = undefined)");
    }
  }

  #import(node: Node): void {
    const specifiers = (node.specifiers ?? []) as Node[];
    const locals = specifiers.map(({ local }) => local as Node & { name: string });
    this.#declare(locals, "constant", ++this.#steps);
    const pairs: string[] = [];
    const names: string[] = [];
    let whole: string | undefined;
    for (const specifier of specifiers) {
      const local = this.#variable((specifier.local as unknown as { name: string }).name);
      if (specifier.type === "ImportNamespaceSpecifier") {
        whole = local;
        continue;
      }
      const { name, value } = (specifier.imported ?? { name: "default" }) as {
        name?: string;
        value?: string;
      };
      pairs.push(`${JSON.stringify(name ?? value)}: ${local}`);
      if (!this.#around.isOnlyType((specifier.local as unknown as { name: string }).name)) {
        names.push((name ?? value)!);
      }
    }
    const loaded = `await ${this.#loading(node, names)}`;
    const target = whole ? `${whole} = ${loaded}` : loaded;
    const code = pairs.length > 0
      ? `({${pairs.join(", ")}} = ${whole ? `(${target})` : target});`
      : `${target};`;
    this.#edits.open(node.start, `;${code}${RUN}.step = ${this.#steps};`);
    this.#edits.remove(node.start, node.end);
  }

  /** The call that loads what a statement imports from. */
  #loading(node: Node, names: string[]): string {
    const specifier = (node.source as unknown as { value: string }).value;
    const attributes = (node.attributes ?? []) as { key: { name?: string; value?: string }; value: Node }[];
    const list = attributes.map(({ key, value }) =>
      `${JSON.stringify(key.name ?? key.value)}: ${this.#text.slice(value.start, value.end)}`
    );
    const options = list.length > 0 ? `, { with: { ${list.join(", ")} } }` : "";
    const quoted = JSON.stringify(specifier);
    return `${RUN}.import(${quoted}, ${JSON.stringify(names)}${options})`;
  }

  /** `export` means nothing in a cell; what it stands before does. */
  #export(node: Node): void {
    const inner = node.declaration as Node | null;
    if (inner) {
      this.#edits.remove(node.start, inner.start);
      const isValue = node.type === "ExportDefaultDeclaration" &&
        !(inner.id && /Declaration$/.test(inner.type));
      return isValue ? this.#edits.wrap(inner, `;${VALUE} = (`, ");") : this.#statement(inner);
    }
    if (node.source) this.#edits.open(node.start, `;await ${this.#loading(node, [])};`);
    this.#edits.remove(node.start, node.end);
  }

  #declare(identifiers: (Node & { name?: unknown })[], kind: Kind, step: number): void {
    for (const { name } of identifiers as { name: string }[]) {
      const at = this.#declared.findIndex((known) => known.name === name);
      if (at >= 0) this.#declared.splice(at, 1);
      this.#declared.push({ name, kind, step });
    }
  }

  #variable(name: string): string {
    const isOwn = this.#around.names.has(name) || this.#declared.some((known) => known.name === name);
    return isOwn ? variableOf(name, this.#around.builtin) : name;
  }

  /** Names of this and of earlier cells, wherever the cell uses them. */
  #references(): void {
    const shorthand = new Set<number>();
    visit(this.#program, (node) => {
      if (node.type === "Property" && node.shorthand) shorthand.add((node.value as Node).start);
    });
    // deno-lint-ignore no-explicit-any
    const scopes = analyze(this.#program as any, { ecmaVersion: 2026, sourceType: "module" } as any) as any;
    const top = scopes.globalScope.childScopes[0] as { variables: Variable[] };
    const isTop = (reference: Reference) => reference.from.variableScope === top;
    for (const { name, defs, references } of top.variables) {
      const own = this.#declared.find((known) => known.name === name);
      if (!own) continue; // arguments, or a variable of `using`
      for (const reference of references) {
        const early = isTop(reference) && !reference.init && own.step > 0 &&
          reference.identifier.start <
            Math.max(...defs.map((def) => endOfDeclaration(def, reference.identifier)));
        this.#reference(reference, shorthand, own.kind, early);
      }
    }
    for (const reference of scopes.globalScope.through as Reference[]) {
      const kind = this.#around.names.get(reference.identifier.name);
      if (kind && !reference.resolved) this.#reference(reference, shorthand, kind, false);
    }
    // Patterns of declarations are not references, but their names stand in the script as well.
    for (const { defs } of top.variables) {
      for (const { type, name } of defs) {
        if (type === "Variable") this.#rename(name as Node & { name: string }, shorthand);
      }
    }
  }

  #reference(reference: Reference, shorthand: Set<number>, kind: Kind, isEarly: boolean): void {
    const { identifier, writeExpr } = reference;
    if (reference.init) return; // renamed with its pattern
    const quoted = JSON.stringify(identifier.name);
    const isUpdate = reference.isWrite() && !writeExpr;
    const refuse = isEarly
      ? `early(${quoted}`
      : kind === "unset"
      ? `unset(${quoted}`
      : kind === "constant" && reference.isWrite()
      ? `constant(${quoted}`
      : "";
    if (refuse && writeExpr) this.#edits.wrap(writeExpr, `${RUN}.${refuse}, `, ")");
    else if (refuse && isUpdate) this.#update(identifier, `${RUN}.${refuse})`);
    else if (refuse) {
      const key = shorthand.has(identifier.start) ? `${identifier.name}: ` : "";
      this.#edits.wrap(identifier, `${key}(${RUN}.${refuse}), `, ")");
      return;
    }
    this.#rename(identifier, shorthand);
  }

  /** `k++` of a constant throws; what it would do must not happen before. */
  #update(identifier: Node, call: string): void {
    visit(this.#program, (node) => {
      if (node.type !== "UpdateExpression" || (node.argument as Node).start !== identifier.start) return;
      const operator = node.prefix ? [node.start, node.start + 2] : [node.end - 2, node.end];
      this.#edits.remove(operator[0], operator[1]);
      this.#edits.wrap(node, `(${call}, `, ")");
    });
  }

  #rename(identifier: Node & { name: string }, shorthand: Set<number>): void {
    const variable = this.#variable(identifier.name);
    if (variable === identifier.name) return;
    const key = shorthand.has(identifier.start) ? `${identifier.name}: ` : "";
    this.#edits.open(identifier.start, key + variable);
    this.#edits.remove(identifier.start, identifier.end);
  }
}

const NO_META =
  "import.meta belongs to modules, and a cell is none: Deno.cwd() is the folder of the notebook.";

/** Before this offset, a use of the name finds no value. */
function endOfDeclaration({ type, node, parent, name }: Variable["defs"][number], use: Node): number {
  if (type === "ImportBinding") return (parent as Node).end;
  if (type === "ClassName") return node.start; // within it, its name is known
  if (type !== "Variable") return name.start;
  const pattern = node.id as Node;
  // In [a, b = a], b may use a.
  return use.start >= pattern.start && use.end <= pattern.end ? name.end : node.end;
}
