import type { Connection } from "./connection.ts";
import { EndedEarlyError } from "./errors.ts";
import { Front } from "./front.ts";
import { type InnerEvents, InnerKernel } from "./inner.ts";
import { Session } from "./language/session.ts";
import { type SentCell, TypeWarnings } from "./language/type_warnings.ts";
import { log } from "./log.ts";
import { answerQuestion } from "./questions.ts";
import { Queue } from "./queue.ts";
import { Runner } from "./runner.ts";
import type { Content, Message } from "./wire.ts";

/** How often the kernel behind is started, if it ends at once. */
const ATTEMPTS = 3;

/** The kernel that Jupyter sees: its own front, and Deno's kernel behind. */
export class Kernel {
  readonly #front: Front;
  readonly #queue: Queue<Message>;
  readonly #starting: Promise<Runner>;
  readonly #session = new Session<SentCell>();
  readonly #types: TypeWarnings;
  #inner: InnerKernel | undefined;
  #runner: Runner | undefined;
  #ending = false;
  /** Stop was pressed while the first cell waited for the kernel behind. */
  #stopAtStart = false;
  /** The exit code, when all is over. */
  readonly ended: Promise<number>;
  #end!: (code: number) => void;

  /**
   * Take the ports, answer from now on, and start the kernel behind.
   *
   * @throws {KernelError} If a port is taken
   */
  constructor(connection: Connection) {
    this.ended = new Promise((resolve) => this.#end = resolve);
    this.#queue = new Queue((request) => this.#answer(request));
    this.#front = new Front(connection, {
      shell: (request) => this.#queue.add(request),
      control: (request) => this.#control(request),
      stdin: (reply) => this.#runner?.answer(reply),
    });
    this.#types = new TypeWarnings(this.#front, this.#session);
    this.#front.status("starting");
    this.#starting = this.#startInner();
    this.#starting.catch((error) => {
      if (this.#ending) return; // killed while it was starting
      log(error instanceof Error ? error.message : String(error));
      this.shutdown(1);
    });
  }

  /** Stop the cell that runs, as the button does. */
  stop(): void {
    this.#stopAtStart = true;
    this.#runner?.stop();
  }

  /** End everything. */
  async shutdown(code = 0): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    this.#inner?.kill();
    this.#types.close();
    await this.#starting.catch(() => {}); // it tidies up
    await this.#front.close();
    this.#end(code);
  }

  async #startInner(): Promise<Runner> {
    const events: InnerEvents = {
      iopub: (message) => this.#runner?.hear(message),
      shell: (message) => this.#runner?.hearReply(message),
      stdin: (message) => this.#runner?.hearPrompt(message),
      printed: (text) => this.#runner?.hearText(text),
      ended: (status) => this.#innerEnded(status),
    };
    for (let attempt = 1;; attempt++) {
      try {
        const inner = await InnerKernel.start(events, (born) => {
          this.#inner = born;
          if (this.#ending) born.kill();
        });
        return this.#runner = new Runner(this.#front, inner);
      } catch (error) {
        // Its ports are chosen here, and it takes them a little later: now and then another program is faster.
        if (!(error instanceof EndedEarlyError) || this.#ending || attempt === ATTEMPTS) throw error;
        log(`${error.message} It is started again.`);
      }
    }
  }

  /** Something that is asked on the shell channel: one after another, in the order in which they came. */
  async #answer(request: Message): Promise<void> {
    const type = request.header.msg_type;
    this.#front.status("busy", request);
    let reply: Content = {};
    try {
      if (type === "execute_request") reply = await this.#execute(request);
      else {
        const content = await answerQuestion(request, this.#session, () => this.#starting);
        if (content) this.#front.send("shell", type.replace(/_request$/, "_reply"), content, request);
        else if (type === "comm_open") {
          this.#front.publish("comm_close", { comm_id: request.content.comm_id, data: {} }, request);
        } else log(`a message of type ${type} means nothing to this kernel`);
      }
    } catch (error) {
      log(`${type} failed: ${error instanceof Error ? error.stack : error}`);
    }
    this.#front.status("idle", request);
    this.#types.end(reply, this.#runner?.isReadable ?? false);
  }

  async #execute(request: Message): Promise<Content> {
    this.#stopAtStart = false;
    this.#types.begin(request);
    const runner = await this.#starting;
    const content = this.#stopAtStart && !runner.count ? runner.refuse(request) : await runner.run(request);
    this.#front.send("shell", "execute_reply", content, request);
    if (content.status !== "error" || request.content.stop_on_error === false) return content;
    // The cells that were to come after this one were sent in the belief that it would succeed.
    for (const waiting of this.#queue.take(({ header }) => header.msg_type === "execute_request")) {
      this.#front.status("busy", waiting);
      this.#front.send(
        "shell",
        "execute_reply",
        { status: "aborted", execution_count: runner.count },
        waiting,
      );
      this.#front.status("idle", waiting);
    }
    return content;
  }

  #control(request: Message): void {
    const type = request.header.msg_type;
    this.#front.status("busy", request);
    if (type === "interrupt_request") {
      this.stop();
      this.#front.send("control", "interrupt_reply", { status: "ok" }, request);
    } else if (type === "shutdown_request") {
      const restart = request.content.restart === true;
      this.#front.send("control", "shutdown_reply", { status: "ok", restart }, request);
      this.#front.publish("shutdown_reply", { status: "ok", restart }, request);
    } else if (type === "kernel_info_request") {
      answerQuestion(request, this.#session, () => this.#starting)
        .then((content) => this.#front.send("control", "kernel_info_reply", content!, request));
    } else log(`a message of type ${type} means nothing on the control channel`);
    this.#front.status("idle", request);
    if (type === "shutdown_request") this.shutdown();
  }

  /** The kernel behind is gone: say so where the person looks, then end, and Jupyter starts a new one. */
  async #innerEnded({ code, signal }: Deno.CommandStatus): Promise<void> {
    if (this.#ending || !this.#runner) return;
    const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
    const words = await this.#inner!.lastWords();
    const evalue = `The kernel ${how}; all variables are lost. Restart it and run the notebook from the top.`;
    log(evalue);
    const traceback = [evalue, ...(words ? ["Its last words:", words] : [])];
    this.#runner.end({ ename: "KernelEnded", evalue, traceback });
    setTimeout(() => this.shutdown(1), 300); // time for the reply
  }
}
