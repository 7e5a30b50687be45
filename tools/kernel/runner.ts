import { Cells } from "./cells.ts";
import { explainFailure, type Failure } from "./failure.ts";
import type { Front } from "./front.ts";
import type { InnerKernel } from "./inner.ts";
import { log } from "./log.ts";
import { Outputs } from "./outputs.ts";
import { recover } from "./recovery.ts";
import { rewrite } from "./rewrite.ts";
import { Stop } from "./stop.ts";
import type { Content, Message } from "./wire.ts";

/** What does not come through the queue of outputs. */
const UNCOUNTED = new Set([
  "error",
  "backprop_fence",
  "backprop_stopping",
  "backprop_handled",
  "backprop_names",
  "backprop_trouble",
]);

/** A cell that runs. */
interface Running {
  id: number;
  request: Message;
  /** The id that the kernel inside knows it by. */
  inside: string;
  replied: (content: Content) => void;
  /** All of its outputs are in. */
  fenced: (cut: { characters: number; prints: number }) => void;
  /** What the kernel inside published as an error, or nothing. */
  error?: Failure;
}

/** Runs cells in the kernel inside: one at a time, all outputs before the end. */
export class Runner {
  readonly #front: Front;
  readonly #inner: InnerKernel;
  readonly #outputs: Outputs;
  readonly #stop: Stop;
  readonly #cells = new Cells();
  readonly #names = new Map<number, (names: string[]) => void>();
  #running: Running | undefined;
  #last = 0;
  #prompt: Message | undefined;
  /** How many cells there were, as front ends count them. */
  count = 0;
  /** What cells have declared so far. */
  readonly declared = new Set<string>();

