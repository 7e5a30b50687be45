/** Takes the text of hidden tests out of what a page shows, should student code have got hold of it and printed it. */
export class Withholder {
  readonly #lines: string[];

  /** @param hidden Lines of the hidden tests */
  constructor(hidden: string[]) {
    this.#lines = hidden.map(squeeze).filter((line) => line.length >= 10);
  }

  /** The text, unless it gives a hidden test away. */
  text(text: string): string {
    return this.givesAway(text) ? "(left out: this contained the text of a hidden test)" : text;
  }

  /** Whether a hidden test stands in it, however it is spaced or quoted. */
  givesAway(text: string): boolean {
    const squeezed = squeeze(text);
    return this.#lines.some((line) => squeezed.includes(line));
  }
}

function squeeze(text: string): string {
  return text.replaceAll(/[\s\\"'`]+/g, "");
}
