import type { Front } from "./front.ts";
import type { Content, Message } from "./wire.ts";

/** How long text is held to be put together with what follows; milliseconds. */
const TOGETHER = 15;
/** Text of this size goes out at once. */
const ENOUGH = 256 * 1024;

/** Puts the outputs of a cell together again, and passes them to the front ends in order. */
export class Outputs {
  readonly #front: Front;
  readonly #pieces = new Map<number, string[]>();
  #request: Message | undefined;
  #stream: { name: unknown; texts: string[]; size: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(front: Front) {
    this.#front = front;
  }

  /** Outputs from now on belong to this request. */
  begin(request: Message): void {
    this.flush();
    this.#request = request;
  }

  /** A piece of a message that was too large; the message, when it was the last. */
  join(content: Content): { type: string; content: Content } | undefined {
    const { id, type, piece, last } = content as { id: number; type: string; piece: string; last: boolean };
    const pieces = this.#pieces.get(id) ?? [];
    pieces.push(piece);
    this.#pieces.set(id, pieces);
    if (!last) return undefined;
    this.#pieces.delete(id);
    return { type, content: JSON.parse(pieces.join("")) };
  }

  add(type: string, content: Content, extra: Partial<Message> = {}): void {
    if (type === "stream") return this.#addText(content);
    this.flush();
    this.#front.publish(type, content, this.#request, extra);
  }

  /** Send the text that is held. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#stream) return;
    const { name, texts } = this.#stream;
    this.#stream = undefined;
    this.#front.publish("stream", { name, text: texts.join("") }, this.#request);
  }

  #addText({ name, text }: Content): void {
    if (this.#stream?.name !== name) this.flush();
    this.#stream ??= { name, texts: [], size: 0 };
    this.#stream.texts.push(String(text));
    this.#stream.size += String(text).length;
    if (this.#stream.size > ENOUGH) return this.flush();
    this.#timer ??= setTimeout(() => this.flush(), TOGETHER);
  }
}
