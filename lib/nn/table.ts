/** Plain-text tables. */

import { maxOf } from "../kernels/extremes.ts";

/**
 * Lines of cells as aligned text.
 *
 * @param lines All equally long
 * @param textColumns How many columns, from the left, hold text; the others hold numbers and are aligned at the right
 */
export function formatTable(lines: readonly (readonly string[])[], textColumns: number): string {
  const widths = lines[0].map((_, column) => maxOf(lines.map((line) => line[column].length)));
  const pad = (cell: string, i: number) =>
    i < textColumns ? cell.padEnd(widths[i]) : cell.padStart(widths[i]);
  return lines.map((line) => line.map(pad).join("   ").trimEnd()).join("\n");
}