  constructor(front: Front, inner: InnerKernel) {
    this.#front = front;
    this.#inner = inner;
    this.#outputs = new Outputs(front);
    this.#stop = new Stop(inner, () => {
      log("the cell cannot be ended; the kernel behind is started anew");
      inner.kill();
    });
  }

  /** Run one cell to its end; gives the content of the reply, which the caller sends. */
  async run(request: Message): Promise<Content> {
    const { code, silent, store_history, allow_stdin } = request.content;
    const source = String(code ?? "");
    const isSilent = silent === true;
    if (!isSilent && store_history !== false) this.count += 1;
    const count = this.count;
    this.#outputs.begin(request);
    if (!isSilent) this.#front.publish("execute_input", { code: source, execution_count: count }, request);
    const empty = { status: "ok", execution_count: count, payload: [], user_expressions: {} };
    if (source.trim() === "") return empty;

    const id = ++this.#last;
    const cell = rewrite(source, id, this.#inner.folder);
    this.#cells.remember({ id, count, source, ...cell });
    const content = { code: cell.code, silent: isSilent, store_history, allow_stdin: allow_stdin === true };
    const reply = await this.#runInside(id, request, content);
    const error = reply.content.status === "error" ? reply.error ?? asFailure(reply.content) : reply.error;
    if (!error) {
      for (const name of cell.declared) this.declared.add(name);
      return { ...empty };
    }
    const failure = await this.#explain(error, id, reply.wasStopped);
    if (!isSilent) this.#outputs.add("error", { ...failure });
    this.#outputs.flush();
    return { status: "error", execution_count: count, ...failure };
  }

  /** A cell that was stopped before it could begin. */
  refuse(request: Message): Content {
    this.#front.publish("error", { ...STOPPED }, request);
    return { status: "error", execution_count: this.count, ...STOPPED };
  }

  /** Stop the cell that runs; if none does, nothing happens. */
  stop(): void {
    if (!this.#running) return;
    if (this.#prompt) this.#inner.request("stdin", "input_reply", { value: "" }, this.#prompt.header);
    this.#stop.press(this.#running.id);
  }

  /** The names of the properties of what a path leads to, or of everything global. */
  names(path: string): Promise<string[]> {
    const id = ++this.#last;
    this.#inner.order({ do: "names", id, path });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#names.get(id)?.([]), 400); // a cell is running that lets nobody in
      this.#names.set(id, (names) => {
        clearTimeout(timer);
        this.#names.delete(id);
        resolve(names);
      });
    });
  }

  /** A message of the kernel inside, from the channel on which outputs come. */
  hear(message: Message): void {
    const { header: { msg_type: type }, content } = message;
    if (type === "status" || type === "execute_input") return;
    if (!UNCOUNTED.has(type)) this.#inner.order({ do: "received", messages: 1 });
    if (type === "backprop_piece") {
      const whole = this.#outputs.join(content);
      if (whole) this.#output(whole.type, whole.content, message);
    } else if (type === "backprop_fence") {
      if (content.id === this.#running?.id) {
        this.#running?.fenced(content.cut as { characters: number; prints: number });
      }
    } else if (type === "backprop_stopping") this.#stop.heard(content.id as number);
    else if (type === "backprop_handled") this.#stop.done();
    else if (type === "backprop_names") this.#names.get(content.id as number)?.(content.names as string[]);
    else this.#output(type, content, message);
  }

  /** A reply of the kernel inside. */
  hearReply(message: Message): void {
    if (message.parent.msg_id === this.#running?.inside && message.header.msg_type === "execute_reply") {
      this.#running?.replied(message.content);
    }
  }

  /** The kernel inside asks the person something. */
  hearPrompt(message: Message): void {
    if (message.header.msg_type !== "input_request" || !this.#running) return;
    this.#prompt = message;
    this.#outputs.flush();
    this.#front.send("stdin", "input_request", message.content, this.#running.request);
  }

  /** The person's answer. */
  answer(message: Message): void {
    if (!this.#prompt) return;
    this.#inner.request("stdin", "input_reply", message.content, this.#prompt.header);
    this.#prompt = undefined;
  }

  /** The kernel inside is gone: say so in the cell that ran, and give its reply. */
  end(failure: Failure): void {
    const running = this.#running;
    if (!running) return;
    running.error = failure;
    running.replied({ status: "error" });
    running.fenced({ characters: 0, prints: 0 });
  }

  async #runInside(id: number, request: Message, content: Content) {
    const running = { id, request } as Running;
    const replied = new Promise<Content>((resolve) => running.replied = resolve);
    const fenced = new Promise<{ characters: number; prints: number }>((resolve) => running.fenced = resolve);
    this.#running = running;
    running.inside = this.#inner.request("shell", "execute_request", content);
    const reply = await replied;
    const wasStopped = this.#stop.isFor(id);
    this.#stop.done();
    this.#prompt = undefined;
    if (wasStopped) await recover(this.#inner);
    this.#inner.order({ do: "fence", id, drop: wasStopped });
    const cut = await fenced;
    if (cut.prints > 0) this.#outputs.add("stream", { name: "stdout", text: noteOf(cut) });
    this.#outputs.flush();
    this.#inner.order({ do: "received", messages: 1e9 });
    this.#running = undefined;
    return { content: reply, error: running.error, wasStopped };
  }

  #output(type: string, content: Content, message: Message): void {
    const isError = type === "error" || type === "backprop_error";
    if (isError && this.#running) this.#running.error = asFailure(content); // shown last, with the learner's own lines
    else {this.#outputs.add(isError ? "error" : type, content, {
        metadata: message.metadata,
        buffers: message.buffers,
      });}
  }

  #explain(error: Failure, id: number, wasStopped: boolean): Promise<Failure> | Failure {
    if (error.ename === "KernelEnded") return error;
    if (wasStopped || error.ename === "Stopped") return STOPPED;
    return explainFailure(error, id, this.#cells);
  }
}

const STOPPED: Failure = {
  ename: "Stopped",
  evalue: "The cell was stopped. All variables keep their values.",
  traceback: ["Stopped: The cell was stopped. All variables keep their values."],
};

function asFailure({ ename, evalue, traceback }: Content): Failure {
  return { ename: String(ename), evalue: String(evalue), traceback: (traceback ?? []) as string[] };
}

function noteOf({ characters, prints }: { characters: number; prints: number }): string {
  const group = (n: number) => n.toLocaleString("en-US");
  return `\n[cut here: ${group(characters)} more characters in ${
    group(prints)
  } more outputs were not kept]\n`;
}
