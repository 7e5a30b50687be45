import { stripTypeScriptTypes } from "node:module";
import { join } from "@std/path";
import { Lines, type Position } from "./cell/places.ts";
import type { Mistake, Strip, Stripped } from "./cell/compile.ts";
import { type Node, parse } from "./cell/typescript.ts";
import { mapPosition } from "./source_map.ts";

/** What Deno says of the text of a cell. */
interface Transpiled {
  /** JavaScript with a source map at its end; empty if there is a mistake. */
  script: string;
  complaint: string;
}

/** Blanks stand in the place of types, so that all else stays where it is. It knows no `enum` and no JSX. */
export const blankTypes: Strip = (typescript) => {
  try {
    const javascript = stripTypeScriptTypes(typescript);
    // Blanks are counted in bytes: where a type has other letters, they are too many.
    return javascript.length === typescript.length ? { javascript } : undefined;
  } catch {
    return undefined;
  }
};

/** Writes out what types alone cannot be taken from: `enum`, `namespace`, parameter properties. */
export const transformTypes: Strip = (typescript) => {
  const names = importedNames(typescript);
  // Imports that nothing in the cell uses would go, and later cells may use them.
  const uses = names.length > 0 ? `\n;void [${names.join(", ")}];` : "";
  try {
    const script = stripTypeScriptTypes(typescript + uses, { mode: "transform", sourceMap: true });
    const { javascript, original } = withMap(script);
    return {
      javascript: uses ? javascript.slice(0, javascript.lastIndexOf("void [")) : javascript,
      original,
    };
  } catch {
    return undefined;
  }
};

function importedNames(typescript: string): string[] {
  const imports = ((parse(typescript)?.body ?? []) as Node[]).filter(({ type, importKind }) =>
    type === "ImportDeclaration" && importKind !== "type"
  );
  return imports.flatMap(({ specifiers }) =>
    (specifiers as Node[]).filter(({ importKind }) => importKind !== "type")
      .map(({ local }) => (local as unknown as { name: string }).name)
  );
}

/** Whatever Deno can run, decorators and JSX too, in a process of its own: some 50 ms. */
export const transpileTypes: Strip = async (typescript) => {
  const { script, complaint } = await transpile(typescript, "cell.ts");
  if (script) return withMap(script);
  const jsx = await transpile(typescript, "cell.tsx");
  if (jsx.script) return withMap(jsx.script);
  const mistake = readComplaint(complaint);
  return mistake && { mistake };
};

/** What Deno's transpiler complains of, and where. */
export function readComplaint(complaint: string): Mistake | undefined {
  const message = complaint.match(/(?:^|\n)error: (?:Failed to (?:parse|transpile)[^:]*: )?(.+)/)?.[1];
  if (!message) return undefined;
  const said = message.replace(/^The module's source code could not be parsed: /, "").replace(
    / at file:\/\/.*$/,
    "",
  ).replace(/^SyntaxError: /, "");
  const place = complaint.match(/cell\.tsx?:(\d+):(\d+)/);
  return {
    message: said,
    position: place ? { line: Number(place[1]), column: Number(place[2]) } : undefined,
  };
}

function withMap(script: string): Stripped {
  const javascript = script.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "");
  const lines = new Lines(javascript);
  let last: Position = { line: 1, column: 1 };
  const original = (offset: number) => last = mapPosition(script, lines.position(offset)) ?? last;
  return { javascript, original };
}

/** The script that Deno makes of a text, with a source map at its end. */
async function transpile(code: string, name: string): Promise<Transpiled> {
  const folder = await Deno.makeTempDir({ prefix: "backprop-cell-" });
  try {
    // Imports that nothing in the cell uses must stay, as later cells may use them.
    const config = { compilerOptions: { verbatimModuleSyntax: true } };
    await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
    const file = join(folder, name);
    await Deno.writeTextFile(file, code);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["transpile", "--no-lock", "--config", join(folder, "deno.json"), "--source-map", "inline", file],
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdin: "null",
    }).output();
    const [script, complaint] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { script, complaint: complaint.replace(/^.*is experimental and subject to changes\n/, "") };
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}
