/**
 * What a cell is called in messages: its number, as a person counts, and the id by which it can be searched for.
 *
 * @param index Of the cell in its notebook, from 0; text cells count
 * @param id In the file; empty if it has none
 *
 * @example
 * ```ts
 * import { cellName } from "./cell_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cellName(2, "check-loss"), "cell 3 (check-loss)");
 * ```
 */
export function cellName(index: number, id: string | undefined): string {
  return id ? `cell ${index + 1} (${id})` : `cell ${index + 1}`;
}
