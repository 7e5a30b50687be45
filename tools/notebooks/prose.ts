// Reads the numbers in a notebook's text, and the names that are written behind them.

/** A number as it stands in a text. */
export interface ProseNumber {
  /** As it is written. */
  text: string;
  /** What it says; a percentage is a share. */
  value: number;
  /** Half a unit of its last digit. */
  rounding: number;
  /** The name behind it, if there is one: `3.315<!--=loss-->`. */
  name?: string;
  /** Line of the text, from 1. */
  line: number;
  /** Where it begins in the text, in characters. */
  at: number;
}

/** A name with no number before it. */
export interface LooseName {
  name: string;
  line: number;
}

/** What is no prose, what ends a stretch of it, and what we look for. */
const TOKEN = new RegExp(
  [
    /(?<skip>```[\s\S]*?```|``[^`]+``|`[^`\n]+`|\]\([^)\s]*\)|https?:\S+|<(?!!--)[^<>]*>|§+\s?[\d.]+|(?<![\d.])\d+(?:\.\d+){2,})/,
    /<!--=(?<names>[\w, ]+)-->/,
    /(?<comment><!--[\s\S]*?-->)/,
    /(?<end>\n\s*\n|\|)/,
    /(?<number>(?<![\w.])(?<![\d)}]\s?)[-−]?(?<digits>\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:e(?<e>[-+]?\d+)|\s?(?:×|·|\\times|\\cdot)\s?10(?:\^\{?(?<power>[-−]?\d+)\}?|(?<superscript>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?(?:\s?(?<percent>\\?%))?)/,
    /(?<unsigned>(?<![\w.])(?<digits2>\d{1,3}(?:(?:,|\{,\})\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?<percent2>\\?%))?)/,
  ].map(({ source }) => source).join("|"),
  "g",
);

/**
 * The numbers of a Markdown text with their names. Code, links and tags are passed over.
 *
 * `<!--=name-->` names the number before it; `<!--=a,b-->` the last two, in their order. A name reaches back to the
 * last empty line or table rule, so it may stand behind the `$` of a formula.
 *
 * @example
 * ```ts
 * import { readProse } from "./prose.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { numbers } = readProse("It falls from 3.315<!--=start--> to 0.0088, by 99.7%.");
 * assertEquals(numbers.map(({ value, name }) => [value, name]), [
 *   [3.315, "start"], [0.0088, undefined], [0.997, undefined],
 * ]);
 * ```
 */
export function readProse(markdown: string): { numbers: ProseNumber[]; loose: LooseName[] } {
  const numbers: ProseNumber[] = [];
  const loose: LooseName[] = [];
  let stretch: ProseNumber[] = [];
  for (const match of markdown.matchAll(TOKEN)) {
    const groups = match.groups!;
    const line = markdown.slice(0, match.index).split("\n").length;
    if (groups.end !== undefined) stretch = [];
    else if (groups.names !== undefined) {
      const names = groups.names.split(",").map((name) => name.trim()).filter(Boolean);
      const unnamed = stretch.filter((number) => number.name === undefined);
      const bound = unnamed.slice(-names.length);
      names.forEach((name, i) => {
        const number = bound[i - (names.length - bound.length)];
        if (number) number.name = name;
        else loose.push({ name, line });
      });
      // A name looks for its number behind the last name, not before it.
      stretch = [];
    } else if (groups.number !== undefined || groups.unsigned !== undefined) {
      const number = { ...readNumber(groups, match[0]), line, at: match.index };
      numbers.push(number);
      stretch.push(number);
    }
  }
  return { numbers, loose };
}

type Groups = Record<string, string | undefined>;

function readNumber(groups: Groups, text: string): Omit<ProseNumber, "line" | "at"> {
  const digits = (groups.digits ?? groups.digits2)!.replace(/[{},]/g, "");
  const sign = /^[-−]/.test(text) ? -1 : 1;
  const decimals = digits.split(".")[1]?.length ?? 0;
  const isShare = (groups.percent ?? groups.percent2) !== undefined;
  const exponent = exponentOf(groups) - (isShare ? 2 : 0);
  return {
    text,
    value: sign * Number(`${digits}e${exponent}`),
    rounding: 0.5 * Number(`1e${exponent - decimals}`),
  };
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function exponentOf({ e, power, superscript }: Groups): number {
  if (superscript !== undefined) {
    return Number([...superscript].map((c) => c === "⁻" ? "-" : SUPERSCRIPTS.indexOf(c)).join(""));
  }
  return Number((e ?? power ?? "0").replace("−", "-"));
}
