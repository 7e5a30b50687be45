import { join } from "@std/path";
import { mapPosition } from "./source_map.ts";
import type { Rewritten } from "./rewrite.ts";

/** A cell that has run, or runs. */
export interface Cell extends Rewritten {
  id: number;
  /** Its number as the front end shows it. */
  count: number;
  /** As the learner wrote it. */
  source: string;
}

/** A place in a cell as the learner wrote it; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What Deno says of the text of a cell. */
export interface Transpiled {
  /** The script that runs; empty if there is a mistake. */
  script: string;
  complaint: string;
}

/** So many of the latest cells are remembered. */
const MOST = 1000;
/** What the kernel inside puts before the script of a cell, on its first line. */
const PREFIX = "'use strict'; void 0;".length;

/** The cells so far, and where places in the scripts made of them come from. */
export class Cells {
  readonly #cells = new Map<number, Cell>();
  readonly #scripts = new Map<number, Promise<Transpiled>>();

  remember(cell: Cell): void {
    this.#cells.set(cell.id, cell);
    if (this.#cells.size > MOST) {
      const oldest = this.#cells.keys().next().value!;
      this.#cells.delete(oldest);
      this.#scripts.delete(oldest);
    }
  }

  get(id: number): Cell | undefined {
    return this.#cells.get(id);
  }

  /** Where in the learner's text a place in a stack trace is; `undefined` if nobody knows. */
  async position(id: number, at: Position): Promise<Position | undefined> {
    const cell = this.#cells.get(id);
    if (!cell) return undefined;
    const script = this.#scripts.get(id) ?? transpile(cell.code);
    this.#scripts.set(id, script);
    const column = at.line === 1 ? at.column - PREFIX : at.column;
    const mapped = mapPosition((await script).script, { line: at.line, column });
    if (!mapped) return undefined;
    return positionOf(cell.source, cell.original(offsetOf(cell.code, mapped)));
  }
}

/** The script that Deno makes of a text, with a source map at its end. */
export async function transpile(code: string): Promise<Transpiled> {
  const folder = await Deno.makeTempDir({ prefix: "backprop-cell-" });
  try {
    // Imports that nothing in the cell uses must stay, as later cells may use them.
    const config = { compilerOptions: { verbatimModuleSyntax: true } };
    await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
    const file = join(folder, "cell.ts");
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

/** Counted in UTF-16 units, as JavaScript does, from 0. */
function offsetOf(text: string, { line, column }: Position): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}

/** The inverse of {@link offsetOf}. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, offset)).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
