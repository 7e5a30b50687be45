/** Does one thing after another. */
export class Queue<T> {
  readonly #work: (item: T) => Promise<void>;
  readonly #items: T[] = [];
  #working = false;

  constructor(work: (item: T) => Promise<void>) {
    this.#work = work;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#go();
  }

  /** Take out what waits and meets a condition. */
  take(condition: (item: T) => boolean): T[] {
    const taken = this.#items.filter(condition);
    this.#items.splice(0, this.#items.length, ...this.#items.filter((item) => !condition(item)));
    return taken;
  }

  async #go(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#items.length > 0) await this.#work(this.#items.shift()!);
    } finally {
      this.#working = false;
    }
  }
}
