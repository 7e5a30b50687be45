/** Cells as one module that a type checker understands. */
export interface TypeModule {
  text: string;
  /** Where a line of the module comes from; lines count from 1. */
  place(line: number): { id: number; line: number } | undefined;
  /** Where the cursor of the open cell is, in UTF-16 units. */
  cursor: number;
  /** Names that stand for something else: `softmax__3` is what a cell imports as `softmax`. */
  aliases: Map<string, string>;
}

/** Text in a cell that is replaced. */
export interface Change {
  from: number;
  to: number;
  text: string;
}

/** What stands for an import in the block in which it hides something else. */
export function aliasOf(local: string, alias: string): string {
  // What begins with a capital letter may be a class, and then it is a type as well.
  return `const ${local} = ${alias};` + (/^\p{Lu}/u.test(local) ? ` type ${local} = ${alias};` : "");
}

/**
 * Replace parts of a text; what is replaced keeps its line breaks, so that lines stay lines.
 *
 * @returns `map` says where a place in the text has gone
 */
export function apply(source: string, unsorted: Change[]): { text: string; map(at: number): number } {
  const changes = unsorted.toSorted((a, b) => a.from - b.from).map(({ from, to, text }) => {
    return { from, to, text: text + source.slice(from, to).replace(/[^\n]+/g, "") };
  });
  let text = "";
  let at = 0;
  for (const { from, to, text: instead } of changes) {
    text += source.slice(at, from) + instead;
    at = to;
  }
  const map = (at: number) => {
    let moved = at;
    for (const { from, to, text } of changes) {
      if (at >= to) moved += text.length - (to - from);
      else if (at > from) moved += from - at;
    }
    return moved;
  };
  return { text: text + source.slice(at), map };
}

/** A line of a cell, from 1. */
type Place = { id: number; line: number };

/** A module that is being put together. */
export class ModuleText {
  // A module, even with no import; and first in the file, so that no cell's comment counts for all of it.
  readonly #head: string[] = ['/// <reference lib="deno.unstable" />', "export {};"];
  readonly #headPlaces: (Place | undefined)[] = [undefined, undefined];
  readonly #body: string[] = [];
  readonly #bodyPlaces: (Place | undefined)[] = [];
  /** Statements of imports so far, by the name that they bind. */
  readonly #imported = new Map<string, string>();
  readonly #aliases = new Map<string, string>();
  #declared = new Set<string>();
  readonly #everDeclared = new Set<string>();
  #blocks = 0;
  /** Where the cursor is: how far behind the beginning of which line. */
  #cursor: { lines: string[]; line: number; at: number } | undefined;

  /** Import a name at the top; gives another name for it if it has been used for something else. */
  import(local: string | undefined, statement: (name: string) => string, place?: Place): string | undefined {
    const name = local ?? "";
    const text = statement(name);
    if (this.#imported.get(name) === text && !this.#everDeclared.has(name)) return undefined;
    const isTaken = local !== undefined && (this.#imported.has(name) || this.#everDeclared.has(name));
    const alias = isTaken ? `${name}__${this.#head.length}` : undefined;
    if (alias) this.#aliases.set(alias, name);
    this.#head.push(alias ? statement(alias) : text);
    this.#headPlaces.push(place);
    if (local !== undefined && !alias) this.#imported.set(name, text);
    return alias;
  }

  /** Import as the open cell does, in which the cursor is. */
  addOpenImport(text: string, cursor: number): void {
    this.#cursor = { lines: this.#head, line: this.#head.length, at: cursor };
    for (const line of text.split("\n")) {
      this.#head.push(line);
      this.#headPlaces.push(undefined);
    }
  }

  /** The next cell declares these; if one of them is there already, it gets a block of its own. */
  declare(names: string[]): void {
    if (names.some((name) => this.#declared.has(name) || (this.#blocks === 0 && this.#imported.has(name)))) {
      this.openBlock();
    }
    for (const name of names) {
      this.#declared.add(name);
      this.#everDeclared.add(name);
    }
  }

  /** What follows may declare any name again. */
  openBlock(): void {
    this.#blocks += 1;
    this.#declared = new Set();
    this.#line("{");
  }

  /** Add a cell, after lines of ours. */
  add(text: string, before: string[], id?: number): void {
    for (const line of before) this.#line(line);
    text.split("\n").forEach((line, i) =>
      this.#line(line, id === undefined ? undefined : { id, line: i + 1 })
    );
    this.#line(";"); // the next cell may begin with a parenthesis
  }

  /** Add the cell that the cursor is in, unless it is in one of its imports. */
  addOpen(text: string, before: string[], cursor: number): void {
    this.#cursor ??= { lines: this.#body, line: this.#body.length + before.length, at: cursor };
    this.add(text, before);
  }

  finish(): TypeModule {
    const places = [...this.#headPlaces, ...this.#bodyPlaces];
    const lines = [...this.#head, ...this.#body, "}".repeat(this.#blocks), ""];
    const { lines: part, line, at } = this.#cursor ?? { lines: this.#head, line: 0, at: 0 };
    const before = lines.slice(0, part === this.#body ? this.#head.length + line : line);
    return {
      text: lines.join("\n"),
      place: (line) => places[line - 1],
      cursor: before.reduce((sum, line) => sum + line.length + 1, at),
      aliases: this.#aliases,
    };
  }

  #line(text: string, place?: Place): void {
    this.#body.push(text);
    this.#bodyPlaces.push(place);
  }
}
