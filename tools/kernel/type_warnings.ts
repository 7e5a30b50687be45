import type { Front } from "./front.ts";
import { describeMistakes, TypeChecker } from "./type_checker.ts";
import type { TypedCell } from "./type_module.ts";
import type { Content, Message } from "./wire.ts";

interface Warned extends TypedCell {
  request: Message;
}

/** Cells with these errors have declared nothing. */
const NEVER_RAN = new Set(["SyntaxError", "ImportError", "MissingExportError"]);

/**
 * Warns under a cell of type errors in it, when it has ended.
 *
 * Only where a person sits: programs that execute notebooks say that nobody can be asked (`allow_stdin`), and what they
 * get is the same in every run. `BACKPROP_TYPES=off` in the environment turns it off, `// @ts-nocheck` in a cell does
 * so for that cell.
 */
export class TypeWarnings {
  readonly #checker: TypeChecker<Warned>;
  readonly #isOn = Deno.env.get("BACKPROP_TYPES") !== "off";
  #last = 0;
  #running: Warned | undefined;

  constructor(front: Front) {
    this.#checker = new TypeChecker(({ request }, mistakes) => {
      const content = { data: describeMistakes(mistakes), metadata: {}, transient: {} };
      front.publish("display_data", content, request);
    });
  }

  /** A cell is about to run. */
  begin(request: Message): void {
    const { code, silent, allow_stdin } = request.content;
    const source = String(code ?? "");
    if (!this.#isOn || silent === true || allow_stdin !== true || source.trim() === "") return;
    this.#running = { id: ++this.#last, source, request };
    this.#checker.begin(this.#running);
  }

  /** It has ended with this reply, and the front end has been told that the kernel is idle. */
  end(reply: Content): void {
    const cell = this.#running;
    this.#running = undefined;
    if (cell) this.#checker.end(cell, !NEVER_RAN.has(String(reply.ename)));
  }

  close(): void {
    this.#checker.close();
  }
}
