// What is different between two charts: in the rows they were drawn from, in their texts, or in their looks only.
import type { Fact } from "./fact.ts";
import { rowChanges } from "./row_changes.ts";
import { type Mark, marksOf, unescapeXml } from "./svg.ts";

/** What differs in what a mark draws, the places aside, which are compared as numbers. */
const PLACES = new Set(
  "d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox".split(" "),
);
const NUMBERS = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
/** Numbers may be so far apart, in pixels, and still be the same place: charts write two decimals. */
const SAME_PLACE = 0.0151;
/** Marks whose place says nothing that the rows do not. */
const FURNITURE = /axis|grid|text|frame/;

/**
 * Compare two charts mark by mark: first the rows they were drawn from, then what is drawn. A mark with the rows that it
 * had is the same data, even if an axis has changed and it is drawn elsewhere.
 *
 * @param before An SVG file, as {@link normalSvg} writes it
 * @param after Another
 *
 * @example
 * ```ts
 * import { chartChanges } from "./chart_changes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = (colour: string) => `<svg><g aria-label="dot" fill="${colour}"><circle cx="1" cy="9" r="3"/></g></svg>`;
 * assertEquals(chartChanges(chart("red"), chart("blue")), [
 *   { kind: "looks", says: 'dot: fill was "red", is "blue"', cause: "red → blue" },
 * ]);
 * ```
 */
export function chartChanges(before: string, after: string): Fact[] {
  const [old, fresh] = [marksOf(before), marksOf(after)];
  const { facts, moved } = rowChanges(old, fresh);
  const elsewhere: string[] = [];
  for (const [name, mark] of old) {
    const now = fresh.get(name);
    if (now === undefined) facts.push(data(`${name}: gone`));
    else if (drawingChanges(name, mark, now, facts) && !moved.has(name)) {
      if (mark.rows || FURNITURE.test(name)) elsewhere.push(name);
      else facts.push(data(`${name}: drawn through other places`));
    }
  }
  for (const [name, { drawn }] of fresh) {
    if (!old.has(name)) facts.push(data(`${name}: new, ${count(leaves(drawn).length)}`));
  }
  if (elsewhere.length > 0) {
    const says = `at the same numbers, elsewhere in the picture: ${elsewhere.join(", ")}`;
    facts.push({ kind: "looks", says, cause: "at the same numbers, elsewhere in the picture" });
  }
  const [order, now] = [
    [...old.keys()].filter((name) => fresh.has(name)),
    [...fresh.keys()].filter((name) => old.has(name)),
  ];
  if (order.join() !== now.join()) {
    facts.push({ kind: "looks", says: "marks are drawn in another order", cause: "another order" });
  }
  return facts;
}

const data = (says: string): Fact => ({ kind: "numbers", says, cause: says });
const count = (n: number) => n === 1 ? "1 mark" : `${n} marks`;
const leaves = (drawn: string[]) => drawn.filter((part) => !/^<(?:svg|g)\b/.test(part));
const tagOf = (part: string) => part.match(/^<\w+/)?.[0];
const wordsOf = (part: string) => unescapeXml(part.replace(/<[^>]*>/g, ""));

/** Notes what differs in what a mark draws; tells whether it is drawn elsewhere. */
function drawingChanges(name: string, { drawn: old }: Mark, { drawn: fresh }: Mark, facts: Fact[]): boolean {
  if (old.map(tagOf).join() !== fresh.map(tagOf).join()) {
    const [was, is] = [leaves(old), leaves(fresh)];
    const words = [was, is].map((parts) => parts.map(wordsOf).filter(Boolean).join(" ") || "no text");
    const said = words[0] === words[1] ? "" : ` (${words.join(" → ")})`;
    facts.push(data(`${name}: ${count(was.length)} before, ${is.length} now${said}`));
    return false;
  }
  let [elsewhere, pictures] = [false, 0];
  const looks = new Map<string, string>();
  old.forEach((part, i) => {
    const now = fresh[i];
    if (part === now) return;
    const [words, saysNow] = [wordsOf(part), wordsOf(now)];
    if (words !== saysNow) {
      const kind = /\d/.test(words + saysNow) ? "numbers" : "texts";
      facts.push({
        kind,
        says: `${name}: "${words}" is now "${saysNow}"`,
        cause: `"${words}" → "${saysNow}"`,
      });
    }
    const [was, is] = [attributesOf(part), attributesOf(now)];
    for (const attribute of new Set([...was.keys(), ...is.keys()])) {
      const [a = "", b = ""] = [was.get(attribute), is.get(attribute)];
      if (a === b) continue;
      if (attribute === "href") pictures++;
      else if (PLACES.has(attribute)) elsewhere ||= !samePlace(a, b);
      else {looks.set(
          `${name}: ${attribute} was ${quoted(a)}, is ${quoted(b)}`,
          `${a || "none"} → ${b || "none"}`,
        );}
    }
  });
  for (const [says, cause] of looks) facts.push({ kind: "looks", says, cause });
  const all = fresh.filter((part) => part.includes(" href=")).length;
  if (pictures > 0) facts.push(data(`${name}: ${pictures} of ${all} pictures with other pixels`));
  return elsewhere;
}

const attributesOf = (part: string) =>
  new Map([...part.matchAll(/ ([\w:-]+)=(?:"([^"]*)"|'([^']*)')/g)].map(([, name, a, b]) => [name, a ?? b]));
const quoted = (value: string) => value === "" ? "not set" : `"${value}"`;

/** What an SVG draws, apart from what {@link chartChanges} compares as rows and places. */
export const withoutPlaces = (svg: string) =>
  svg.replace(/<(metadata|title)>[^]*?<\/\1>/g, "")
    .replace(/ ([\w:-]+)="[^"]*"/g, (whole, name) => PLACES.has(name) ? "" : whole);

/** A curve through the same points as a straight line has the same numbers, between other letters. */
function samePlace(a: string, b: string): boolean {
  if (a.replace(NUMBERS, "#") !== b.replace(NUMBERS, "#")) return false;
  const [was, is] = [a, b].map((text) => (text.match(NUMBERS) ?? []).map(Number));
  return was.every((value, i) => Math.abs(value - is[i]) <= SAME_PLACE);
}
