/** A place in a text; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/**
 * Where the text of a script comes from: for each piece of it, in order, the line and column in the script and those in
 * the cell. A piece that was copied goes on until the next begins; one that was put in (`isFixed`) comes from one place.
 */
export type Places = [line: number, column: number, cellLine: number, cellColumn: number, isFixed: 0 | 1][];

/**
 * The place in a cell that a place in its script comes from.
 *
 * @example
 * ```ts
 * import { cellPosition } from "./places.ts";
 *
 * cellPosition([[1, 1, 1, 1, 1], [1, 20, 1, 1, 0]], { line: 3, column: 5 }); // { line: 3, column: 5 }
 * ```
 */
export function cellPosition(places: Places, { line, column }: Position): Position | undefined {
  let low = 0, high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [atLine, atColumn] = places[middle];
    if (atLine < line || (atLine === line && atColumn <= column)) low = middle + 1;
    else high = middle;
  }
  const piece = places[low - 1];
  if (!piece) return undefined;
  const [fromLine, fromColumn, cellLine, cellColumn, isFixed] = piece;
  if (isFixed) return { line: cellLine, column: cellColumn };
  if (fromLine === line) return { line: cellLine, column: cellColumn + column - fromColumn };
  return { line: cellLine + line - fromLine, column };
}

/** Turns offsets in a text, in UTF-16 units, into positions. */
export class Lines {
  readonly #starts = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  position(offset: number): Position {
    let low = 0, high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= offset) low = middle + 1;
      else high = middle;
    }
    return { line: low, column: offset - this.#starts[low - 1] + 1 };
  }
}
