import { log } from "../log.ts";
import type { Diagnostic } from "./service.ts";
import type { Session } from "./session.ts";
import type { TypedCell } from "./type_module.ts";

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

/**
 * Errors that come from putting cells together, or are about what a learner has left out: a type that is not written
 * down is no mistake in a notebook.
 */
const NOT_TOLD = /^TS(2300|2440|2448|2449|2450|2451|2454|2528|7\d{3})$/;

/** Checks the types of cells that have run. */
export class TypeChecker<C extends TypedCell> {
  readonly #session: Session<C>;
  readonly #report: Report<C>;
  readonly #unchecked = new Set<C>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isChecking = false;
  #isClosed = false;

  constructor(session: Session<C>, report: Report<C>) {
    this.#session = session;
    this.#report = report;
  }

  /** Check a cell of the session, and report what is found. */
  check(cell: C): void {
    if (/^\s*\/\/\s*@ts-nocheck\b/m.test(cell.source)) return;
    this.#unchecked.add(cell);
    this.#plan();
  }

  /** Check nothing any more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#isChecking || this.#unchecked.size === 0 || this.#isClosed) return;
    this.#timer = setTimeout(async () => {
      this.#timer = undefined;
      this.#isChecking = true;
      await this.#check().catch(({ message }) => {
        if (!this.#isClosed) log(`the types could not be checked: ${message}`);
      });
      this.#isChecking = false;
      this.#plan();
    }, TOGETHER);
  }

  async #check(): Promise<void> {
    const asked = new Set(this.#unchecked);
    this.#unchecked.clear();
    if (!this.#session.isWhole) return;
    const module = await this.#session.module();
    const diagnostics = (await this.#session.service.diagnostics(module.text)).filter(isTold);
    for (const cell of this.#isClosed ? [] : asked) {
      const mistakes = diagnostics.flatMap(({ range, message, code }) => {
        const place = module.place(range.start.line + 1);
        return place?.id === cell.id
          ? [{ line: place.line, message: message.split("\n")[0], code: `TS${code}` }]
          : [];
      });
      if (mistakes.length > 0) this.#report(cell, mistakes);
    }
  }
}

/** Whether it is an error, and TypeScript's: hints are for whoever writes a program. */
function isTold({ severity, source, code }: Diagnostic): boolean {
  return severity === 1 && source === "deno-ts" && !NOT_TOLD.test(`TS${code}`);
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
