import { join, toFileUrl } from "@std/path";
import { parseTypeErrors } from "../checks/type_errors.ts";
import { configOf } from "./imports.ts";
import { log } from "./log.ts";
import { type TypedCell, typeModule } from "./type_module.ts";
import { shell } from "./watcher.ts";

/** A type error, as a learner reads it. */
export interface TypeMistake {
  /** The line of the cell, from 1. */
  line: number;
  message: string;
  /** TypeScript's number of it, such as `TS2322`. */
  code: string;
}

/** Hears of a cell that has mistakes. */
export type Report<C> = (cell: C, mistakes: TypeMistake[]) => void;

/** Cells that come within so many milliseconds are checked together. */
const TOGETHER = 100;
/** A check that takes longer is given up; milliseconds. */
const PATIENCE = 120_000;
/** A session of more different cells is no longer checked: it would take longer and longer. */
const MOST_CELLS = 500;

/**
 * Errors that come from putting cells together, or are about what a learner has left out: a type that is not written
 * down is no mistake in a notebook.
 */
const NOT_TOLD = /^TS(2300|2440|2448|2449|2450|2451|2454|2528|7\d{3})$/;

/**
 * Checks the types of cells beside their running, in a process of its own that is there only while there is something
 * to check.
 */
export class TypeChecker<C extends TypedCell> {
  readonly #report: Report<C>;
  readonly #cells: C[] = [];
  readonly #unchecked = new Set<C>();
  /** Cells that run: what is found in them is told when they have ended. */
  readonly #running = new Set<C>();
  readonly #found = new Map<C, TypeMistake[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #process: Deno.ChildProcess | undefined;
  #isClosed = false;

  constructor(report: Report<C>) {
    this.#report = report;
  }

  /** A cell begins to run. */
  begin(cell: C): void {
    // The same text again: it takes the place of the earlier one.
    const before = this.#cells.findIndex(({ source }) => source === cell.source);
    if (before >= 0) this.#cells.splice(before, 1);
    if (this.#isClosed || this.#cells.length >= MOST_CELLS) return;
    this.#cells.push(cell);
    this.#running.add(cell);
    if (!/^\s*\/\/\s*@ts-nocheck\b/m.test(cell.source)) this.#unchecked.add(cell);
    this.#plan();
  }

  /** A cell has ended, and the front end knows. `isUsable` is false if it could not even be loaded. */
  end(cell: C, isUsable: boolean): void {
    this.#running.delete(cell);
    if (!isUsable) {
      this.#unchecked.delete(cell);
      this.#found.delete(cell);
      const at = this.#cells.indexOf(cell);
      if (at >= 0) this.#cells.splice(at, 1);
    }
    this.#tell(cell);
  }

  /** Check nothing any more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    try {
      this.#process?.kill("SIGTERM");
    } catch {
      // it has ended
    }
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#process || this.#unchecked.size === 0 || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#check().catch((error) => log(`the types could not be checked: ${error.message}`))
        .finally(() => {
          this.#process = undefined;
          this.#plan();
        });
    }, TOGETHER);
  }

  async #check(): Promise<void> {
    const cells = [...this.#cells];
    const asked = new Set(this.#unchecked);
    this.#unchecked.clear();
    const module = typeModule(cells, toFileUrl(join(Deno.cwd(), "/")).href);
    const text = await this.#runCheck(module.text);
    for (const { line, rule, message, file } of parseTypeErrors(text)) {
      const place = file.endsWith(FILE) ? module.place(line) : undefined;
      const cell = cells.find(({ id }) => id === place?.id);
      if (!place || !cell || !asked.has(cell) || NOT_TOLD.test(rule)) continue;
      const found = this.#found.get(cell) ?? [];
      found.push({ line: place.line, message: message.split("\n")[0], code: rule });
      this.#found.set(cell, found);
    }
    for (const cell of asked) this.#tell(cell);
  }

  #tell(cell: C): void {
    const found = this.#found.get(cell);
    if (!found || this.#running.has(cell) || this.#isClosed) return;
    this.#found.delete(cell);
    this.#report(cell, found);
  }

  /** What Deno says of the types of a module. */
  async #runCheck(text: string): Promise<string> {
    const folder = await Deno.makeTempDir({ prefix: "backprop-types-" });
    try {
      const file = join(folder, FILE);
      await Deno.writeTextFile(file, text);
      const config = await configOf(Deno.cwd());
      if (this.#isClosed) return "";
      const child = new Deno.Command(...gently(folder, [
        Deno.execPath(),
        ...["check", "--quiet", "--no-lock", "--cached-only"],
        ...["--config", config],
        file,
      ])).spawn();
      this.#process = child;
      const timer = setTimeout(() => {
        log("the types were not checked: it took too long");
        child.kill("SIGTERM");
      }, PATIENCE);
      const { stdout, stderr } = await child.output();
      clearTimeout(timer);
      const said = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
      if (/^error: (?!Type checking failed)/m.test(said)) log(`the types were not checked: ${said.trim()}`);
      return said;
    } finally {
      await Deno.remove(folder, { recursive: true }).catch(() => {});
    }
  }
}

const FILE = "cells.ts";

/**
 * A command with less of a claim on the processor than the cells have. Where there is a shell, it removes the folder
 * at the end, even if nobody is there any more to do it.
 */
function gently(folder: string, [program, ...args]: string[]): [string, Deno.CommandOptions] {
  const options: Deno.CommandOptions = {
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", RUST_BACKTRACE: "0" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  };
  if (Deno.build.os === "windows") return [program, { ...options, args }];
  const script = 'folder=$1; shift; renice -n 5 $$ >/dev/null 2>&1; "$@" & ' +
    'trap "kill $! 2>/dev/null" TERM; wait $!; rm -rf "$folder"';
  const [first, ...rest] = shell(script, "sh", folder, program, ...args);
  return [first, { ...options, args: rest }];
}

/** A warning that is short and quiet: the cell has run all the same. */
export function describeMistakes(mistakes: TypeMistake[]): Record<string, string> {
  const lines = mistakes.slice(0, MOST_TOLD).map(({ line, message, code }) =>
    `Types, line ${line}: ${message} (${code})`
  );
  if (mistakes.length > MOST_TOLD) lines.push(`… and ${mistakes.length - MOST_TOLD} more`);
  const html = lines.map((line) => line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)).join("<br>");
  return {
    "text/plain": lines.join("\n"),
    "text/html":
      `<div style="font-size: 85%; opacity: 0.8; border-left: 3px solid #c90; padding-left: 0.6em">` +
      `${html}</div>`,
  };
}

/** Mistakes of a cell that are told; the others are counted. */
const MOST_TOLD = 3;
