import { WireError } from "./errors.ts";

/** What a socket is, in the words of ZeroMQ; the kernel needs no more of it. */
export type SocketType = "ROUTER" | "DEALER" | "PUB" | "SUB";

/** A frame longer than this is no frame but noise. */
const LONGEST = 1 << 30;
/** A peer that has not introduced itself after so long is none; milliseconds. */
const HANDSHAKE = 5000;
const GREETING = 64;
/** Bits of a frame's first byte. */
const MORE = 1, LONG = 2, COMMAND = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * One connection, TCP or a Unix socket, that speaks ZMTP 3.0, the protocol of ZeroMQ, without encryption.
 *
 * It is little, and written here because `npm:zeromq` loses wake-ups on Deno: messages lie in its sockets unread.
 * Source: ZeroMQ's RFC 23.
 */
export class Peer {
  readonly #connection: Deno.Conn;
  #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;
  #last: Promise<void> = Promise.resolve();
  #backlog = 0;
  #closed = false;
  /** What the peer calls itself; a router answers to that. Empty if it does not say. */
  identity = "";

  private constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /**
   * Introduce oneself, and hear who the other is.
   *
   * @throws {WireError} If the other does not speak this protocol; the connection is closed then
   */
  static async meet(connection: Deno.Conn, type: SocketType): Promise<Peer> {
    if ("setNoDelay" in connection) (connection as Deno.TcpConn).setNoDelay(true);
    const peer = new Peer(connection);
    const timer = setTimeout(() => peer.close(), HANDSHAKE);
    try {
      await peer.#write([greeting()]);
      checkGreeting(await peer.#take(GREETING));
      await peer.#write([ready(type)]);
      peer.identity = readReady(await peer.#frame());
      return peer;
    } catch (error) {
      peer.close();
      throw error instanceof WireError
        ? error
        : new WireError(`the connection broke off: ${(error as Error).message}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whole messages as they come, until the other side closes. */
  async *messages(): AsyncGenerator<Uint8Array[]> {
    let frames: Uint8Array[] = [];
    while (true) {
      let frame;
      try {
        frame = await this.#frame();
      } catch (error) {
        if (error instanceof WireError) throw error;
        return; // closed, perhaps in the middle of a message
      }
      if (frame.flags & COMMAND) continue; // none of them matters here
      frames.push(frame.bytes);
      if (frame.flags & MORE) continue;
      yield frames;
      frames = [];
    }
  }

  /** How many bytes wait to be sent. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Send a message; messages go out whole, in the order of the calls. A closed connection swallows them. */
  send(frames: Uint8Array[]): Promise<void> {
    const parts: Uint8Array[] = [];
    frames.forEach((bytes, i) => parts.push(head(bytes.length, i < frames.length - 1 ? MORE : 0), bytes));
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    this.#backlog += size;
    this.#last = this.#last.then(() => this.#write(parts)).catch(() => this.close()).finally(() =>
      this.#backlog -= size
    );
    return this.#last;
  }

  /** When all that was sent so far has left. */
  flushed(): Promise<void> {
    return this.#last;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#connection.close();
    } catch {
      // the other side was first
    }
  }

  async #frame(): Promise<{ flags: number; bytes: Uint8Array }> {
    const [flags] = await this.#take(1);
    if (flags > 7) throw new WireError(`a frame begins with the byte ${flags}`);
    const length = await this.#take(flags & LONG ? 8 : 1);
    const size = flags & LONG
      ? Number(new DataView(length.buffer, length.byteOffset).getBigUint64(0))
      : length[0];
    if (size > LONGEST) throw new WireError(`a frame claims to have ${size} bytes`);
    return { flags, bytes: await this.#take(size) };
  }

  /** The next so many bytes, a copy. */
  async #take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    let done = 0;
    while (done < count) {
      if (this.#start === this.#end) {
        this.#start = this.#end = 0;
        const isLarge = count - done >= this.#buffer.length;
        const read = await this.#connection.read(isLarge ? taken.subarray(done) : this.#buffer);
        if (read === null) throw new Deno.errors.UnexpectedEof("closed");
        if (isLarge) {
          done += read;
          continue;
        }
        this.#end = read;
      }
      const some = this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + count - done));
      taken.set(some, done);
      this.#start += some.length;
      done += some.length;
    }
    return taken;
  }

  /** Small parts travel together, as one write each would be slow. */
  async #write(parts: Uint8Array[]): Promise<void> {
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    for (let sent = 0; sent < size;) sent += await this.#connection.write(whole.subarray(sent));
  }
}

function head(size: number, flags: number): Uint8Array {
  if (size < 256) return Uint8Array.of(flags, size);
  const bytes = new Uint8Array(9);
  bytes[0] = flags | LONG;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(size));
  return bytes;
}

/** Signature, version 3.0, mechanism NULL, and zeros. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(encoder.encode("NULL"), 12);
  return bytes;
}

function checkGreeting(bytes: Uint8Array): void {
  if (bytes[0] !== 0xff || bytes[9] !== 0x7f) throw new WireError("the greeting is not that of ZeroMQ");
  if (bytes[10] < 3) throw new WireError(`expected version 3 of ZeroMQ's protocol, got ${bytes[10]}`);
  const mechanism = decoder.decode(bytes.subarray(12, 32)).replaceAll("\0", "");
  if (mechanism !== "NULL") throw new WireError(`expected no encryption (NULL), got ${mechanism}`);
}

function ready(type: SocketType): Uint8Array {
  const name = encoder.encode("Socket-Type"), value = encoder.encode(type);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, value.length);
  const body = [5, ...encoder.encode("READY"), name.length, ...name, ...length, ...value];
  return Uint8Array.from([COMMAND, body.length, ...body]);
}

/** The name that a peer gives itself in its READY command. */
function readReady({ flags, bytes }: { flags: number; bytes: Uint8Array }): string {
  if (!(flags & COMMAND) || decoder.decode(bytes.subarray(1, 1 + bytes[0])) !== "READY") {
    throw new WireError("expected the command READY");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 1 + bytes[0]; at < bytes.length;) {
    const nameEnd = at + 1 + bytes[at];
    if (nameEnd + 4 > bytes.length) throw new WireError("the command READY is cut off");
    const name = decoder.decode(bytes.subarray(at + 1, nameEnd));
    const end = nameEnd + 4 + view.getUint32(nameEnd);
    if (name.toLowerCase() === "identity") return key(bytes.subarray(nameEnd + 4, end));
    at = end;
  }
  return "";
}

/** Bytes as text, to look them up by. */
export function key(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The inverse of {@link key}. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
