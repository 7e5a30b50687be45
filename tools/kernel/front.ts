import type { Connection } from "./connection.ts";
import { MessageError } from "./errors.ts";
import { Tally } from "./log.ts";
import { EchoServer, PublisherServer, RouterServer } from "./sockets.ts";
import { type Content, decode, encode, type Message, newHeader } from "./wire.ts";

/** Who answers what comes from Jupyter. */
export interface FrontEvents {
  shell(request: Message): void;
  control(request: Message): void;
  stdin(reply: Message): void;
}

/** A channel that answers. */
export type Asked = "shell" | "control" | "stdin";

/** The side of the kernel that Jupyter talks to. */
export class Front {
  readonly #servers: Record<Asked, RouterServer>;
  readonly #iopub: PublisherServer;
  readonly #hb: EchoServer;
  readonly #key: string;
  readonly #session = crypto.randomUUID();
  /** Messages that were malformed or not signed by Jupyter. */
  readonly dropped = new Tally("message dropped");

  /**
   * Take the ports, and hear from now on.
   *
   * @throws {PortTakenError} If one of them is in use
   */
  constructor(connection: Connection, events: FrontEvents) {
    this.#key = connection.key;
    const open: { close(): void }[] = [];
    const keep = <T extends { close(): void }>(server: T) => (open.push(server), server);
    const router = (channel: Asked) =>
      keep(
        new RouterServer(channel, connection, this.dropped, (frames) => this.#hear(frames, events[channel])),
      );
    try {
      this.#servers = { shell: router("shell"), control: router("control"), stdin: router("stdin") };
      this.#iopub = keep(new PublisherServer("iopub", connection, this.dropped));
      this.#hb = keep(new EchoServer("hb", connection, this.dropped));
    } catch (error) {
      for (const server of open) server.close();
      throw error;
    }
  }

  /** Tell every front end something that belongs to a request. */
  publish(type: string, content: Content, request?: Message, extra: Partial<Message> = {}): void {
    const message = {
      identities: [new TextEncoder().encode(type)],
      header: newHeader(type, this.#session),
      parent: request?.header ?? {},
      metadata: extra.metadata ?? {},
      content,
      buffers: extra.buffers ?? [],
    };
    this.#iopub.send(encode(message, this.#key));
  }

  /** Answer a request, or ask something of the one who sent it. */
  send(channel: Asked, type: string, content: Content, request: Message): void {
    const message = {
      identities: request.identities,
      header: newHeader(type, this.#session),
      parent: request.header,
      metadata: {},
      content,
      buffers: [],
    };
    this.#servers[channel].send(encode(message, this.#key));
  }

  status(state: "starting" | "busy" | "idle", request?: Message): void {
    this.publish("status", { execution_state: state }, request);
  }

  /** Send what is left, for a moment at most, and let go of the ports. */
  async close(): Promise<void> {
    const servers = [...Object.values(this.#servers), this.#iopub, this.#hb];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise((resolve) => timer = setTimeout(resolve, 1000));
    await Promise.race([Promise.all(servers.map((server) => server.flushed())), late]);
    clearTimeout(timer);
    for (const server of servers) server.close();
  }

  #hear(frames: Uint8Array[], hear: (message: Message) => void): void {
    try {
      hear(decode(frames, this.#key));
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      this.dropped.add(error.message);
    }
  }
}
