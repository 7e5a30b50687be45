import { type Node, parse } from "../cell/typescript.ts";
import { importStatements, resolve } from "./import_statements.ts";
import { aliasOf, apply, type Change, type ModuleText } from "./module_text.ts";
import { type Token, tokens } from "./tokens.ts";
import type { TypedCell } from "./type_module.ts";

/** A cell that is being written, with the place in it that a question is about, in UTF-16 units. */
export interface OpenCell {
  source: string;
  cursor: number;
}

/** Add the cell that is being written. It need not be whole, so it is read by its tokens. */
export function addOpenCell(
  module: ModuleText,
  { source, cursor }: OpenCell,
  base: string,
  cells: readonly TypedCell[],
): void {
  const changes: Change[] = [];
  const aliases: string[] = [];
  const found = tokens(source).filter(({ kind }) => kind !== "comment");
  for (const { start, end, specifier } of importsAmong(found, source)) {
    changes.push({ from: start, to: end, text: "" });
    // What may come over the network is looked for when its cell runs, and not before.
    const name = specifier.text.slice(1, -1);
    if (/^(npm|jsr|https?):/.test(name) && !cells.some((cell) => cell.source.includes(name))) continue;
    if (start < cursor && cursor <= specifier.end) {
      const { text, map } = apply(source.slice(0, end), [
        { from: 0, to: start, text: "" },
        { from: specifier.start, to: specifier.end, text: resolved(specifier, base) },
      ]);
      module.addOpenImport(text, map(cursor));
    }
    for (const { local, statement } of importStatements(importAt(start, end, source), source, base)) {
      const alias = module.import(local, statement);
      if (alias) aliases.push(aliasOf(local!, alias));
    }
  }
  let depth = 0;
  found.forEach((token, i) => {
    if (/[({]$/.test(token.text)) depth += 1;
    if (/^[)}]$/.test(token.text)) depth -= 1;
    if (token.text === "var" && depth === 0) {
      changes.push({ from: token.start, to: token.end, text: "let" }); // a var would leave its block
    } else if (token.text === "export" && isFirst(found, i, source)) {
      const last = found[i + 1]?.text === "default" ? found[i + 1] : token;
      changes.push({ from: token.start, to: last.end, text: "" });
    } else if (token.kind === "string" && found[i - 1]?.text === "(" && found[i - 2]?.text === "import") {
      changes.push({ from: token.start, to: token.end, text: resolved(token, base) });
    }
  });
  const { text, map } = apply(source, changes);
  module.openBlock();
  module.addOpen(text, aliases, map(cursor));
}

/** The syntax tree of an import; `undefined` if it is unfinished. */
function importAt(start: number, end: number, source: string): Node | undefined {
  const program = parse(" ".repeat(start) + source.slice(start, end));
  return (program?.body as Node[] | undefined)?.find(({ type }) => type === "ImportDeclaration");
}

/** The import statements among the tokens of a cell, as far as they say what they import from. */
function importsAmong(found: Token[], source: string): { start: number; end: number; specifier: Token }[] {
  return found.flatMap((token, i) => {
    if (token.text !== "import" || !isFirst(found, i, source)) return [];
    const at = found.findIndex(({ kind, text }, j) =>
      j > i && (text === "import" || !/name|keyword/.test(kind) && !/^[{},*]$/.test(text))
    );
    const specifier = found[at];
    if (specifier?.kind !== "string" || specifier.isOpen) return [];
    const close = found.findIndex(({ text }, j) => j > at && text === "}");
    let last = found[at + 1]?.text === "with" && close > 0 ? close : at;
    if (found[last + 1]?.text === ";") last += 1;
    return [{ start: token.start, end: found[last].end, specifier }];
  });
}

/** Whether a statement may begin with a token. */
function isFirst(found: Token[], i: number, source: string): boolean {
  const before = found[i - 1];
  return !before || /^[;}]$/.test(before.text) || source.slice(before.end, found[i].start).includes("\n");
}

function resolved(specifier: Token, base: string): string {
  return JSON.stringify(resolve(specifier.text.slice(1, specifier.isOpen ? undefined : -1), base));
}
