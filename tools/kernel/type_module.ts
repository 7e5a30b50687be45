import { declaredNames, isObjectLiteral, type Node, parse, visit } from "./rewrite.ts";

/** A cell, as far as its types matter. */
export interface TypedCell {
  id: number;
  /** As the learner wrote it. */
  source: string;
}

/** Cells as one module that a type checker understands. */
export interface TypeModule {
  text: string;
  /** Where a line of the module comes from; lines count from 1. */
  place(line: number): { id: number; line: number } | undefined;
}

/** Text in a cell that is replaced. */
interface Change {
  from: number;
  to: number;
  text: string;
}

/**
 * Put cells together, in the order in which they ran, as a type checker must see them.
 *
 * A name may be declared again in a later cell: a block begins there, within which the later one hides the earlier. Imports
 * move to the top, where alone they may stand. A cell that cannot be parsed is left out.
 *
 * @param base What relative imports are relative to: the URL of the notebook's folder, with `/` at its end
 * @example
 * ```ts
 * import { typeModule } from "./type_module.ts";
 *
 * const cells = [{ id: 1, source: "const a = 1;" }, { id: 2, source: 'const a = "one";\na.at(0);' }];
 * const { text, place } = typeModule(cells, "file:///notebooks/");
 * console.log(place(text.split("\n").indexOf("a.at(0);") + 1)); // { id: 2, line: 2 }
 * ```
 */
export function typeModule(cells: TypedCell[], base: string): TypeModule {
  const module = new ModuleText();
  for (const { id, source } of cells) {
    const isObject = isObjectLiteral(source);
    const program = parse(isObject ? `(${source})` : source);
    if (!program) continue;
    if (isObject) module.add(id, `(${source})`, []);
    else addCell(module, id, source, program, base);
  }
  return module.finish();
}

function addCell(module: ModuleText, id: number, source: string, program: Node, base: string): void {
  const changes: Change[] = [];
  const aliases: string[] = [];
  const again: string[] = [];
  const statements = program.body as Node[];
  for (const node of statements) {
    if (node.type === "ImportDeclaration") {
      changes.push({ from: node.start, to: node.end, text: "" });
      const line = source.slice(0, node.start).split("\n").length;
      for (const { local, statement } of importStatements(node, source, base)) {
        const alias = module.import(local, statement, { id, line });
        if (!alias) continue;
        aliases.push(`const ${local} = ${alias};`);
        again.push(local!);
      }
    } else if (node.type.startsWith("Export")) {
      const kept = (node.declaration as Node | null)?.start ?? node.end;
      changes.push({ from: node.start, to: kept, text: "" });
    }
  }
  visit(program, (node) => {
    const from = node.type === "ImportExpression" ? node.source as Node : undefined;
    if (typeof from?.value !== "string") return;
    changes.push({ from: from.start, to: from.end, text: JSON.stringify(resolve(from.value, base)) });
  });
  const own = statements.filter(({ type }) => type !== "ImportDeclaration");
  module.declare([...declaredNames({ ...program, body: own }), ...again]);
  module.add(id, apply(source, changes), aliases);
}

/** One statement for each name that an import binds, so that each can be dropped if it is there already. */
function importStatements(node: Node, source: string, base: string) {
  const from = node.source as Node;
  const rest = `from ${JSON.stringify(resolve(from.value as string, base))}${
    source.slice(from.end, node.end)
  }`;
  const specifiers = node.specifiers as Node[];
  if (specifiers.length === 0) return [{ local: undefined, statement: () => rest.replace("from", "import") }];
  return specifiers.map((specifier) => {
    const local = (specifier.local as Node).name as string;
    const isType = node.importKind === "type" || specifier.importKind === "type";
    const word = isType ? "import type" : "import";
    const imported = specifier.imported as Node | undefined;
    const statement = (name: string) => {
      if (specifier.type === "ImportDefaultSpecifier") return `${word} ${name} ${rest}`;
      if (specifier.type === "ImportNamespaceSpecifier") return `${word} * as ${name} ${rest}`;
      return `${word} { ${source.slice(imported!.start, imported!.end)} as ${name} } ${rest}`;
    };
    return { local, statement };
  });
}

function resolve(specifier: string, base: string): string {
  return /^\.{0,2}\//.test(specifier) ? new URL(specifier, base).href : specifier;
}

/** Replace parts of a text; what is replaced keeps its line breaks, so that lines stay lines. */
function apply(source: string, changes: Change[]): string {
  let text = "";
  let at = 0;
  for (const { from, to, text: instead } of changes.toSorted((a, b) => a.from - b.from)) {
    text += source.slice(at, from) + instead + source.slice(from, to).replace(/[^\n]+/g, "");
    at = to;
  }
  return text + source.slice(at);
}

/** A module that is being written. */
class ModuleText {
  // A module, even with no import; and first in the file, so that no cell's comment counts for all of it.
  readonly #head: string[] = ['/// <reference lib="deno.unstable" />', "export {};"];
  readonly #headPlaces: ({ id: number; line: number } | undefined)[] = [undefined, undefined];
  readonly #body: string[] = [];
  readonly #bodyPlaces: ({ id: number; line: number } | undefined)[] = [];
  /** Statements of imports so far, by the name that they bind. */
  readonly #imported = new Map<string, string>();
  #declared = new Set<string>();
  readonly #everDeclared = new Set<string>();
  #blocks = 0;

  /** Import a name at the top; gives another name for it if it has been used for something else. */
  import(
    local: string | undefined,
    statement: (name: string) => string,
    place: { id: number; line: number },
  ): string | undefined {
    const name = local ?? "";
    const text = statement(name);
    if (this.#imported.get(name) === text && !this.#everDeclared.has(name)) return undefined;
    const isTaken = local !== undefined && (this.#imported.has(name) || this.#everDeclared.has(name));
    const alias = isTaken ? `${name}__${this.#head.length}` : undefined;
    this.#head.push(alias ? statement(alias) : text);
    this.#headPlaces.push(place);
    if (local !== undefined && !alias) this.#imported.set(name, text);
    return alias;
  }

  /** The next cell declares these; if one of them is there already, it gets a block of its own. */
  declare(names: string[]): void {
    if (names.some((name) => this.#declared.has(name) || (this.#blocks === 0 && this.#imported.has(name)))) {
      this.#blocks += 1;
      this.#declared = new Set();
      this.#line("{");
    }
    for (const name of names) {
      this.#declared.add(name);
      this.#everDeclared.add(name);
    }
  }

  add(id: number, text: string, before: string[]): void {
    for (const line of before) this.#line(line);
    text.split("\n").forEach((line, i) => this.#line(line, { id, line: i + 1 }));
    this.#line(";"); // the next cell may begin with a parenthesis
  }

  finish(): TypeModule {
    const places = [...this.#headPlaces, ...this.#bodyPlaces];
    const text = [...this.#head, ...this.#body, "}".repeat(this.#blocks), ""].join("\n");
    return { text, place: (line) => places[line - 1] };
  }

  #line(text: string, place?: { id: number; line: number }): void {
    this.#body.push(text);
    this.#bodyPlaces.push(place);
  }
}
