import type { Visitor } from "./visitor.ts";

/** Deno's takes headers, which the types of the DOM do not know. */
const DenoWebSocket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

/** What a cell gave, as nbformat has it. */
export interface Output {
  output_type: string;
  [name: string]: unknown;
}

interface Message {
  header: { msg_type: string };
  parent_header: { msg_id?: string };
  content: Record<string, unknown>;
}

/** The kernel of a notebook on a server, through the WebSocket that JupyterLab uses too. */
export class RemoteKernel {
  readonly #socket: WebSocket;
  readonly #session: string = crypto.randomUUID();
  #hear: (message: Message) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
  }

  /**
   * Start a kernel for a notebook.
   *
   * @param base Of the user's server: `/user/ada`
   */
  static async start(
    origin: string,
    visitor: Visitor,
    base: string,
    notebook: string,
  ): Promise<RemoteKernel> {
    const { status, text } = await visitor.go(`${base}/api/sessions`, {
      json: { path: notebook, name: notebook, type: "notebook", kernel: { name: "deno" } },
    });
    if (status !== 201) throw new Error(`The session was not made (${status}): ${text}`);
    const path = `${base}/api/kernels/${JSON.parse(text).kernel.id}/channels`;
    const socket = new DenoWebSocket(origin.replace("http", "ws") + path, {
      headers: { cookie: visitor.cookies(path), origin },
    });
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = (event) =>
        reject(new Error(`No WebSocket at ${path}: ${(event as ErrorEvent).message}`));
    });
    return new RemoteKernel(socket);
  }

  /** Run a cell to its end. */
  run(code: string): Promise<Output[]> {
    const id = crypto.randomUUID();
    const outputs: Output[] = [];
    return new Promise((resolve, reject) => {
      let replied = false, idle = false;
      this.#socket.onclose = () => reject(new Error("The connection was closed while a cell ran."));
      this.#hear = ({ header: { msg_type }, parent_header, content }) => {
        if (parent_header.msg_id !== id) return;
        if (["stream", "display_data", "execute_result", "error"].includes(msg_type)) {
          outputs.push({ output_type: msg_type, ...content });
        }
        replied ||= msg_type === "execute_reply";
        idle ||= msg_type === "status" && content.execution_state === "idle";
        if (replied && idle) resolve(outputs);
      };
      this.#socket.send(JSON.stringify({
        channel: "shell",
        header: {
          msg_id: id,
          msg_type: "execute_request",
          session: this.#session,
          username: "",
          version: "5.4",
        },
        parent_header: {},
        metadata: {},
        content: { code, silent: false, store_history: true, allow_stdin: false, stop_on_error: true },
      }));
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#socket.onclose = () => resolve());
    this.#socket.close();
    await closed;
  }
}
