/** What `execute.py` tells while a notebook runs, one JSON object a line. */
export type NotebookEvent =
  | { event: "start"; cells: number }
  /** A kernel was started; `connection` is the file that says how to reach it. */
  | { event: "kernel"; pid: number; connection: string }
  | { event: "cellStart"; cell: number }
  | { event: "cellDone"; cell: number; seconds: number; results: Record<string, unknown> }
  | CellFailure
  | { event: "failed"; message: string }
  | { event: "end" };

/** A cell that threw, did not parse, ran too long, or took the kernel with it. */
export interface CellFailure {
  event: "error";
  /** Index of the cell in the notebook, from 0; text cells count. */
  cell: number;
  /** The cell's id in the notebook file, empty in old ones. */
  id: string;
  source: string;
  /** Kind of error, such as `TypeError`, `Timeout` or `KernelDied`. */
  name: string;
  message: string;
  /** Lines of the stack, as the kernel gave them. */
  traceback: string[];
  /** Whether the kernel published an error; if not, the notebook shows none yet. */
  reported: boolean;
}

/**
 * Read one line of `execute.py`.
 *
 * @returns The event, or `undefined` for a line that is none
 *
 * @example
 * ```ts
 * import { parseEvent } from "./events.ts";
 *
 * console.log(parseEvent('{"event": "start", "cells": 12}')); // { event: "start", cells: 12 }
 * ```
 */
export function parseEvent(line: string): NotebookEvent | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value?.event === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
