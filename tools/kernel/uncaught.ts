import type { Cell, Cells } from "./cell/cells.ts";
import { describe } from "./cell/failure.ts";
import type { Front } from "./front.ts";
import type { Uncaught } from "./inside/uncaught.ts";
import { log } from "./log.ts";
import type { Outputs } from "./outputs.ts";
import type { Content, Message } from "./wire.ts";

/**
 * Shows errors that nobody caught: below the cell that caused them. As that cell may be over, and programs that execute
 * notebooks no longer listen then, such an error is also shown to them below the cell that runs, or runs next.
 *
 * It is a display, not an error: the cell that runs has not failed, and the one that caused it may have been right.
 */
export class UncaughtErrors {
  readonly #front: Front;
  readonly #outputs: Outputs;
  readonly #cells: Cells<Message>;
  readonly #waiting: Uncaught[] = [];
  #running: number | undefined;

  constructor(front: Front, outputs: Outputs, cells: Cells<Message>) {
    this.#front = front;
    this.#outputs = outputs;
    this.#cells = cells;
  }

  /** A cell begins. */
  begin(id: number): void {
    this.#running = id;
    for (const uncaught of this.#waiting.splice(0)) this.#showIn(uncaught);
  }

  /** The cell has ended. */
  end(): void {
    this.#running = undefined;
  }

  /** An error has come from inside. */
  add(content: Content): void {
    const uncaught = content as unknown as Uncaught;
    const cell = this.#cells.get(uncaught.cell ?? NaN);
    if (cell && cell.id !== this.#running && cell.request.content.allow_stdin === true) {
      // A person sits there, and their front end puts below a cell whatever belongs to it, at any time.
      this.#front.publish("display_data", this.#display(uncaught, undefined), cell.request);
    } else if (this.#running !== undefined) this.#showIn(uncaught);
    else {
      log(`nobody caught: ${describe(uncaught.thrown, this.#cells)[0]}`);
      this.#waiting.push(uncaught);
    }
  }

  /** Show an error below the cell that runs. */
  #showIn(uncaught: Uncaught): void {
    const cell = this.#cells.get(uncaught.cell ?? NaN);
    const isOwn = cell === undefined || cell.id === this.#running;
    this.#outputs.add("display_data", this.#display(uncaught, isOwn ? undefined : cell));
  }

  #display({ thrown, way, isLast }: Uncaught, from: Cell<Message> | undefined): Content {
    const described = [
      ...(from ? [`From cell [${from.count}], which has ended:`] : []),
      ...describe(thrown, this.#cells),
    ].join("\n").replace(/\n{3,}/g, "\n\n").trimEnd();
    const sentence = WAYS[way] + (isLast ? " More errors of this cell are not shown." : "");
    return {
      data: {
        "text/plain": `${described}\n\n${sentence}`,
        "text/html": `<div style="border-left: 3px solid #d33; padding-left: 0.6em">` +
          `<pre style="margin: 0; padding: 0">${escape(described)}</pre><div>${escape(sentence)}</div></div>`,
      },
      metadata: {},
      transient: {},
    };
  }
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const WAYS = {
  rejection: "Nobody caught this error. Was it awaited? Write await before the call that failed.",
  callback: "Nobody caught this error: it was thrown in a callback, by a timer or an event. Was it awaited?",
};
