import { join } from "@std/path";
import { SourceMap } from "node:module";
import { run } from "../setup/process.ts";
import type { CellFailure } from "./events.ts";

/** What was wrong with a cell, and where. */
export interface Explanation {
  message: string;
  /** The line with a mark under the place, as Deno draws it. */
  picture?: string[];
  /** Line in the cell as it was written, from 1. */
  line?: number;
}

/** What Deno is started with to look at a cell. */
export interface ExplainOptions {
  deno: string;
  env: Record<string, string>;
  /** A folder below `deno.json`, whose imports then hold, and as deep as the notebook's own. */
  folder: string;
}

/**
 * Find out what the kernel does not say of a cell that failed.
 *
 * The kernel reports neither syntax errors nor missing packages, and counts lines in the JavaScript that it made of the
 * cell. So the cell is written to a file which Deno loads but does not run: loading tells what is wrong with it, and
 * leaves a map from the lines of JavaScript to those of the cell.
 */
export async function explainFailure(failure: CellFailure, options: ExplainOptions): Promise<Explanation> {
  const said = failure.message ? `${failure.name}: ${failure.message}` : failure.name;
  const ownLine = cellLine(failure.traceback);
  if (ownLine) return { message: said, line: ownLine };
  const position = framePosition(failure.traceback);
  const isSilent = !failure.reported && failure.name !== "Timeout" && failure.name !== "KernelDied";
  if (!isSilent && !position) return { message: said };

  const base = `cell_${crypto.randomUUID()}`;
  const [cell, stop, main] = [`${base}.ts`, `${base}_stop.ts`, `${base}_main.ts`];
  const path = (file: string) => join(options.folder, file);
  try {
    await Deno.mkdir(options.folder, { recursive: true });
    await Deno.writeTextFile(path(cell), failure.source);
    // Modules are all loaded, in order to be linked, before the first of them runs, and that one ends the program.
    await Deno.writeTextFile(path(stop), "Deno.exit(0);\n");
    await Deno.writeTextFile(path(main), `import "./${stop}";\nimport "./${cell}";\n`);
    const { code, output } = await run(options.deno, {
      args: ["run", "--quiet", "--no-check", "--frozen", main],
      env: { ...options.env, NO_COLOR: "1" },
      cwd: options.folder,
    });
    if (isSilent) return code === 0 ? { message: said } : readDenoError(output, cell);
    return { message: said, line: await originalLine(position!, path(cell), options) };
  } finally {
    for (const file of [cell, stop, main]) await Deno.remove(path(file)).catch(() => {});
  }
}

/** The line that the project's own kernel names: of the outermost frame in a cell, else the one it draws. */
export function cellLine(traceback: string[]): number | undefined {
  const frame = traceback.findLast((line) => /^\s*at .*cell \[\d+\]:\d+:\d+/.test(line));
  const place = frame?.match(/cell \[\d+\]:(\d+)/) ?? traceback.join("\n").match(/^> +(\d+) \| /m);
  return place ? Number(place[1]) : undefined;
}

/** Where in the JavaScript of the cell it failed: the outermost frame, which is the cell itself. */
export function framePosition(traceback: string[]): { line: number; column: number } | undefined {
  for (const frame of traceback.toReversed()) {
    const match = frame.match(/^\s*at (?:async )?<anonymous>:(\d+):(\d+)/);
    if (match) return { line: Number(match[1]), column: Number(match[2]) };
  }
  return undefined;
}

/** The sentence and the line in what Deno prints when a module cannot be loaded. */
export function readDenoError(output: string, file: string): Explanation {
  const lines = output.split("\n");
  const first = lines.findIndex((line) => line.startsWith("error:"));
  const place = lines.map((line) => line.indexOf(`${file}:`) < 0 ? null : line.match(/:(\d+):\d+/)).find(
    Boolean,
  );
  const message = (lines[first] ?? lines[0]).replace(/^error:\s*(?:Uncaught )?/, "");
  // The picture of the line, with a mark under the place, comes between the sentence and the place.
  const picture = lines.slice(first + 1).filter((line) => /^\s*\d*\s*\|/.test(line) && line.trim() !== "|");
  return { message, picture, line: place ? Number(place[1]) : undefined };
}

/** The line of a cell that a line of its JavaScript was made from. */
async function originalLine(
  position: { line: number; column: number },
  cell: string,
  { deno, env }: ExplainOptions,
): Promise<number | undefined> {
  try {
    const { output } = await run(deno, { args: ["info", "--json"], env: { ...env, NO_COLOR: "1" } });
    const folder: string = JSON.parse(output.slice(output.indexOf("{"))).typescriptCache;
    const script = await Deno.readTextFile(join(folder, "file", cell.replace(/^([A-Z]):/, "$1") + ".js"));
    return mapLine(script, position);
  } catch {
    return undefined; // no cache, or one laid out differently: then nobody knows
  }
}

/** Follow the source map at the end of a script; lines and columns count from 1. */
export function mapLine(script: string, position: { line: number; column: number }): number | undefined {
  const encoded = script.match(/\/\/# sourceMappingURL=data:application\/json;base64,(\S+)/)?.[1];
  if (!encoded) return undefined;
  const payload = JSON.parse(
    new TextDecoder().decode(Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0))),
  );
  const entry = new SourceMap(payload).findEntry(position.line - 1, position.column - 1);
  return "originalLine" in entry ? entry.originalLine + 1 : undefined;
}
