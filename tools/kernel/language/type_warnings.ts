import type { Front } from "../front.ts";
import type { Content, Message } from "../wire.ts";
import type { Session } from "./session.ts";
import { describeMistakes, TypeChecker } from "./type_checker.ts";
import type { TypedCell } from "./type_module.ts";

/** A cell as the front end sent it. */
export interface SentCell extends TypedCell {
  request: Message;
}

/** Cells with these errors have not got what they need of others. */
const WITHOUT_IMPORTS = new Set(["ImportError", "MissingExportError"]);

/**
 * Remembers what ran, and warns under a cell of type errors in it, when it has ended.
 *
 * Only where a person sits: programs that execute notebooks say that nobody can be asked (`allow_stdin`), and what they
 * get is the same in every run. `BACKPROP_TYPES=off` in the environment turns it off, `// @ts-nocheck` in a cell does
 * so for that cell.
 */
export class TypeWarnings {
  readonly #session: Session<SentCell>;
  readonly #checker: TypeChecker<SentCell>;
  readonly #isOn = Deno.env.get("BACKPROP_TYPES") !== "off";
  #last = 0;
  #running: SentCell | undefined;

  constructor(front: Front, session: Session<SentCell>) {
    this.#session = session;
    this.#checker = new TypeChecker(session, ({ request }, mistakes) => {
      const content = { data: describeMistakes(mistakes), metadata: {}, transient: {} };
      front.publish("display_data", content, request);
    });
  }

  /** A cell is about to run. */
  begin(request: Message): void {
    const { code, silent } = request.content;
    const source = String(code ?? "");
    if (silent !== true && source.trim() !== "") this.#running = { id: ++this.#last, source, request };
  }

  /**
   * It has ended with this reply, and the front end has been told that the kernel is idle.
   *
   * @param isReadable Whether its text could be read, so that it ran
   */
  end(reply: Content, isReadable: boolean): void {
    const cell = this.#running;
    this.#running = undefined;
    if (!cell || !isReadable || WITHOUT_IMPORTS.has(String(reply.ename))) return;
    this.#session.add(cell);
    if (this.#isOn && cell.request.content.allow_stdin === true) this.#checker.check(cell);
  }

  close(): void {
    this.#checker.close();
    this.#session.service.close();
  }
}
