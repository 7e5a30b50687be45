import { isDrawable } from "./axes.ts";
import { paragraph, plural } from "./format.ts";

/** What is left out of a picture, and why: a run that diverged should still be seen. */
export class LeftOut {
  #notFinite: string[] = [];
  #tooLarge: string[] = [];
  #notPositive: string[] = [];

  /** @param what One of what is counted: `"row"` */
  constructor(readonly what: string) {}

  /** Whether these numbers, of a line of that name, have no place; they are counted then. */
  counts(numbers: readonly number[], onLogAxes: readonly number[], name = ""): boolean {
    const out = !numbers.every(Number.isFinite)
      ? this.#notFinite
      : !numbers.every(isDrawable)
      ? this.#tooLarge
      : onLogAxes.some((value) => value <= 0)
      ? this.#notPositive
      : undefined;
    out?.push(name);
    return out !== undefined;
  }

  /** How many of what was left out, and why; empty if nothing was. */
  inWords(): string {
    const words = (out: readonly string[], reason: string) => {
      const names = [...new Set(out)].filter((name) => name !== "").join(", ");
      return out.length > 0 &&
        `${plural(out.length, this.what)} left out${names && ` (${names})`}: ${reason}.`;
    };
    return paragraph(
      words(this.#notFinite, "NaN or infinite"),
      words(this.#tooLarge, "beyond ±10³⁰⁰"),
      words(this.#notPositive, "not above 0, so without a place on a log axis"),
    );
  }

  /** Why nothing at all has a place; `undefined` if a linear axis would have one. */
  get reason(): string | undefined {
    const count = this.#notFinite.length + this.#tooLarge.length;
    if (count === 0) return undefined;
    const beyond = this.#tooLarge.length > 0 ? "NaN, infinite or beyond ±10³⁰⁰" : "NaN or infinite";
    return `all ${plural(count, this.what)} are ${beyond}.`;
  }

  /** Whether something is left out only because an axis is logarithmic. */
  get hasNotPositive(): boolean {
    return this.#notPositive.length > 0;
  }
}
