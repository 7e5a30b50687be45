/** So many letters in a row are no coincidence; of a shorter line, all of it. */
const WINDOW = 24;

/** Takes the text of hidden tests out of what a page shows, should student code have got hold of it and printed it. */
export class Withholder {
  readonly #pieces = new Set<string>();
  readonly #shortLines: string[];

  /** @param hidden Lines of the hidden tests */
  constructor(hidden: string[]) {
    for (const line of hidden) {
      // Titles of checks are shown when they fail; so only pieces in which something is called count.
      for (const piece of windows(squeeze(line))) if (piece.includes("(")) this.#pieces.add(piece);
    }
    this.#shortLines = hidden.map(squeeze).filter((line) => line.length < WINDOW && line.includes("("));
  }

  /** The text, unless it gives a hidden test away. */
  text(text: string): string {
    return this.givesAway(text) ? "(left out: this contained the text of a hidden test)" : text;
  }

  /** Whether a part of a hidden test stands in it, however it is spaced or quoted. */
  givesAway(text: string): boolean {
    const squeezed = squeeze(text);
    for (const piece of windows(squeezed)) if (this.#pieces.has(piece)) return true;
    return this.#shortLines.some((line) => squeezed.includes(line));
  }
}

function* windows(text: string): Generator<string> {
  for (let at = 0; at + WINDOW <= text.length; at++) yield text.slice(at, at + WINDOW);
}

function squeeze(text: string): string {
  return text.replaceAll(/[\s\\"'`]+/g, "");
}
