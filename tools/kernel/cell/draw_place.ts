import type { Position } from "./places.ts";

/** The line of a cell and the ones around it, with a caret under the place. */
export function drawPlace(source: string, { line, column }: Position): string[] {
  const lines = source.split("\n");
  if (line < 1 || line > lines.length) return [];
  const from = Math.max(1, line - 2), to = Math.min(lines.length, line + 1);
  const width = String(to).length;
  const drawn: string[] = [];
  for (let n = from; n <= to; n++) {
    const mark = n === line ? ">" : " ";
    drawn.push(`${mark} ${String(n).padStart(width)} | ${lines[n - 1]}`.trimEnd());
    if (n !== line) continue;
    const before = lines[n - 1].slice(0, column - 1).replace(/[^\t]/g, " ");
    drawn.push(`  ${" ".repeat(width)} | ${before}^`);
  }
  return ["", ...drawn, ""];
}
