// What is different between two charts: in the rows they were drawn from, in their texts, or in their looks only.
import { unescapeHtml } from "../site/page.ts";
import type { Fact } from "./fact.ts";
import { rowChanges } from "./row_changes.ts";

/** These hold numbers that say where something is, and how large. */
const PLACES = new Set(
  "d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox".split(" "),
);
const NUMBERS = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
/** Numbers may be so far apart, in pixels, and still be the same place: charts write two decimals. */
const SAME_PLACE = 0.0151;
/** Marks whose place is no data. */
const FURNITURE = /axis|grid|text|frame/;

/**
 * Compare two charts: first the rows they were drawn from, then what is drawn. The same rows are the same data, even if an
 * axis has changed and they are drawn elsewhere.
 *
 * @param before An SVG file, as `normalSvg` writes it
 * @param after Another
 *
 * @example
 * ```ts
 * import { chartChanges } from "./chart_changes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = (colour: string) => `<g aria-label="dot" fill="${colour}">\n<circle cx="1" cy="9" r="3"/>\n</g>`;
 * assertEquals(chartChanges(chart("red"), chart("blue")), [
 *   { kind: "looks", says: 'dot: fill was "red", is "blue"', cause: "colour red → blue" },
 * ]);
 * ```
 */
export function chartChanges(before: string, after: string): Fact[] {
  const rows = rowChanges(before, after);
  const { facts } = rows;
  const [old, fresh] = [drawnBy(before), drawnBy(after)];
  const elsewhere: string[] = [];
  for (const name of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(name), fresh.get(name)];
    if (!was || !is) facts.push(data(was ? `${name}: gone` : `${name}: new, ${count(is!)}`));
    else if (lineChanges(name, was, is, facts) && !rows.changed.has(name)) {
      if (rows.same.has(name) || FURNITURE.test(name)) elsewhere.push(name);
      else facts.push(data(`${name}: drawn through other places`));
    }
  }
  const cause = "at the same numbers, elsewhere in the picture";
  if (elsewhere.length > 0) facts.push({ kind: "looks", says: `${cause}: ${elsewhere.join(", ")}`, cause });
  return facts;
}

/** The lines of a normal SVG by the mark that they are in, as it is named for screen readers: `line "train"`. */
function drawnBy(svg: string): Map<string, string[]> {
  let mark = "title and frame";
  const lines = svg.replace(UNDRAWN, "").trim().split("\n").map((line) => {
    const [label, description] = ["label", "description"].map((aria) =>
      line.match(` aria-${aria}="([^"]*)"`)?.[1]
    );
    if (label) mark = description ? `${label} "${unescapeHtml(description)}"` : label;
    return { mark, line };
  });
  return new Map(
    [...Map.groupBy(lines, ({ mark }) => mark)].map(([mark, list]) => [mark, list.map(({ line }) => line)]),
  );
}

/** What is compared as rows, and the title, which is drawn as a text too. */
const UNDRAWN = /<(metadata|title)>[^]*?<\/\1>\n?/g;
const data = (says: string): Fact => ({ kind: "numbers", says, cause: says });
const leaves = (lines: string[]) => lines.filter((line) => !/^<\/|^<(?:svg|g|clipPath)\b/.test(line));
const count = (lines: string[]) => leaves(lines).length === 1 ? "1 mark" : `${leaves(lines).length} marks`;
const tagOf = (line: string) => line.match(/^<\/?\w+/)?.[0];
const wordsOf = (line: string) => unescapeHtml(line.replace(/<[^>]*>/g, ""));

/** Notes what differs in the lines of a mark; tells whether it is drawn elsewhere. */
function lineChanges(name: string, old: string[], fresh: string[], facts: Fact[]): boolean {
  if (old.map(tagOf).join() !== fresh.map(tagOf).join()) {
    const words = [old, fresh].map((lines) => lines.map(wordsOf).filter(Boolean).join(" ") || "no text");
    const said = words[0] === words[1] ? "" : ` (${words.join(" → ")})`;
    facts.push(data(`${name}: ${count(old)} before, ${leaves(fresh).length} now${said}`));
    return false;
  }
  let [elsewhere, pictures] = [false, 0];
  const looks = new Map<string, string>();
  old.forEach((line, i) => {
    const [words, now] = [wordsOf(line), wordsOf(fresh[i])];
    if (words !== now) {
      const cause = `"${words}" → "${now}"`;
      facts.push({
        kind: /\d/.test(cause) ? "numbers" : "texts",
        says: `${name}: "${words}" is now "${now}"`,
        cause,
      });
    }
    const [was, is] = [attributesOf(line), attributesOf(fresh[i])];
    for (const attribute of Object.keys({ ...was, ...is })) {
      const [a = "", b = ""] = [was[attribute], is[attribute]];
      if (a === b) continue;
      if (attribute === "href") pictures++;
      else if (PLACES.has(attribute)) elsewhere ||= !samePlace(a, b);
      else {
        const property = /(?:fill|stroke|color)$/.test(attribute) ? "colour" : attribute;
        const says = `${name}: ${attribute} was ${quoted(a)}, is ${quoted(b)}`;
        looks.set(says, `${property} ${a || "none"} → ${b || "none"}`);
      }
    }
  });
  for (const [says, cause] of looks) facts.push({ kind: "looks", says, cause });
  const all = fresh.filter((line) => line.includes(" href=")).length;
  if (pictures > 0) facts.push(data(`${name}: ${pictures} of ${all} pictures with other pixels`));
  return elsewhere;
}

const attributesOf = (line: string): Record<string, string | undefined> =>
  Object.fromEntries(
    [...line.matchAll(/ ([\w:-]+)=["']([^"']*)["']/g)].map(([, name, value]) => [name, value]),
  );
const quoted = (value: string) => value === "" ? "not set" : `"${value}"`;

/** What an SVG draws, apart from what {@link chartChanges} compares as rows and places. */
export const withoutPlaces = (svg: string) =>
  svg.replace(UNDRAWN, "").replace(/ ([\w:-]+)="[^"]*"/g, (whole, name) => PLACES.has(name) ? "" : whole);

/** A curve through the same points as a straight line has the same numbers, between other letters. */
function samePlace(a: string, b: string): boolean {
  if (a.replace(NUMBERS, "#") !== b.replace(NUMBERS, "#")) return false;
  const [was, is] = [a, b].map((text) => (text.match(NUMBERS) ?? []).map(Number));
  return was.every((value, i) => Math.abs(value - is[i]) <= SAME_PLACE);
}
