/** What a reader types into a worksheet, and what is said about it: the library's own check of a trace. */

import { formatValue, withMinus } from "../../checks/format.ts";
import { checkTrace } from "../../trace/check.ts";
import type { TraceStep } from "../../trace/steps.ts";
import type { Trace } from "../../trace/trace_table.ts";
import type { NestedNumbers } from "../../tensor/tensor.ts";

/** How an entry stands. */
export type EntryState = "empty" | "unreadable" | "right" | "carried" | "wrong" | "shown";

/** What is said about one entry. */
export interface Feedback {
  readonly state: EntryState;
  /** A sentence; empty if there is nothing to say. */
  readonly says: string;
}

/** What was typed, and which entries were shown. Plain data, so that it can be kept. */
export interface WorksheetEntries {
  readonly typed: Record<string, string>;
  readonly shown: Record<string, boolean>;
}

/** The parts of a trace that have steps, with their titles. */
export function phases(steps: readonly TraceStep[]): { title: string; steps: TraceStep[] }[] {
  const titles = { forward: "Forward", backward: "Backward", update: "Update" };
  return (["forward", "backward", "update"] as const)
    .map((phase) => ({ title: titles[phase], steps: steps.filter((step) => step.phase === phase) }))
    .filter(({ steps }) => steps.length > 0);
}

/** A worksheet over some steps of a trace. */
export class Worksheet {
  /** The steps to fill in. */
  readonly steps: readonly TraceStep[];

  constructor(readonly trace: Trace, ask: readonly string[], readonly entries: WorksheetEntries) {
    this.steps = ask.map((name) => trace.step(name));
  }

  /** Takes down what was typed. */
  type(name: string, text: string): void {
    this.entries.typed[name] = text;
    this.entries.shown[name] = false;
  }

  /** Fills in the right number, since it was asked for. */
  show(name: string): void {
    this.entries.typed[name] = writeNumbers(this.trace.value(name).toArray());
    this.entries.shown[name] = true;
  }

  /** Empties every entry. */
  clear(): void {
    for (const record of [this.entries.typed, this.entries.shown]) {
      for (const name of Object.keys(record)) delete record[name];
    }
  }

  /** What is to be said about each entry, by name. All are looked at together: one slip counts once. */
  feedback(): Record<string, Feedback> {
    const numbers: Record<string, NestedNumbers> = {};
    const all: Record<string, Feedback> = {};
    for (const { name, value } of this.steps) {
      const text = (this.entries.typed[name] ?? "").trim();
      if (text === "") all[name] = { state: "empty", says: "" };
      else {
        const read = readNumbers(text, value.shape);
        if (typeof read === "string") all[name] = { state: "unreadable", says: read };
        else numbers[name] = read;
      }
    }
    for (const { name, verdict, slip } of checkTrace(this.trace, numbers).entries) {
      if (this.entries.shown[name]) all[name] = { state: "shown", says: "shown" };
      else if (verdict === "right") all[name] = { state: "right", says: "right" };
      else if (verdict === "carried") {
        all[name] = {
          state: "carried",
          says: `rightly computed, but from an earlier number that is wrong${slip ? `: ${slip}` : ""}`,
        };
      } else all[name] = { state: "wrong", says: slip ?? "not this; go through its formula once more" };
    }
    return all;
  }

  /** How many there are of each kind, in words. */
  summary(): string {
    const states = Object.values(this.feedback()).map(({ state }) => state);
    const count = (state: EntryState) => states.filter((each) => each === state).length;
    const [right, shown, total] = [count("right"), count("shown"), states.length];
    if (right === total) return `All ${total} right. Well done.`;
    return `${right} of ${total} right${shown > 0 ? `, ${shown} shown` : ""}.`;
  }
}

/**
 * Numbers as they are typed: `0.62`, `-,5`, `1/3`, `2e-3`; rows of a matrix on either side of `;`, or in brackets.
 *
 * @returns The numbers, or a sentence on what is expected
 */
export function readNumbers(text: string, shape: readonly number[]): NestedNumbers | string {
  const lengths = shape.filter((length) => length > 1);
  if (lengths.length === 0) {
    const value = readNumber(text.replace(/^[[\s]+|[\]\s]+$/g, ""));
    return value ?? "expected a number, such as 0.25, −0.5 or 1/3";
  }
  const rows = text.replace(/\]\s*,?\s*\[/g, ";").replace(/[[\]]/g, " ").split(";")
    .map((row) => row.trim().split(/[\s,]+/).filter(Boolean).map(readNumber));
  const [height, width] = lengths.length === 1 ? [1, lengths[0]] : lengths;
  const flat = lengths.length === 1 ? [rows.flat()] : rows;
  if (
    flat.length !== height ||
    flat.some((row) => row.length !== width || row.some((value) => value === undefined))
  ) {
    return `expected ${wanted(lengths)}`;
  }
  return lengths.length === 1 ? flat[0] as number[] : flat as number[][];
}

/** What is expected for a shape, in words; empty for a single number. */
export function wanted(shape: readonly number[]): string {
  const lengths = shape.filter((length) => length > 1);
  if (lengths.length === 0) return "";
  if (lengths.length === 1) return `${lengths[0]} numbers with spaces between them`;
  return `${lengths[0]} rows of ${lengths[1]} numbers: spaces between numbers, ; between rows`;
}

function readNumber(text: string): number | undefined {
  const plain = text.replace(/[−–]/g, "-").replace(/^(-?)\s*[.,]/, "$10.").replace(
    /^(-?\d+),(\d+)$/,
    "$1.$2",
  );
  const part = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
  const match = new RegExp(`^\\+?(${part})(?:\\s*/\\s*(${part}))?$`, "i").exec(plain);
  if (!match) return undefined;
  const value = match[2] === undefined ? Number(match[1]) : Number(match[1]) / Number(match[2]);
  return Number.isFinite(value) ? value : undefined;
}

function writeNumbers(values: NestedNumbers): string {
  const digits = (value: number) => withMinus(formatValue(value));
  const level = (values: NestedNumbers): NestedNumbers =>
    typeof values !== "number" && values.length === 1 ? level(values[0]) : values;
  const inner = level(values);
  if (typeof inner === "number") return digits(inner);
  return inner.map((row) =>
    typeof row === "number" ? digits(row) : (row.flat() as number[]).map(digits).join(" ")
  )
    .join(inner.every((row) => typeof row === "number") ? " " : "; ");
}
