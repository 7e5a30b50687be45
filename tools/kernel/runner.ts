import { compile, type Compiled } from "./cell/compile.ts";
import type { Kind } from "./cell/scope.ts";
import type { Thrown } from "./cell/thrown.ts";
import { Cells } from "./cell/cells.ts";
import { explainMistake, explainThrown, type Failure } from "./cell/failure.ts";
import type { Front } from "./front.ts";
import type { InnerKernel } from "./inner.ts";
import { log } from "./log.ts";
import { Outputs } from "./outputs.ts";
import { recover } from "./recovery.ts";
import { Stop } from "./stop.ts";
import { blankTypes, transformTypes, transpileTypes } from "./strip.ts";
import { UncaughtErrors } from "./uncaught.ts";
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

/** What is said when all outputs of a cell are in. */
interface Fence {
  /** What was more than a cell may show. */
  cut: { characters: number; prints: number };
  /** How many of its declarations the cell has reached. */
  step: number;
}

/** A cell that runs. */
interface Running {
  id: number;
  request: Message;
  /** The id that the kernel inside knows it by. */
  inside: string;
  replied: (content: Content) => void;
  /** All of its outputs are in. */
  fenced: (fence: Fence) => void;
  /** What the kernel inside published as an error, or nothing. */
  error?: Failure;
}

/** Runs cells in the kernel inside: one at a time, all outputs before the end. */
export class Runner {
  readonly #front: Front;
  readonly #inner: InnerKernel;
  readonly #outputs: Outputs;
  readonly #stop: Stop;
  readonly #cells = new Cells<Message>();
  readonly #uncaught: UncaughtErrors;
  readonly #asked = new Map<number, (names: string[]) => void>();
  #running: Running | undefined;
  #last = 0;
  #prompt: Message | undefined;
  /** How many cells there were, as front ends count them. */
  count = 0;
  /** Whether the text of the last cell could be read. */
  isReadable = true;
  /** What cells have declared so far. */
  readonly #names = new Map<string, Kind>();

