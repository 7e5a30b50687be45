// Reads formulas as far as they are arithmetic: `\frac24 (-14)` is a number, `2a\eta` one if a and η are known.

/** A side of a formula. Tuples such as `(7, -3)` have a value for each of their places. */
export interface Expression {
  /** As it is written. */
  text: string;
  /** The letters in it. */
  letters: Set<string>;
  /** What it is if the letters have these values. */
  at(letters: Letters): number[];
  /** Half a unit of the last digit, if it is nothing but a number or a tuple of numbers. */
  rounding?: number;
}

type Letters = (name: string) => number;
type Evaluate = (letters: Letters) => number[];

/** Something that this reader does not know, or that could be read in two ways. */
class Unread extends Error {}

interface Token {
  text: string;
  /** Whether a space stands before it: `s (1 - s)` is a product, `f(x)` is not. */
  spaced: boolean;
}

const TOKENS =
  /(?<space>\s|\\[,;:! ]|~|\{\}|\\(?:left|right|[bB]igg?[lr]?|displaystyle)(?![a-zA-Z]))|(?:\d{1,3}(?:\{,\}\d{3})+|\d+)(?:\.\d+)?|\\[a-zA-Z]+|\\.|\S/gy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let spaced = false;
  for (const { 0: part, groups } of text.matchAll(TOKENS)) {
    if (groups?.space !== undefined) spaced ||= /\s|\\[,;:! ]/.test(part);
    else {
      tokens.push({ text: part, spaced });
      spaced = false;
    }
  }
  return tokens;
}

const FUNCTIONS: Record<string, (x: number) => number> = {
  "\\ln": Math.log,
  "\\exp": Math.exp,
  "\\tanh": Math.tanh,
  "\\cos": Math.cos,
  "\\sin": Math.sin,
};
const GREEK =
  /^\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|eta|theta|kappa|lambda|mu|rho|sigma|tau|phi|varphi|omega)$/;
const ACCENTS = /^\\(?:hat|bar|tilde|overline)$/;

/**
 * One side of a formula.
 *
 * @returns `undefined` if there is something in it that cannot be computed, or that could be read in two ways
 *
 * @example
 * ```ts
 * import { readExpression } from "./formula.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readExpression("\\frac24 (-14)")?.at(() => NaN), [-7]);
 * assertEquals(readExpression("\\nabla f"), undefined);
 * ```
 */
