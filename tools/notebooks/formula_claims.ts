// What the formulas of a text claim: that two sides are equal, or that something has a value.
import { type Expression, readExpression } from "./formula.ts";

/** What one statement in a formula claims. */
export interface Claim {
  /** Where the statement begins and ends in the text, in characters. */
  from: number;
  to: number;
  /** What is wrong with it, if the formula alone shows that. */
  wrong?: string;
  /** Sides that are nothing but numbers, such as the 7 of `z = 7`. */
  values: Value[];
}

/** A side of a statement that is nothing but a number, or a tuple of numbers. */
export interface Value {
  /** Where it begins in the statement, in characters. */
  at: number;
  length: number;
  /** Whether another side computes it, by itself or with the letters that the text gives values. */
  proved: boolean;
}

const FORMULAS = /\$\$(?<display>[\s\S]+?)\$\$|(?<![\\$])\$(?<inline>[^$\n]+?)\$/g;
/** No formulas, though dollars may stand there. */
const CODE = /```[\s\S]*?```|`[^`\n]*`/g;
/** What ends a statement. */
const BREAKS =
  /\\q?quad(?![a-zA-Z])|\\\\(?:\[[^\]]*\])?|&|\\(?:begin|end)\{[^}]*\}|\\(?:[lL]ong)?(?:left|right|Right)arrow(?![a-zA-Z])|\\to(?![a-zA-Z])|\\text(?:bf)?\{[^{}]*\}|\\l?dots|\\underbrace(?![a-zA-Z])/g;
const RELATIONS = /=|\\approx(?![a-zA-Z])|\\leq?(?![a-zA-Z])|\\geq?(?![a-zA-Z])|<|>/g;

interface Side {
  text: string;
  read?: Expression;
  value?: Value;
}

/** Two sides beside each other. */
interface Pair {
  left: Side;
  right: Side;
  relation: string;
  claim: Claim;
}

/**
 * What the formulas of a Markdown text claim, in their order. An equation is wrong if both of its sides can be computed and
 * differ: as they stand, or with the values that the same text gives to all of their letters (with each of them, if it
 * gives several). One with the same letters on both sides must hold for all values.
 *
 * @example
 * ```ts
 * import { claimsOf } from "./formula_claims.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [given, computed] = claimsOf("At $x = 3$ it is $2x + 1 = 8$.");
 * assertEquals(given.values, [{ at: 3, length: 2, proved: false }]);
 * assertEquals(computed.wrong, "The formula says 2x + 1 = 8, where the left side is 7 and the right side 8.");
 * ```
 */
export function claimsOf(markdown: string): Claim[] {
  const text = markdown.replace(CODE, (code) => " ".repeat(code.length));
  const claims: Claim[] = [];
  const pairs: Pair[] = [];
  for (const match of text.matchAll(FORMULAS)) {
    const formula = match.groups!.display ?? match.groups!.inline;
    const start = match.index + match[0].indexOf(formula);
    for (const { text: statement, at } of divide(formula, BREAKS)) {
      const sides = divide(statement, RELATIONS).map(({ text, at, relation }) => ({
        ...sideOf(text, at),
        relation,
      }));
      const values = sides.flatMap(({ value }) => value ?? []);
      if (sides.length < 2 && values.length === 0) continue;
      const claim: Claim = { from: start + at, to: start + at + statement.length, values };
      claims.push(claim);
      sides.slice(1).forEach((right, i) =>
        pairs.push({ left: sides[i], right, relation: right.relation, claim })
      );
    }
  }
  const given = new Map<string, { is: number; value?: Value }[]>();
  for (const { left, right, relation } of pairs) {
    for (const [side, other] of [[left, right], [right, left]]) {
      if (relation !== "=" || !isLetter(side) || other.read?.letters.size !== 0) continue;
      const [is, ...more] = other.read.at(unknown);
      const name = [...side.read!.letters][0];
      if (more.length === 0) given.set(name, [...given.get(name) ?? [], { is, value: other.value }]);
    }
  }
  for (const pair of pairs) examine(pair, given);
  return claims;
}

const unknown = () => NaN;
const isLetter = ({ read, text }: Side) => read?.letters.size === 1 && read.letters.has(text.trim());

function sideOf(text: string, at: number): Side {
  const read = readExpression(text);
  return {
    text,
    read,
    value: read?.rounding === undefined ? undefined : { at, length: text.length, proved: false },
  };
}

/** Divides a text where a pattern matches outside of all brackets. */
function divide(text: string, pattern: RegExp): { text: string; at: number; relation: string }[] {
  const parts: { text: string; at: number; relation: string }[] = [];
  let [from, relation] = [0, ""];
  for (const match of text.matchAll(pattern)) {
    const before = text.slice(0, match.index).replace(/\\[{}]/g, "  ");
    const depth = (before.match(/[{(]/g) ?? []).length - (before.match(/[})]/g) ?? []).length;
    if (depth !== 0) continue;
    parts.push({ text: text.slice(from, match.index), at: from, relation });
    [from, relation] = [match.index + match[0].length, match[0]];
  }
  return [...parts, { text: text.slice(from), at: from, relation }];
}

type Given = Map<string, { is: number; value?: Value }[]>;
/** The values that a text gives to letters are combined in so many ways at most. */
const MOST_WAYS = 64;

function examine({ left, right, relation, claim }: Pair, given: Given): void {
  if (left.read === undefined || right.read === undefined) return;
  const letters = [...left.read.letters.union(right.read.letters)];
  // `x = 3` and `a > 0` give a value; nothing computes it.
  if (letters.length === 1 && (isLetter(left) || isLetter(right)) && (left.value || right.value)) return;
  if (letters.length > 0 && relation !== "=" && relation !== "\\approx") return;
  const alike = left.read.letters.size === right.read.letters.size &&
    left.read.letters.isSubsetOf(right.read.letters);
  const isIdentity = letters.length > 0 && alike && !isLetter(left) && !isLetter(right);
  const ways = isIdentity
    ? [1, 2, 3].map((seed) => letters.map((name) => ({ is: someValue(name, seed), value: undefined })))
    : waysOf(letters.map((name) => given.get(name) ?? []));
  if (ways.length === 0 || ways.length > MOST_WAYS) return;
  const found = ways.map((way) =>
    disagreement(left.read!, right.read!, relation, (name) => way[letters.indexOf(name)].is)
  );
  if (found.includes(undefined)) return;
  const holds = found.map((wrong) => wrong === "");
  if (isIdentity ? holds.includes(false) : !holds.includes(true)) {
    const of = isIdentity ? `, which is not so for every ${letters.join(" and ")}` : found.find(Boolean);
    claim.wrong ??= `The formula says ${left.text.trim()} ${relation} ${right.text.trim()}${of}.`;
    return;
  }
  if (isIdentity) return;
  // What is computed is right, and what it was computed from belongs to it.
  const isComputed = left.value === undefined || right.value === undefined;
  const used = ways[holds.indexOf(true)].map(({ value }) => value);
  for (const value of isComputed ? [left.value, right.value, ...used] : []) if (value) value.proved = true;
}

/** Every choice of one from each list. */
const waysOf = <T>(lists: T[][]): T[][] =>
  lists.reduce<T[][]>(
    (ways, list) => ways.slice(0, MOST_WAYS + 1).flatMap((way) => list.map((one) => [...way, one])),
    [[]],
  );

/** More than the last bits of a sum. */
const EXACT = 1e-9;

/** How two sides differ; empty if they agree, `undefined` if they cannot be compared. */
function disagreement(
  left: Expression,
  right: Expression,
  relation: string,
  letters: (name: string) => number,
): string | undefined {
  const [a, b] = [left, right].map((side) => side.at(letters));
  if (a.length !== b.length || [...a, ...b].some((value) => !Number.isFinite(value))) return undefined;
  // A whole number is rounded only where the formula says "about".
  const written = Math.max(left.rounding ?? 0, right.rounding ?? 0);
  const rounding = left.rounding !== right.rounding && (written < 0.5 || relation !== "=") ? written : 0;
  const agree = a.every((value, i) => {
    const slack = (1 + EXACT) * rounding + EXACT * Math.max(1, Math.abs(value), Math.abs(b[i]));
    if (relation === "=" || relation === "\\approx") return Math.abs(value - b[i]) <= slack;
    const isSmaller = relation === "<" || relation.startsWith("\\l");
    return (isSmaller ? value < b[i] : value > b[i]) || relation.startsWith("\\") && value === b[i];
  });
  const say = (values: number[]) => values.map((value) => Number(value.toPrecision(6))).join(", ");
  return agree ? "" : `, where the left side is ${say(a)} and the right side ${say(b)}`;
}

/** Some value for a letter, not a round one, between a half and two. */
function someValue(name: string, seed: number): number {
  let state = seed * 7919;
  for (const character of name) state = (state * 31 + character.codePointAt(0)!) % 65521;
  return 0.5 + 1.5 * ((state * 0.618034) % 1);
}
