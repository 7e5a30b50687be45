import { join } from "@std/path";
import { type Connection, formatConnection, newConnection } from "./connection.ts";
import { findConfig, PROJECT } from "./imports.ts";
import { EndedEarlyError, InnerKernelError, MessageError } from "./errors.ts";
import type { Order } from "./inside/orders.ts";
import { log, Tally } from "./log.ts";
import { Client } from "./sockets.ts";
import { Watcher } from "./watcher.ts";
import { type Content, decode, encode, type Message, newHeader } from "./wire.ts";

/** Who hears what the kernel inside says. */
export interface InnerEvents {
  iopub(message: Message): void;
  shell(message: Message): void;
  stdin(message: Message): void;
  /** It wrote to its own terminal what a program's output is: the report of Deno's tests, for instance. */
  printed(text: string): void;
  /** The process has ended, asked or not. */
  ended(status: Deno.CommandStatus): void;
}

const INSIDE = new URL("./inside/mod.ts", import.meta.url).href;
/** A kernel that has not answered after so long does not start at all; milliseconds. */
const PATIENCE = 60_000;
/** What it says of a cell that was stopped. */
const EXPECTED = /^CDP response has null result\. .*(Execution was terminated|Promise was collected)/;
/** How many lines of its last words are kept. */
const LAST_LINES = 20;

/** The Deno kernel that runs the cells: a child process of this one, with a connection of its own. */
export class InnerKernel {
  readonly #child: Deno.ChildProcess;
  /** The cell that should stop, as a number: the beginning of a file, which the kernel behind sees as memory. */
  readonly #stop: Deno.FsFile;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array>;
  readonly #clients: Record<"shell" | "control" | "stdin" | "iopub", Client>;
  readonly #key: string;
  readonly #session = crypto.randomUUID();
  readonly #lastWords: string[] = [];
  readonly #reading: Promise<void>;
  /** Where cells run, if Deno was started elsewhere. */
  #folder: string | undefined;
  /** Who waits for an answer, by the request's id. */
  readonly #waiting = new Map<string, (content: Content | undefined) => void>();
  readonly #interrupts = new Set<Promise<unknown>>();
  #pings = 0;
  #ready: (() => void) | undefined;
  #unready: ((why: string) => void) | undefined;

  private constructor(
    child: Deno.ChildProcess,
    stop: Deno.FsFile,
    connection: Connection,
    events: InnerEvents,
  ) {
    this.#child = child;
    this.#stop = stop;
    this.#orders = child.stdin.getWriter();
    this.#key = connection.key;
    const dropped = new Tally("message of the Deno kernel dropped");
    const hear = (listener: (message: Message) => void) => (frames: Uint8Array[]) => {
      try {
        listener(decode(frames, this.#key));
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        dropped.add(error.message);
      }
    };
    this.#clients = {
      iopub: new Client(
        "SUB",
        "iopub",
        connection,
        hear((message) => {
          const { header: { msg_type: type }, content } = message;
          if (type === "backprop_ready") this.#ready?.();
          else if (type === "backprop_pong") this.#waiting.get(`ping ${content.id}`)?.(content);
          else events.iopub(message);
        }),
      ),
      shell: new Client(
        "DEALER",
        "shell",
        connection,
        hear((message) => {
          if (message.content.status === "error") this.#unready?.(String(message.content.evalue));
          this.#waiting.get(message.parent.msg_id ?? "")?.(message.content);
          events.shell(message);
        }),
      ),
      stdin: new Client("DEALER", "stdin", connection, hear(events.stdin)),
      control: new Client(
        "DEALER",
        "control",
        connection,
        hear((message) => this.#waiting.get(message.parent.msg_id ?? "")?.(message.content)),
      ),
    };
    this.#reading = Promise.all([
      this.#read(child.stdout, (line) => events.printed(`${line}\n`)),
      this.#read(child.stderr, (line) => this.#hear(line)),
    ]).then(() => {});
  }

