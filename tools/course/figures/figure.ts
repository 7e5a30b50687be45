import type { Chart } from "backprop";
import { UsageError } from "../../shared/arguments.ts";

/** One thing that can be set on the command line. */
export interface FigureOption {
  /** The value unless given, as it would be typed. */
  default: string;
  /** What it is, with unit and range. */
  says: string;
}

/** What was asked for, by the names of the options. */
export class Settings {
  constructor(readonly values: Readonly<Record<string, string>>) {}

  /**
   * A number.
   *
   * @throws {UsageError} If it is none, or outside the limits
   */
  number(name: string, { least = -Infinity, most = Infinity, whole = false } = {}): number {
    const text = this.values[name];
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most && (!whole || Number.isInteger(value))) {
      return value;
    }
    const limits = [
      least > -Infinity ? `from ${least}` : "",
      most < Infinity ? `to ${most}` : "",
    ].filter(Boolean).join(" ");
    throw new UsageError(
      `--${name} needs a ${whole ? "whole " : ""}number${limits ? ` ${limits}` : ""}, and got "${text}".`,
    );
  }

  /**
   * One of several words.
   *
   * @throws {UsageError} If it is none of them
   */
  choice<Word extends string>(name: string, words: readonly Word[]): Word {
    const word = words.find((word) => word === this.values[name]);
    if (word) return word;
    throw new UsageError(`--${name} is one of ${words.join(", ")}, and got "${this.values[name]}".`);
  }

  /**
   * Words or numbers with commas between.
   *
   * @throws {UsageError} If there is none
   */
  list(name: string): string[] {
    const items = this.values[name].split(",").map((item) => item.trim()).filter(Boolean);
    if (items.length > 0) return items;
    throw new UsageError(`--${name} needs a list such as ${this.values[name] || "a,b"}, and got nothing.`);
  }
}

/** A figure of the course that can be drawn from the command line. */
export interface Figure {
  /** One line for the list. */
  says: string;
  options: Record<string, FigureOption>;
  /** The picture; `text` is printed where there is more to read than to see. */
  draw(settings: Settings): { chart: Chart; text?: string };
}