  constructor(front: Front, inner: InnerKernel) {
    this.#front = front;
    this.#inner = inner;
    this.#outputs = new Outputs(front);
    this.#uncaught = new UncaughtErrors(front, this.#outputs, this.#cells);
    this.#stop = new Stop(inner, () => {
      log("the cell cannot be ended; the kernel behind is started anew");
      inner.kill();
    });
  }

  /** Run one cell to its end; gives the content of the reply, which the caller sends. */
  async run(request: Message): Promise<Content> {
    const { code, silent, store_history } = request.content;
    const source = String(code ?? "");
    const isSilent = silent === true;
    if (!isSilent && store_history !== false) this.count += 1;
    const count = this.count;
    this.#outputs.begin(request);
    if (!isSilent) this.#front.publish("execute_input", { code: source, execution_count: count }, request);
    const empty = { status: "ok", execution_count: count, payload: [], user_expressions: {} };
    if (source.trim() === "") return empty;

    const id = ++this.#last;
    this.#cells.remember({ id, count, source, request });
    const compiled = await compile(source, { names: this.#names, builtin: BUILTIN, strips: STRIPS });
    this.isReadable = "script" in compiled;
    const failure = "mistake" in compiled
      ? explainMistake(compiled.mistake, source)
      : await this.#runCompiled(id, request, compiled);
    if (!failure) return empty;
    if (!isSilent) this.#outputs.add("error", { ...failure });
    this.#outputs.flush();
    return { status: "error", execution_count: count, ...failure };
  }

  /** What cells have declared so far. */
  get declared(): Iterable<string> {
    return this.#names.keys();
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
      const timer = setTimeout(() => this.#asked.get(id)?.([]), 400); // a cell is running that lets nobody in
      this.#asked.set(id, (names) => {
        clearTimeout(timer);
        this.#asked.delete(id);
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
      if (content.id === this.#running?.id) this.#running?.fenced(content as unknown as Fence);
    } else if (type === "backprop_stopping") this.#stop.heard(content.id as number);
    else if (type === "backprop_handled") this.#stop.done();
    else if (type === "backprop_names") this.#asked.get(content.id as number)?.(content.names as string[]);
    else this.#output(type, content, message);
  }

  /** Text that did not come by messages. */
  hearText(text: string): void {
    if (this.#running) this.#outputs.add("stream", { name: "stdout", text });
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
    running.fenced({ cut: { characters: 0, prints: 0 }, step: 0 });
  }

  /** Run the script of a cell; gives what it failed by. */
  async #runCompiled(id: number, request: Message, cell: Compiled): Promise<Failure | undefined> {
    const { silent, store_history, allow_stdin } = request.content;
    const { script, places, variables, declared } = cell;
    const added = variables.filter((_, i) => !this.#names.has(declared[i].name));
    const unset = [...this.#names].filter(([, kind]) => kind === "unset").map(([name]) => name);
    const isSilent = silent === true;
    const text = JSON.stringify({ id, count: this.count, isSilent, script, places, variables, unset });
    // The names have to be there before the script, which only sets them; those that are there already are as good.
    const code = (added.length > 0 ? `let ${added.join(", ")};\n` : "") +
      `await __backprop_cell(${
        JSON.stringify(text)
      }, (from, options) => import(from, options), (text) => (0, eval)(text));`;
    const content = { code, silent: isSilent, store_history, allow_stdin: allow_stdin === true };
    const { reply, error, wasStopped, step } = await this.#runInside(id, request, content);
    const failure = error ?? (reply.status === "error" ? asFailure(reply) : undefined);
    for (const { name, kind, step: needed } of declared) {
      if (needed <= step) this.#names.set(name, kind);
      else if (!this.#names.has(name)) this.#names.set(name, "unset");
    }
    if (!failure) return undefined;
    if (failure.ename === "KernelEnded") return failure;
    return wasStopped || failure.ename === "Stopped" ? STOPPED : failure;
  }

  async #runInside(id: number, request: Message, content: Content) {
    const running = { id, request } as Running;
    const replied = new Promise<Content>((resolve) => running.replied = resolve);
    const fenced = new Promise<Fence>((resolve) => running.fenced = resolve);
    this.#running = running;
    this.#uncaught.begin(id);
    running.inside = this.#inner.request("shell", "execute_request", content);
    const reply = await replied;
    const wasStopped = this.#stop.isFor(id);
    this.#stop.done();
    this.#prompt = undefined;
    if (wasStopped) await recover(this.#inner);
    this.#inner.order({ do: "fence", id, drop: wasStopped });
    // Should the event loop there stand still, a request makes it turn.
    const nudge = setInterval(() => this.#inner.evaluate("void 0", 1000), NUDGE);
    const { cut, step } = await fenced;
    clearInterval(nudge);
    if (cut.prints > 0) this.#outputs.add("stream", { name: "stdout", text: noteOf(cut) });
    this.#outputs.flush();
    this.#inner.order({ do: "received", messages: 1e9 });
    this.#running = undefined;
    this.#uncaught.end();
    return { reply, error: running.error, wasStopped, step };
  }

  #output(type: string, content: Content, { metadata, buffers, parent }: Message): void {
    if (type === "backprop_uncaught") return this.#uncaught.add(content);
    if (type !== "backprop_error" && type !== "error") {
      return this.#outputs.add(type, content, { metadata, buffers });
    }
    // What the kernel behind says of questions of our own is no output.
    if (type === "error" && parent.msg_id !== this.#running?.inside) return;
    const failure = type === "error"
      ? asFailure(content)
      : explainThrown(content.thrown as Thrown, this.#cells);
    if (this.#running) this.#running.error = failure; // shown last
    else this.#outputs.add("error", { ...failure });
  }
}

/** Names of the language and of Deno. */
const BUILTIN: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));
const STRIPS = [blankTypes, transformTypes, transpileTypes];
/** Longer than the outputs of a cell are on their way when all is well; milliseconds. */
const NUDGE = 500;

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
