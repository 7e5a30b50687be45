import { type Address, addressOf, type Channel, type Connection } from "./connection.ts";
import { KernelError, PortTakenError, WireError } from "./errors.ts";
import type { Tally } from "./log.ts";
import { bytesOf, key, Peer, type SocketType } from "./zmtp.ts";

/** Bytes that may wait for one front end: as much as a notebook full of pictures, and still not all memory. */
const FURTHEST_BEHIND = 512 * 1024 * 1024;

/** A port, or a file, that peers connect to. */
abstract class Server {
  readonly #listener: Deno.Listener;
  readonly #type: SocketType;
  readonly #refused: Tally;
  protected readonly peers = new Set<Peer>();

  /** @throws {PortTakenError} If another program has the port */
  constructor(type: SocketType, channel: Channel, connection: Connection, refused: Tally) {
    this.#type = type;
    this.#refused = refused;
    const address = addressOf(connection, channel);
    try {
      this.#listener = listen(address);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) {
        throw new KernelError(
          `${nameOf(address)} cannot be used for ${channel}: ${(error as Error).message}.`,
        );
      }
      throw new PortTakenError(
        `${nameOf(address)}, meant for ${channel}, is taken by another program. ` +
          "Start the kernel again: it gets another.",
      );
    }
    this.#accept();
  }

  /** What to do with a message of a peer. */
  protected abstract hear(frames: Uint8Array[], peer: Peer): void;

  async flushed(): Promise<void> {
    await Promise.all([...this.peers].map((peer) => peer.flushed()));
  }

  close(): void {
    this.#listener.close();
    for (const peer of this.peers) peer.close();
  }

  async #accept(): Promise<void> {
    try {
      for await (const connection of this.#listener) this.#serve(connection);
    } catch {
      // closed
    }
  }

  async #serve(connection: Deno.Conn): Promise<void> {
    let peer: Peer | undefined;
    try {
      peer = await Peer.meet(connection, this.#type);
      this.peers.add(peer);
      for await (const frames of peer.messages()) this.hear(frames, peer);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#refused.add(error.message);
    } finally {
      if (peer) this.peers.delete(peer);
      peer?.close();
    }
  }
}

/** Answers each peer by its name, which is the first frame of every message in and out. */
export class RouterServer extends Server {
  readonly #hear: (frames: Uint8Array[]) => void;

  constructor(
    channel: Channel,
    connection: Connection,
    refused: Tally,
    hear: (frames: Uint8Array[]) => void,
  ) {
    super("ROUTER", channel, connection, refused);
    this.#hear = hear;
  }

  send([name, ...frames]: Uint8Array[]): void {
    const wanted = key(name);
    // Of several with one name the latest counts: the earlier ones are connections that broke.
    [...this.peers].findLast(({ identity }) => identity === wanted)?.send(frames);
  }

  protected override hear(frames: Uint8Array[], peer: Peer): void {
    peer.identity ||= `\0${crypto.randomUUID()}`;
    this.#hear([bytesOf(peer.identity), ...frames]);
  }
}

/** Sends whatever comes back to where it came from: the heartbeat. */
export class EchoServer extends Server {
  constructor(channel: Channel, connection: Connection, refused: Tally) {
    super("ROUTER", channel, connection, refused);
  }

  protected override hear(frames: Uint8Array[], peer: Peer): void {
    peer.send(frames);
  }
}

/** Sends every message to whoever has subscribed. */
export class PublisherServer extends Server {
  readonly #topics = new WeakMap<Peer, Set<string>>();
  readonly #behind: Tally;
  readonly #furthest: number;

  /** @param furthest A front end that has fallen so far behind, in bytes, is given up */
  constructor(channel: Channel, connection: Connection, refused: Tally, furthest = FURTHEST_BEHIND) {
    super("PUB", channel, connection, refused);
    this.#behind = refused;
    this.#furthest = furthest;
  }

  send(frames: Uint8Array[]): void {
    const topic = key(frames[0]);
    for (const peer of this.peers) {
      const topics = this.#topics.get(peer);
      if (!topics || ![...topics].some((start) => topic.startsWith(start))) continue;
      if (peer.backlog > this.#furthest) {
        this.#behind.add("a front end does not read what it is sent");
        peer.close();
      } else peer.send(frames);
    }
  }

  protected override hear([frame]: Uint8Array[], peer: Peer): void {
    const topics = this.#topics.get(peer) ?? new Set();
    this.#topics.set(peer, topics);
    const topic = key(frame.subarray(1));
    if (frame[0] === 1) topics.add(topic);
    else topics.delete(topic);
  }
}

/** A connection to a server that may not be there yet. */
export class Client {
  readonly #peer: Promise<Peer>;
  #closed = false;

  constructor(
    type: "DEALER" | "SUB",
    channel: Channel,
    connection: Connection,
    hear: (frames: Uint8Array[]) => void,
  ) {
    this.#peer = this.#connect(type, addressOf(connection, channel));
    this.#peer.then(async (peer) => {
      if (type === "SUB") peer.send([Uint8Array.of(1)]); // everything
      for await (const frames of peer.messages()) hear(frames);
    }).catch((error) => {
      if (!this.#closed) throw error;
    });
  }

  /** Send a message, as soon as there is a connection. */
  send(frames: Uint8Array[]): void {
    this.#peer.then((peer) => peer.send(frames)).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#peer.then((peer) => peer.close()).catch(() => {});
  }

  async #connect(type: SocketType, address: Address): Promise<Peer> {
    while (!this.#closed) {
      try {
        return await Peer.meet(await connect(address), type);
      } catch (error) {
        if (!NOT_THERE.some((kind) => error instanceof kind)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    throw new WireError("closed before it was connected");
  }
}

/** What a server that is not there yet is told by; a file that is not there is one. */
const NOT_THERE = [Deno.errors.ConnectionRefused, Deno.errors.NotFound, WireError];

// Deno tells its two kinds of address apart by type, so each has a call of its own.
function listen(address: Address): Deno.Listener {
  return "path" in address ? Deno.listen(address) : Deno.listen(address);
}

function connect(address: Address): Promise<Deno.Conn> {
  return "path" in address ? Deno.connect(address) : Deno.connect(address);
}

function nameOf(address: Address): string {
  return "path" in address ? `The socket ${address.path}` : `Port ${address.port}`;
}
