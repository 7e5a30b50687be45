import { importStatements, resolve } from "./import_statements.ts";
import { aliasOf, apply, type Change, ModuleText, type TypeModule } from "./module_text.ts";
import { addOpenCell, type OpenCell } from "./open_cell.ts";
import { declaredNames, isObjectLiteral, type Node, parse, visit } from "../rewrite.ts";

export type { OpenCell, TypeModule };

/** A cell, as far as its types matter. */
export interface TypedCell {
  id: number;
  /** As the learner wrote it. */
  source: string;
}

/**
 * Put cells together, in the order in which they ran, as a type checker must see them.
 *
 * A name may be declared again in a later cell: a block begins there, within which the later one hides the earlier. Imports
 * move to the top, where alone they may stand. A cell that cannot be parsed is left out, except the open one: its text
 * comes last, in a block of its own, in whatever state it is.
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
export function typeModule(cells: TypedCell[], base: string, open?: OpenCell): TypeModule {
  const module = new ModuleText();
  for (const { id, source } of cells) {
    const isObject = isObjectLiteral(source);
    const program = parse(isObject ? `(${source})` : source);
    if (!program) continue;
    if (isObject) module.add(`(${source})`, [], id);
    else addCell(module, id, source, program, base);
  }
  if (open) addOpenCell(module, open, base, cells);
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
        aliases.push(aliasOf(local!, alias));
        again.push(local!);
      }
    } else if (node.type.startsWith("Export")) {
      const kept = (node.declaration as Node | null)?.start ?? node.end;
      changes.push({ from: node.start, to: kept, text: "" });
    } else if (node.type === "VariableDeclaration" && node.kind === "var") {
      changes.push({ from: node.start, to: node.start + 3, text: "let" }); // a var would leave its block
    }
  }
  visit(program, (node) => {
    const from = node.type === "ImportExpression" ? node.source as Node : undefined;
    if (typeof from?.value !== "string") return;
    changes.push({ from: from.start, to: from.end, text: JSON.stringify(resolve(from.value, base)) });
  });
  const own = statements.filter(({ type }) => type !== "ImportDeclaration");
  module.declare([...declaredNames({ ...program, body: own }), ...again]);
  module.add(apply(source, changes).text, aliases, id);
}
