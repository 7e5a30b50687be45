import type { Position } from "./places.ts";

/** A cell that has run, or runs. */
export interface Cell<Request = unknown> {
  id: number;
  /** Its number as the front end shows it. */
  count: number;
  /** As the learner wrote it. */
  source: string;
  /** What asked for it. */
  request: Request;
}

/** So many of the latest cells are remembered. */
const MOST = 1000;

/** The cells so far. */
export class Cells<Request = unknown> {
  readonly #cells = new Map<number, Cell<Request>>();

  remember(cell: Cell<Request>): void {
    this.#cells.set(cell.id, cell);
    if (this.#cells.size > MOST) this.#cells.delete(this.#cells.keys().next().value!);
  }

  get(id: number): Cell<Request> | undefined {
    return this.#cells.get(id);
  }

  /** The first place in a cell that a stack names, the innermost. */
  placeIn(frames: string[]): { cell: Cell<Request>; position: Position } | undefined {
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
