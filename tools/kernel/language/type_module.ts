import { declaredNames, isObjectLiteral, type Node, parse, visit } from "../cell/typescript.ts";
import { importStatements, resolve } from "./import_statements.ts";
import { aliasOf, apply, type Change, ModuleText, type TypeModule } from "./module_text.ts";
import { addOpenCell, type OpenCell } from "./open_cell.ts";

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
export function typeModule(cells: readonly TypedCell[], base: string, open?: OpenCell): TypeModule {
  const module = new ModuleText();
  for (const cell of cells) {
    const piece = pieceOf(cell, base);
    if (!piece) continue;
    const aliases: string[] = [];
    const again: string[] = [];
    for (const { local, statement, line } of piece.imports) {
      const alias = module.import(local, statement, { id: cell.id, line });
      if (!alias) continue;
      aliases.push(aliasOf(local!, alias));
      again.push(local!);
    }
    module.declare([...piece.declares, ...again]);
    module.add(piece.text, aliases, cell.id);
  }
  if (open) addOpenCell(module, open, base, cells);
  return module.finish();
}

/** What a cell gives to a module, whatever the others are. */
interface Piece {
  text: string;
  imports: (ReturnType<typeof importStatements>[number] & { line: number })[];
  declares: string[];
}

/** Each cell is read once: a question reads all of them, and people wait for the answer. */
const pieces = new WeakMap<TypedCell, Piece | { text: undefined }>();

function pieceOf(cell: TypedCell, base: string): Piece | undefined {
  const known = pieces.get(cell) ?? read(cell.source, base) ?? { text: undefined };
  pieces.set(cell, known);
  return known.text === undefined ? undefined : known;
}

function read(source: string, base: string): Piece | undefined {
  if (isObjectLiteral(source)) return { text: `(${source})`, imports: [], declares: [] };
  const program = parse(source);
  if (!program) return undefined;
  const changes: Change[] = [];
  const statements = program.body as Node[];
  for (const node of statements) {
    if (node.type === "ImportDeclaration") changes.push({ from: node.start, to: node.end, text: "" });
    else if (node.type.startsWith("Export")) {
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
  const isImport = ({ type }: Node) => type === "ImportDeclaration";
  const imports = statements.filter(isImport).flatMap((node) => {
    const line = source.slice(0, node.start).split("\n").length;
    return importStatements(node, source, base).map((one) => ({ ...one, line }));
  });
  const declares = declaredNames({ ...program, body: statements.filter((node) => !isImport(node)) });
  return { text: apply(source, changes).text, imports, declares };
}