export function readExpression(text: string): Expression | undefined {
  const letters = new Set<string>();
  try {
    const reader = new Reader(tokensOf(text), letters);
    const at = reader.sum();
    reader.end();
    // What has a shape that does not fit shows only now.
    at(() => 0.7);
    const literals = text.replace(/[()\s]|\{,\}|\\[,;! ]/g, "").replace(/\\%$/, "").split(",");
    const isLiteral = literals.every((part) => /^[-−+]?\d+(?:\.\d+)?$/.test(part));
    const decimals = Math.min(...literals.map((part) => part.split(".")[1]?.length ?? 0));
    const share = text.includes("\\%") ? 0.01 : 1;
    return {
      text: text.trim(),
      letters,
      at,
      rounding: isLiteral ? share * 0.5 * 10 ** -decimals : undefined,
    };
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

const one = (values: number[]) => {
  if (values.length !== 1) throw new Unread();
  return values[0];
};

/** Recursive descent over sums, products and powers. */
class Reader {
  #tokens: Token[];
  #letters: Set<string>;
  #next = 0;

  constructor(tokens: Token[], letters: Set<string>) {
    this.#tokens = tokens;
    this.#letters = letters;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text;
  }

  #take(wanted?: string): string {
    const token = this.#peek();
    if (token === undefined || wanted !== undefined && token !== wanted) throw new Unread();
    this.#next++;
    return token;
  }

  end(): void {
    if (this.#peek() !== undefined) throw new Unread();
  }

  sum(): Evaluate {
    const parts: [sign: number, part: Evaluate][] = [[this.#sign() ?? 1, this.#product()]];
    for (let sign = this.#sign(); sign !== undefined; sign = this.#sign()) {
      parts.push([sign, this.#product()]);
    }
    if (parts.length === 1 && parts[0][0] === 1) return parts[0][1];
    return (letters) => [parts.reduce((sum, [sign, part]) => sum + sign * one(part(letters)), 0)];
  }

  #sign(): number | undefined {
    const sign = { "+": 1, "-": -1, "−": -1 }[this.#peek() ?? ""];
    if (sign !== undefined) this.#next++;
    return sign;
  }

  #product(): Evaluate {
    let product = this.#power();
    for (let divided = false;;) {
      const operator = this.#peek();
      if (["\\cdot", "\\times", "/", "\\,/\\,"].includes(operator ?? "")) {
        this.#next++;
        divided = operator === "/";
      } // What stands under a slash ends with its first factor or with its last one: it could be read in two ways.
      else if (this.#beginsFactor()) {
        if (divided) throw new Unread();
      } else return product;
      const [before, factor] = [product, this.#power()];
      product = (letters) => {
        const [a, b] = [before(letters), one(factor(letters))];
        // A tuple over a number: each of its places.
        if (a.length > 1 && operator === "/") return a.map((value) => value / b);
        return [operator === "/" ? one(a) / b : one(a) * b];
      };
    }
  }

  #beginsFactor(): boolean {
    const token = this.#peek() ?? "";
    return /^[\d(a-zA-Z]/.test(token) || /^\\t?frac$|^\\sqrt$|^\\pi$/.test(token) || token in FUNCTIONS ||
      GREEK.test(token) ||
      ACCENTS.test(token);
  }

  #power(): Evaluate {
    const base = this.#base();
    if (this.#peek() !== "^") return base;
    this.#take();
    const exponent = this.#group();
    return (letters) => [one(base(letters)) ** one(exponent(letters))];
  }

  /** What TeX takes as an argument: a group in braces, or a single sign, so that `\frac24` is a half. */
  #group(): Evaluate {
    if (this.#peek() === "{") {
      this.#take();
      const inside = this.sum();
      this.#take("}");
      return inside;
    }
    const token = this.#peek() ?? "";
    if (/^\d{2,}$/.test(token)) {
      this.#tokens[this.#next] = { text: token.slice(1), spaced: false };
      return () => [Number(token[0])];
    }
    return this.#base();
  }

  #base(): Evaluate {
    const token = this.#take();
    if (/^\d/.test(token)) return this.#number(token);
    if (token === "(") return this.#tuple();
    if (token === "|") {
      const inside = this.sum();
      this.#take("|");
      return (letters) => [Math.abs(one(inside(letters)))];
    }
    if (/^\\[td]?frac$/.test(token)) {
      const [over, under] = [this.#group(), this.#group()];
      return (letters) => [one(over(letters)) / one(under(letters))];
    }
    if (token === "\\sqrt") {
      const inside = this.#group();
      return (letters) => [Math.sqrt(one(inside(letters)))];
    }
    if (token === "\\max" || token === "\\min") {
      this.#take("(");
      const inside = this.#tuple();
      return (letters) => [Math[token === "\\max" ? "max" : "min"](...inside(letters))];
    }
    if (token in FUNCTIONS) return this.#applied(FUNCTIONS[token]);
    if (token === "\\pi") return () => [Math.PI];
    if (token === "e" && this.#peek() !== "_" && this.#peek() !== "'") return () => [Math.E];
    const follows = this.#tokens[this.#next];
    if (token === "\\sigma" && follows?.text === "(" && !follows.spaced) {
      return this.#applied((x) => 1 / (1 + Math.exp(-x)));
    }
    return this.#letter(token);
  }

  #number(token: string): Evaluate {
    const value = Number(token.replaceAll("{,}", ""));
    if (this.#peek() !== "\\%") return () => [value];
    this.#take();
    return () => [value / 100];
  }

  #tuple(): Evaluate {
    const places = [this.sum()];
    while (this.#peek() === ",") {
      this.#take();
      places.push(this.sum());
    }
    this.#take(")");
    return places.length === 1 ? places[0] : (letters) => places.map((place) => one(place(letters)));
  }

  /** `\ln 2\pi` and `\ln(…)`: letters and numbers that follow each other are one argument. */
  #applied(f: (x: number) => number): Evaluate {
    if (["^", "'"].includes(this.#peek() ?? "")) throw new Unread();
    const isPlain = () =>
      /^[\da-zA-Z]/.test(this.#peek() ?? "") || /^\\pi$/.test(this.#peek() ?? "") ||
      ACCENTS.test(this.#peek() ?? "") || GREEK.test(this.#peek() ?? "");
    const plain = isPlain();
    const factors = [this.#power()];
    while (plain && isPlain()) factors.push(this.#power());
    return (letters) => [f(factors.reduce((product, factor) => product * one(factor(letters)), 1))];
  }

  #letter(token: string): Evaluate {
    let name = token;
    if (ACCENTS.test(token)) name += this.#raw();
    else if (!/^[a-zA-Z]$/.test(token) && !GREEK.test(token)) throw new Unread();
    if (this.#peek() === "_") name += this.#take() + this.#raw();
    const follows = this.#tokens[this.#next];
    if (follows?.text === "'" || follows?.text === "[" || follows?.text === "(" && !follows.spaced) {
      throw new Unread();
    }
    this.#letters.add(name);
    return (letters) => [letters(name)];
  }

  /** A group as it is written: part of a name. */
  #raw(): string {
    let text = this.#take();
    for (let depth = text === "{" ? 1 : 0; depth > 0;) {
      const token = this.#take();
      depth += token === "{" ? 1 : token === "}" ? -1 : 0;
      text += token;
    }
    return text;
  }
}
