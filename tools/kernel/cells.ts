import type { Position } from "./cell/places.ts";
import type { Message } from "./wire.ts";

/** A cell that has run, or runs. */
export interface Cell {
  id: number;
  /** Its number as the front end shows it. */
  count: number;
  /** As the learner wrote it. */
  source: string;
  /** What asked for it. */
  request: Message;
}

/** So many of the latest cells are remembered. */
const MOST = 1000;

/** The cells so far. */
export class Cells {
  readonly #cells = new Map<number, Cell>();

  remember(cell: Cell): void {
    this.#cells.set(cell.id, cell);
    if (this.#cells.size > MOST) this.#cells.delete(this.#cells.keys().next().value!);
  }

  get(id: number): Cell | undefined {
    return this.#cells.get(id);
  }

  /** The first place in a cell that a stack names, the innermost. */
  placeIn(frames: string[]): { cell: Cell; position: Position } | undefined {
    for (const frame of frames) {
      const place = frame.match(/\bcell \[(\d+)\]:(\d+):(\d+)/);
      if (!place) continue;
      const [count, line, column] = place.slice(1).map(Number);
      const cell = [...this.#cells.values()].findLast((cell) => cell.count === count);
      if (cell) return { cell, position: { line, column } };
    }
    return undefined;
  }
}
