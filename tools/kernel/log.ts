/** Where the kernel says what only whoever looks after it wants to know: Jupyter prints it on its own terminal. */
export function log(line: string): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(`[backprop kernel] ${line}\n`));
  } catch {
    // nobody reads any more
  }
}

/** Says something the first time and then each time the count doubles, so that a flood of it does not fill the log. */
export class Tally {
  readonly #what: string;
  #count = 0;

  constructor(what: string) {
    this.#what = what;
  }

  get count(): number {
    return this.#count;
  }

  add(detail: string): void {
    this.#count += 1;
    if (Number.isInteger(Math.log2(this.#count))) log(`${this.#what} (${this.#count} so far): ${detail}`);
  }
}