  /**
   * Start the kernel and wait until it takes cells. `born` is called at once, so that it can be killed meanwhile.
   *
   * @throws {InnerKernelError} If it ends or does not answer
   */
  static async start(events: InnerEvents, born: (inner: InnerKernel) => void): Promise<InnerKernel> {
    const watcher = new Watcher();
    const folder = await Deno.makeTempDir({ prefix: "backprop-kernel-" });
    const forget = () => Deno.remove(folder, { recursive: true }).catch(() => {});
    watcher.guardFolder(folder);
    let child: Deno.ChildProcess | undefined;
    try {
      const stopFile = join(folder, "stop");
      await Deno.writeFile(stopFile, new Uint8Array(4), { mode: 0o600 });
      const stop = await Deno.open(stopFile, { write: true });
      const connection = newConnection();
      const file = join(folder, "inner.json");
      await Deno.writeTextFile(file, formatConnection(connection), { mode: 0o600 });
      // Deno looks for its configuration above the folder that it starts in, and takes no other.
      const away = await findConfig(Deno.cwd()) === undefined;
      child = new Deno.Command(Deno.execPath(), {
        cwd: away ? PROJECT : undefined,
        args: ["jupyter", "--kernel", "--conn", file],
        env: { DENO_V8_FLAGS: "--expose-gc", BACKPROP_STOP_FILE: stopFile },
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      watcher.guardProcess(child.pid);
      const inner = new InnerKernel(child, stop, connection, events);
      born(inner);
      child.status.then((status) => {
        watcher.dismiss();
        stop.close();
        forget();
        events.ended(status);
      });
      if (away) inner.#folder = Deno.cwd();
      await inner.#prepare();
      await Deno.remove(file);
      return inner;
    } catch (error) {
      if (!child) await forget();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** What it said last on its own terminal. */
  async lastWords(): Promise<string> {
    await Promise.race([this.#reading, new Promise((resolve) => setTimeout(resolve, 500))]);
    return this.#lastWords.join("\n");
  }

  /** Send a request; the answer's parent carries the id that is returned. */
  request(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: Content,
    parent: Message["parent"] = {},
  ) {
    const header = newHeader(type, this.#session);
    const message = { identities: [], header, parent, metadata: {}, content, buffers: [] };
    this.#clients[channel].send(encode(message, this.#key));
    return header.msg_id;
  }

  /** Ask the part of ours that is inside for something. */
  order(order: Order): void {
    const line = new TextEncoder().encode(JSON.stringify(order) + "\n");
    this.#orders.write(line).catch(() => {}); // it has ended, and that is told elsewhere
  }

  /** Tell a cell to stop: what awaits, and its loops. */
  stop(id: number): void {
    this.order({ do: "stop", id });
    this.#tellLoops(id);
  }

  /** No cell should stop any more. */
  stopped(): void {
    this.#tellLoops(0);
  }

  #tellLoops(id: number): void {
    try {
      this.#stop.seekSync(0, Deno.SeekMode.Start);
      this.#stop.writeSync(new Uint8Array(Int32Array.of(id).buffer));
    } catch {
      // closed: the kernel has ended
    }
  }

  /** Have V8 terminate whatever runs. */
  interrupt(): void {
    const replied = this.#answer(this.request("control", "interrupt_request", {}), 1000);
    this.#interrupts.add(replied);
    replied.then(() => this.#interrupts.delete(replied));
  }

  /** When every {@link interrupt} has had its effect. */
  async interrupted(): Promise<void> {
    await Promise.all(this.#interrupts);
  }

  /** Run code of ours; gives the reply, or `undefined` if none comes in time. */
  evaluate(code: string, milliseconds: number): Promise<Content | undefined> {
    return this.#answer(this.#requestSilently(code), milliseconds);
  }

  /** Whether our part inside answers in time. */
  async ping(milliseconds: number): Promise<boolean> {
    const id = ++this.#pings;
    this.order({ do: "ping", id });
    return await this.#answer(`ping ${id}`, milliseconds) !== undefined;
  }

  /** End it at once. */
  kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // it is gone
    }
    for (const client of Object.values(this.#clients)) client.close();
  }

  /** Load our part. Answers that are sent before this side listens are lost, so the question is repeated. */
  async #prepare(): Promise<void> {
    const ready = new Promise<void>((resolve) => this.#ready = resolve);
    const move = this.#folder ? `Deno.chdir(${JSON.stringify(this.#folder)}); ` : "";
    const load =
      `${move}await (globalThis[Symbol.for("backprop.inside")] ??= import(${JSON.stringify(INSIDE)}))` +
      `; await Deno[Deno.internal].jupyter.ready?.()`;
    const ask = () => this.#requestSilently(load);
    ask();
    const refused = new Promise<string>((resolve) => this.#unready = resolve);
    const again = setInterval(ask, 150);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<"late">((resolve) => timer = setTimeout(() => resolve("late"), PATIENCE));
    const outcome = await Promise.race([ready, late, refused, this.#child.status]);
    clearInterval(again);
    clearTimeout(timer);
    this.#unready = undefined;
    if (outcome === undefined) return;
    const why = outcome === "late"
      ? `did not answer for ${PATIENCE / 1000} seconds`
      : typeof outcome === "string"
      ? `could not load ${INSIDE} (${outcome})`
      : `ended (code ${outcome.code})`;
    const words = await this.lastWords();
    this.kill();
    const Why = typeof outcome === "object" ? EndedEarlyError : InnerKernelError;
    throw new Why(
      `The Deno kernel ${why} before the first cell.${words ? ` It said:\n${words}` : ""}`,
    );
  }

  #answer(id: string, milliseconds: number): Promise<Content | undefined> {
    return new Promise<Content | undefined>((resolve) => {
      const timer = setTimeout(() => this.#waiting.get(id)?.(undefined), milliseconds);
      this.#waiting.set(id, (content) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(content);
      });
    });
  }

  #requestSilently(code: string): string {
    return this.request("shell", "execute_request", {
      code,
      silent: true,
      store_history: false,
      allow_stdin: false,
    });
  }

  async #read(stream: ReadableStream<Uint8Array>, hear: (line: string) => void): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of stream) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop()!.slice(-2000);
      for (const line of lines) hear(line);
    }
    if (rest) hear(rest);
  }

  #hear(line: string): void {
    if (!line.trim() || /"deno jupyter" is unstable/.test(line)) return;
    // The thread that runs the cells is gone, and the rest would wait for it for ever.
    if (/^thread '.*' panicked at /.test(line)) this.kill();
    this.#lastWords.push(line.slice(0, 500));
    if (this.#lastWords.length > LAST_LINES) this.#lastWords.shift();
    if (!EXPECTED.test(line)) log(line.slice(0, 500));
  }
}
