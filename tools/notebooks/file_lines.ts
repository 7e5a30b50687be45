// From a line of a cell to the line of the notebook's file, where a reviewer's page marks it.

/**
 * Where a cell stands in the file of its notebook, which is laid out as `deno task clean` does: each bracket of a cell,
 * and each line of its source, on a line of its own.
 *
 * @param text What is in the file
 * @param cell Index of the cell, from 0
 * @param line Line in the cell's source, from 1; without it, the line with which the cell begins is meant
 * @returns A line from 1; 1 if the file is laid out otherwise
 *
 * @example
 * ```ts
 * import { lineInFile } from "./file_lines.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n    "1;\\n",\n    "2;"\n   ]\n  }\n ]\n}\n';
 * assertEquals([lineInFile(text, 0), lineInFile(text, 0, 2)], [3, 7]);
 * ```
 */
export function lineInFile(text: string, cell: number, line?: number): number {
  const lines = text.split("\n");
  const begins = lines.flatMap((content, at) => content === "  {" ? [at] : []);
  const begin = begins[cell];
  if (begin === undefined) return 1;
  if (line === undefined) return begin + 1;
  const source = lines.findIndex((content, at) => at > begin && content === '   "source": [');
  const next = begins[cell + 1] ?? lines.length;
  return source < 0 || source > next ? begin + 1 : Math.min(source + line, next - 1) + 1;
}
