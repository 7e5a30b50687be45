/** A program at the other end answered a request with an error, or is gone. */
export class RpcError extends Error {
  override name = "RpcError";
}

interface Incoming {
  id?: number | string;
  method?: string;
  result?: unknown;
  error?: { message: string };
}

/** JSON-RPC 2.0 as language servers speak it: each message has a header that says how many bytes it is long. */
export class Rpc {
  readonly #output: WritableStreamDefaultWriter<Uint8Array>;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;
  #isClosed = false;
  /** Resolves when the other end has closed its output. */
  readonly closed: Promise<void>;

  /** Speak through the input and the output of a process. */
  constructor(stdin: WritableStream<Uint8Array>, stdout: ReadableStream<Uint8Array>) {
    this.#output = stdin.getWriter();
    this.closed = this.#read(stdout).catch(() => {}).then(() => {
      this.#isClosed = true;
      for (const { reject } of this.#waiting.values()) reject(new RpcError("it has ended"));
      this.#waiting.clear();
    });
  }

  /**
   * Ask for something.
   *
   * @throws {RpcError} If the answer is an error, or none will come
   */
  async request<T>(method: string, params: unknown): Promise<T> {
    if (this.#isClosed) throw new RpcError("it has ended");
    const id = ++this.#last;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    this.#send({ id, method, params });
    return await answer.promise as T;
  }

  /** Say something that has no answer. */
  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Record<string, unknown>): void {
    const body = new TextEncoder().encode(JSON.stringify({ jsonrpc: "2.0", ...message }));
    const head = new TextEncoder().encode(`Content-Length: ${body.length}\r\n\r\n`);
    for (const bytes of [head, body]) this.#output.write(bytes).catch(() => {}); // its end is told by `closed`
  }

  async #read(stdout: ReadableStream<Uint8Array>): Promise<void> {
    let bytes = new Uint8Array(0);
    for await (const chunk of stdout) {
      const joined = new Uint8Array(bytes.length + chunk.length);
      joined.set(bytes);
      joined.set(chunk, bytes.length);
      bytes = joined;
      for (let found = split(bytes); found; found = split(bytes)) {
        bytes = bytes.slice(found.end);
        this.#hear(JSON.parse(found.body));
      }
    }
  }

  #hear({ id, method, result, error }: Incoming): void {
    if (method !== undefined) {
      if (id !== undefined) this.#send({ id, result: null }); // it may ask, but nothing is known here
      return;
    }
    const answer = this.#waiting.get(id as number);
    this.#waiting.delete(id as number);
    if (error) answer?.reject(new RpcError(error.message));
    else answer?.resolve(result);
  }
}

/** The first message in these bytes, if it is there as a whole. */
function split(bytes: Uint8Array): { body: string; end: number } | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 300));
  const start = head.indexOf("\r\n\r\n") + 4;
  if (start < 4) return undefined;
  const end = start + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < end) return undefined;
  return { body: new TextDecoder().decode(bytes.subarray(start, end)), end };
}
