import { fromFileUrl, join } from "@std/path";
import { type Connection, formatConnection, newConnection } from "./connection.ts";
import { MessageError } from "./errors.ts";
import { Client } from "./sockets.ts";
import { type Content, decode, encode, type Message, newHeader } from "./wire.ts";

/** What a cell did, as a front end sees it that stops listening at `idle`. */
export interface Outcome {
  /** The outputs, in order: message type and content. */
  outputs: { type: string; content: Content }[];
  reply: Content;
  milliseconds: number;
}

/** How a {@link KernelClient} starts its kernel. */
export interface ClientOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Ports of this machine, unless said. */
  connection?: Connection;
}

/** A small front end, for tests and measurements: it starts a kernel and runs cells in it. */
export class KernelClient {
  readonly process: Deno.ChildProcess;
  readonly connection: Connection;
  readonly file: string;
  readonly #folder: string;
  readonly #log: Promise<string>;
  readonly #clients: Record<"shell" | "control" | "iopub", Client>;
  readonly #hear = new Map<string, (message: Message) => void>();
  /** Outputs that came when their cell was done. */
  readonly lateOutputs: { type: string; content: Content }[] = [];

  /** Starts the kernel; `ready` says when it can be used. */
  constructor(kind: "ours" | "stock", options: ClientOptions = {}) {
    this.#folder = Deno.makeTempDirSync({ prefix: "kernel-client-" });
    // Files, where that can be: nobody else takes them between their choice and the kernel's start, as happens to ports.
    const files = kind === "ours" && Deno.build.os === "linux";
    this.connection = options.connection ??
      { ...newConnection(), ...(files ? { transport: "ipc", ip: join(this.#folder, "kernel") } : {}) };
    this.file = join(this.#folder, "connection.json");
    Deno.writeTextFileSync(this.file, formatConnection(this.connection), { mode: 0o600 });
    const root = fromFileUrl(new URL("../..", import.meta.url));
    const main = fromFileUrl(new URL("./main.ts", import.meta.url));
    const args = kind === "stock"
      ? ["jupyter", "--kernel", "--conn", this.file]
      : ["run", "-A", "--no-lock", "--config", join(root, "deno.json"), main, this.file];
    this.process = new Deno.Command(Deno.execPath(), {
      args,
      cwd: options.cwd ?? root,
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...options.env },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#log = new Response(this.process.stderr).text();
    const dispatch = (frames: Uint8Array[]) => {
      try {
        this.#dispatch(decode(frames, this.connection.key));
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        this.spoiled += 1;
      }
    };
    this.#clients = {
      iopub: new Client("SUB", "iopub", this.connection, dispatch),
      shell: new Client("DEALER", "shell", this.connection, dispatch),
      control: new Client("DEALER", "control", this.connection, dispatch),
    };
  }

  /** How many messages could not be read, or had a wrong signature. */
  spoiled = 0;

  /** How many outputs came when nobody listened to them any more. */
  get late(): number {
    return this.lateOutputs.length;
  }

  /** Ask until both an answer and a status have come: then the connection is whole. */
  async ready(): Promise<void> {
    let reply = false, idle = false;
    while (!reply || !idle) {
      const { id, forget } = this.#request("shell", "kernel_info_request", {}, (message) => {
        if (message.header.msg_type === "status") idle = true;
        else reply = true;
      });
      void id;
      for (let i = 0; i < 20 && !(reply && idle); i++) await sleep(10);
      forget();
    }
  }

  /**
   * Run a cell.
   *
   * @param onOutput Hears each output as it comes, and `execute_input` when the cell begins
   * @param allow_stdin Whether a person sits there, who can be asked
   */
  execute(
    code: string,
    onOutput: (type: string, content: Content) => void = () => {},
    allow_stdin = false,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      const started = performance.now();
      const outputs: Outcome["outputs"] = [];
      let reply: Content | undefined;
      let idle: number | undefined;
      const { forget } = this.#request(
        "shell",
        "execute_request",
        { code, store_history: true, allow_stdin },
        (message) => {
          const { header: { msg_type: type }, content } = message;
          if (type === "execute_reply") reply = content;
          else if (type === "status") {
            if (content.execution_state === "idle") idle = performance.now();
          } else {
            if (type !== "execute_input") outputs.push({ type, content });
            onOutput(type, content);
          }
          if (!reply || idle === undefined) return;
          forget();
          resolve({ outputs, reply, milliseconds: idle - started });
        },
      );
    });
  }

  /** Ask something else; gives the content of the reply. */
  ask(type: string, content: Content, channel: "shell" | "control" = "shell"): Promise<Content> {
    return new Promise((resolve) => {
      const { forget } = this.#request(channel, type, content, (message) => {
        if (message.header.msg_type === "status") return;
        forget();
        resolve(message.content);
      });
    });
  }

  /** Send bytes that may be no message at all. */
  sendFrames(frames: Uint8Array[]): void {
    this.#clients.shell.send(frames);
  }

  /** End the kernel, and give what it wrote to its log. */
  async close(): Promise<string> {
    for (const client of Object.values(this.#clients)) client.close();
    try {
      this.process.kill("SIGTERM");
    } catch {
      // it has ended
    }
    const killer = setTimeout(() => this.process.kill("SIGKILL"), 3000);
    await this.process.status;
    clearTimeout(killer);
    await Deno.remove(this.#folder, { recursive: true }).catch(() => {});
    return await this.#log;
  }

  #request(channel: "shell" | "control", type: string, content: Content, hear: (message: Message) => void) {
    const header = newHeader(type, "client");
    this.#hear.set(header.msg_id, hear);
    const message = { identities: [], header, parent: {}, metadata: {}, content, buffers: [] };
    this.#clients[channel].send(encode(message, this.connection.key));
    return { id: header.msg_id, forget: () => this.#hear.delete(header.msg_id) };
  }

  #dispatch(message: Message): void {
    const hear = this.#hear.get(message.parent.msg_id ?? "");
    if (hear) hear(message);
    else if (/^(stream|display_data|execute_result|error)$/.test(message.header.msg_type)) {
      this.lateOutputs.push({ type: message.header.msg_type, content: message.content });
    }
  }
}

/** Wait. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
