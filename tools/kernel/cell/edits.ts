import type { Places, Position } from "./places.ts";

/** Something put into a text. */
interface Insertion {
  at: number;
  text: string;
  /** At one place, what closes something comes before what opens something, and of those that close, the inner one. */
  rank: number;
}

/**
 * Changes of a text that are written down first and made together, so that each can speak of places in the text as it
 * was. What is removed leaves its line breaks, so that lines stay lines.
 */
export class Edits {
  readonly #text: string;
  readonly #insertions: Insertion[] = [];
  readonly #removed: { from: number; to: number }[] = [];
  readonly #first: { from: number; to: number }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Put text before what begins at an offset. */
  open(at: number, text: string): void {
    this.#insertions.push({ at, text, rank: this.#insertions.length + 1 });
  }

  /** Put text behind what ends at an offset. */
  close(at: number, text: string): void {
    this.#insertions.push({ at, text, rank: -this.#insertions.length - 1 });
  }

  /** Put text on both sides. */
  wrap({ start, end }: { start: number; end: number }, before: string, after: string): void {
    this.open(start, before);
    this.close(end, after);
  }

  /** Take text out. */
  remove(from: number, to: number): void {
    if (to > from) this.#removed.push({ from, to });
  }

  /** Move a part to the front, with the changes in it; parts keep their order. */
  moveFirst(from: number, to: number): void {
    this.#first.push({ from, to });
  }

  /**
   * The text with all changes, and where its pieces come from.
   *
   * @param before Put in front
   * @param original The place in the cell of an offset in the text as it was
   * @param isExact The text has its letters where the cell has them; else each word is looked up
   */
  finish(
    before: string,
    after: string,
    original: (offset: number) => Position,
    isExact: boolean,
  ): { text: string; places: Places } {
    const written = new Written(this.#text, original, isExact);
    written.insert(before, 0);
    this.#insertions.sort((a, b) => a.at - b.at || a.rank - b.rank);
    this.#removed.sort((a, b) => a.from - b.from);
    for (const { from, to } of this.#first) this.#write(written, from, to, []);
    this.#write(written, 0, this.#text.length, this.#first);
    written.insert(after, this.#text.length);
    return written;
  }

  /** Write a part of the text with its changes, without the parts that are written elsewhere. */
  #write(written: Written, from: number, to: number, elsewhere: { from: number; to: number }[]): void {
    const left = [...elsewhere, ...this.#removed];
    let at = from;
    const copyTo = (end: number) => {
      while (at < end) {
        const gap = left.find((part) => part.from <= at && at < part.to);
        const stop = gap
          ? Math.min(gap.to, end)
          : Math.min(end, ...left.map(({ from }) => from).filter((start) => start > at));
        if (!gap) written.copy(at, stop);
        else if (!elsewhere.includes(gap)) {
          written.insert(this.#text.slice(at, stop).replace(/[^\n]+/g, ""), at);
        }
        at = stop;
      }
    };
    for (const insertion of this.#insertions) {
      if (!belongsTo(insertion, { from, to }) || elsewhere.some((part) => belongsTo(insertion, part))) {
        continue;
      }
      copyTo(insertion.at);
      written.insert(insertion.text, insertion.at);
    }
    copyTo(to);
  }
}

/** What opens belongs to what begins there; what closes, to what ends there. */
function belongsTo({ at, rank }: Insertion, { from, to }: { from: number; to: number }): boolean {
  return rank > 0 ? from <= at && at < to : from < at && at <= to;
}

const WORDS = /[\p{ID_Continue}$]+|\s+|[^]/gu;

/** A text that is being written, piece by piece. */
class Written {
  text = "";
  readonly places: Places = [];
  #line = 1;
  #column = 1;

  constructor(
    readonly source: string,
    readonly original: (offset: number) => Position,
    readonly isExact: boolean,
  ) {}

  copy(from: number, to: number): void {
    if (this.isExact) return this.#add(this.source.slice(from, to), from, 0);
    for (const { 0: word, index } of this.source.slice(from, to).matchAll(WORDS)) {
      this.#add(word, from + index, 1);
    }
  }

  insert(text: string, from: number): void {
    this.#add(text, from, 1);
  }

  #add(text: string, from: number, isFixed: 0 | 1): void {
    if (text === "") return;
    const { line, column } = this.original(from);
    this.places.push([this.#line, this.#column, line, column, isFixed]);
    this.text += text;
    const lines = text.split("\n");
    if (lines.length > 1) this.#column = 1;
    this.#line += lines.length - 1;
    this.#column += lines.at(-1)!.length;
  }
}
