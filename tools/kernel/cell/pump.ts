/** Sends a message of Jupyter's protocol from inside the kernel, at once. */
export type Broadcast = (type: string, content: Record<string, unknown>, buffers?: Uint8Array[]) => void;

/** How much may be on the way to the other side before it has said that it got it, in characters. */
const WINDOW = 256 * 1024;
/** Larger messages travel in pieces of this size, in characters. */
export const PIECE = 48 * 1024;
/** What one cell may show: more is cut, and counted. */
export const LIMIT = { characters: 64 * 1024 * 1024, prints: 200_000 };
/** So many prints within a slice of time go out one by one; more are put together. */
const BURST = { prints: 40, milliseconds: 20 };

/**
 * Carries the outputs of a cell out of the kernel: in order, no faster than they are read, and not without end.
 *
 * The kernel below writes its messages over each other when one does not fit into the system's buffer. So large ones
 * are cut into pieces, and only few bytes are on the way at a time. What has to wait stays here.
 */
export class Pump {
  readonly #broadcast: Broadcast;
  readonly #waiting: { type: string; content: Record<string, unknown>; size: number }[] = [];
  #next = 0;
  #onTheWay = 0;
  /** Sizes of the messages on the way, oldest first. */
  readonly #sizes: number[] = [];
  #pieces = 0;
  #text = "";
  #stream = "stdout";
  #burst = { started: -Infinity, prints: 0 };
  #flushing = false;
  #used = { characters: 0, prints: 0 };
  #cut = { characters: 0, prints: 0 };
  #whenEmpty: (() => void)[] = [];

  constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast;
  }

  /** A new cell has a new allowance. */
  begin(): void {
    this.#used = { characters: 0, prints: 0 };
    this.#cut = { characters: 0, prints: 0 };
  }

  /** Text for standard output or standard error. */
  print(text: string, isError: boolean): void {
    if (!this.#allows(text.length)) return;
    const stream = isError ? "stderr" : "stdout";
    if (stream !== this.#stream) this.#flushText();
    this.#stream = stream;
    this.#text += text;
    const now = performance.now();
    if (now - this.#burst.started > BURST.milliseconds) this.#burst = { started: now, prints: 0 };
    this.#burst.prints += 1;
    if (this.#burst.prints <= BURST.prints || this.#text.length > PIECE) return this.#flushText();
    if (this.#flushing) return;
    this.#flushing = true;
    setTimeout(() => this.#flushText(), 0);
  }

  /** Any other message. */
  send(type: string, content: Record<string, unknown>, buffers: Uint8Array[] = []): void {
    this.#flushText();
    if (buffers.length > 0) return this.#broadcast(type, content, buffers);
    const text = JSON.stringify(content) ?? "{}";
    if (type !== "clear_output" && !this.#allows(text.length)) return;
    if (text.length <= PIECE) return this.#offer(type, content, text.length);
    const id = ++this.#pieces;
    let at = 0;
    for (const piece of pieces(text)) {
      at += piece.length;
      this.#offer("backprop_piece", { id, type, piece, last: at === text.length }, piece.length);
    }
  }

  /** The other side has got the oldest so many messages; more than there are: all of them. */
  received(messages: number): void {
    for (const size of this.#sizes.splice(0, messages)) this.#onTheWay -= size;
    this.#go();
  }

  /** Drop what waits: the cell was stopped, and nobody wants to see the rest. */
  drop(): void {
    for (const message of this.#waiting.splice(this.#next)) {
      if (/^backprop_(error|uncaught)$/.test(message.type)) {
        this.#waiting.push(message); // how the cell ended
        continue;
      }
      this.#cut.characters += message.size;
      this.#cut.prints += 1;
    }
    this.#go();
  }

  /** When all that was printed and shown so far is on its way; says what was cut. */
  async empty(): Promise<{ characters: number; prints: number }> {
    this.#flushText();
    if (this.#next < this.#waiting.length) {
      await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
    }
    const cut = this.#cut;
    this.#cut = { characters: 0, prints: 0 };
    return cut;
  }

  #allows(characters: number): boolean {
    const used = this.#used;
    if (used.characters + characters > LIMIT.characters || used.prints >= LIMIT.prints) {
      this.#cut.characters += characters;
      this.#cut.prints += 1;
      return false;
    }
    used.characters += characters;
    used.prints += 1;
    return true;
  }

  #flushText(): void {
    this.#flushing = false;
    const text = this.#text;
    this.#text = "";
    for (const piece of pieces(text)) {
      this.#offer("stream", { name: this.#stream, text: piece }, piece.length);
    }
  }

  #offer(type: string, content: Record<string, unknown>, size: number): void {
    this.#waiting.push({ type, content, size });
    this.#go();
  }

  #go(): void {
    while (this.#next < this.#waiting.length && this.#onTheWay < WINDOW) {
      const { type, content, size } = this.#waiting[this.#next];
      this.#waiting[this.#next++] = undefined!;
      this.#onTheWay += size;
      this.#sizes.push(size);
      this.#broadcast(type, content);
    }
    if (this.#next < this.#waiting.length) return;
    this.#waiting.length = 0;
    this.#next = 0;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}

/** A text in pieces, none of which begins or ends within a character. */
export function* pieces(text: string, size = PIECE): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + size, text.length);
    const isHigh = text.charCodeAt(end - 1) >> 10 === 0x36; // the first half of a character of two
    if (isHigh && end < text.length && end - 1 > at) end -= 1;
    yield text.slice(at, end);
    at = end;
  }
}
