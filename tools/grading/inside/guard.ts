// What the grader's cells speak to, in the kernel of a graded notebook.
import { check, checkThat } from "backprop";
import { sha256 } from "./sha256.ts";

/** What a check relies on is not what the instructor's cells made. */
export class TamperError extends Error {
  /** Tells it from other errors. */
  override readonly name = "TamperError";

  /** Called by the guard. */
  constructor(message: string) {
    super(message);
    Object.defineProperty(this, "stack", { value: `TamperError: ${message}` });
  }
}

/** Names with what gives their values: a name may have none, as its cell failed. */
type Names = Record<string, () => unknown>;
/** A check of `lib/exercises`: it rejects an answer that is wrong. */
type ExerciseCheck = (...answer: unknown[]) => Promise<void>;
/** So many words may be left out: those of cells that never came so far as to say theirs. */
const MOST_SKIPPED = 10_000;

/**
 * Remembers what the instructor's cells have made, and holds checks to it.
 *
 * Each call needs the next word of a chain; the first wrong one ends the grading. A word's SHA-256 is the word before it. So
 * whoever has read all words that were said knows none that is to come.
 */
export class Guard {
  #last: string;
  #ended = "";
  readonly #known = new Map<string, unknown>();
  #needed: Record<string, unknown> = {};
  #content = 0;

  /** @param last The word before the first */
  constructor(last: string) {
    this.#last = last;
  }

  /** Remember what the instructor's cell has made. */
  register(word: string, names: Names): void {
    this.#expect(word);
    for (const [name, value] of Object.entries(names)) {
      this.#known.delete(name);
      try {
        this.#known.set(name, value());
      } catch {
        // the cell did not come so far
      }
    }
  }

  /**
   * Begin a check: refuse to go on if a name that it needs means something else by now.
   *
   * @throws {TamperError} Naming what was replaced
   */
  check(word: string, names: Names): void {
    this.#expect(word);
    this.#content = 0;
    const needed: Record<string, unknown> = { __proto__: null };
    for (const [name, value] of Object.entries(names)) needed[name] = this.#same(name, value);
    this.#needed = needed;
  }

  /**
   * What the names of {@link check} mean, and what earlier checks have made: the check takes it from here, whatever the
   * names come to mean while it runs. The library's `check` and `checkThat` are counted, and the checks of exercises.
   *
   * @param exercises Names of checks that come from `lib/exercises`
   */
  names(word: string, earlier: string[], exercises: string[] = []): Record<string, unknown> {
    this.#expect(word);
    const needed = this.#needed;
    this.#needed = {};
    for (const name of earlier) needed[name] = this.#known.get(name);
    for (const [name, value] of Object.entries(needed)) {
      if (value === check || value === checkThat) needed[name] = this.#counted(value as typeof checkThat);
      else if (exercises.includes(name)) needed[name] = this.#awaited(value as ExerciseCheck);
    }
    return needed;
  }

  /**
   * End a check: remember what it has made, for later ones.
   *
   * @param least So many times it must have called the library's `check` and `checkThat`, and they were content
   * @throws {TamperError} If they were not called so often
   */
  done(word: string, least: number, made: Names): void {
    this.#expect(word);
    for (const [name, value] of Object.entries(made)) this.#known.set(name, value());
    if (this.#content < least) {
      throw new TamperError(`the library made only ${this.#content} of ${least} comparisons of this check`);
    }
  }

  /** What the instructor's cells have made, whatever the names have come to mean since. */
  give(word: string, names: string[]): Record<string, unknown> {
    this.#expect(word);
    return Object.fromEntries(names.map((name) => [name, this.#known.get(name)]));
  }

  #counted(compare: typeof checkThat) {
    return (...args: Parameters<typeof checkThat>) => {
      const settled = compare(...args); // throws at once if it is not content
      this.#content += 1;
      return settled;
    };
  }

  #awaited(passes: ExerciseCheck): ExerciseCheck {
    return async (...answer) => {
      await passes(...answer);
      this.#content += 1;
    };
  }

  #same(name: string, value: () => unknown): unknown {
    if (!this.#known.has(name)) {
      throw new TamperError(`${name} is missing: the cell that makes it did not work`);
    }
    let now: unknown;
    try {
      now = value();
    } catch {
      throw new TamperError(`${name} is gone`);
    }
    if (Object.is(now, this.#known.get(name))) return now;
    throw new TamperError(`${name} was replaced by another cell; this check needs the original`);
  }

  #expect(word: string): void {
    if (this.#ended) throw new TamperError(this.#ended);
    const said = String(word);
    let hash = said;
    for (let skipped = 0; skipped <= MOST_SKIPPED; skipped++) {
      hash = sha256(hash);
      if (hash !== this.#last) continue;
      this.#last = said;
      return;
    }
    this.#ended =
      "a cell of the student's spoke to the guard as if it were the grader; nothing after that counts";
    throw new TamperError(this.#ended);
  }
}
