// What is different between two charts: in their data, or in their looks only.
import { lettersOf, Moves, numbersIn, pointsOf, SAME_POINT } from "./chart_moves.ts";
import { readScales, type Scales } from "./chart_scale.ts";
import { readSvg, type SvgElement } from "./svg.ts";

/** What is different, a phrase each. */
export interface ChartChanges {
  /** Marks that came, went or moved, other texts, other axes. */
  data: string[];
  /** Colours, widths, fonts. */
  looks: string[];
}

/** These hold numbers that say where something is, and how large. */
const GEOMETRY = new Set(
  "d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox".split(" "),
);

/** A part of a chart that has a name, such as the line of one run. */
interface Mark {
  name: string;
  elements: SvgElement[];
  scales: Scales;
}

/**
 * Compare two charts mark by mark. A mark whose points are where they were by the numbers on the axes has not changed,
 * even if an axis has and it is drawn elsewhere.
 *
 * @param before An SVG file
 * @param after Another
 *
 * @example
 * ```ts
 * import { chartChanges } from "./chart_changes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const chart = (y: number, colour: string) =>
 *   `<svg><g aria-label="dot" fill="${colour}"><circle cx="1" cy="${y}" r="3"/></g></svg>`;
 * assertEquals(chartChanges(chart(10, "red"), chart(12, "red")).data, ["dot: 1 of 1 moved, by at most 2 px"]);
 * assertEquals(chartChanges(chart(10, "red"), chart(10, "blue")), { data: [], looks: ['dot: fill was "red", is "blue"'] });
 * ```
 */
export function chartChanges(before: string, after: string): ChartChanges {
  const [old, fresh] = [marksOf(readSvg(before)), marksOf(readSvg(after))];
  const changes: ChartChanges = { data: [], looks: [] };
  const elsewhere: string[] = [];
  for (const [key, mark] of old) {
    const now = fresh.get(key);
    if (!now) changes.data.push(`${mark.name}: gone`);
    else if (compareMarks(mark, now, changes)) elsewhere.push(now.name);
  }
  for (const [key, { name, elements }] of fresh) {
    if (!old.has(key)) changes.data.push(`${name}: new, ${count(drawn(elements).length)}`);
  }
  if (elsewhere.length > 0) {
    changes.looks.push(`at the same numbers, elsewhere in the picture: ${elsewhere.join(", ")}`);
  }
  const [order, now] = [[...old.keys()], [...fresh.keys()]].map((keys, at) =>
    keys.filter((key) => (at === 0 ? fresh : old).has(key)).join()
  );
  if (order !== now) changes.looks.push("marks are drawn in another order");
  return changes;
}

function marksOf(elements: SvgElement[]): Map<string, Mark> {
  const charts = new Set(elements.map(({ chart }) => chart)).size;
  const marks = new Map<string, Mark>();
  for (const element of elements.filter((element) => !isTitle(element))) {
    const key = `${element.chart}/${element.mark}/${element.group}`;
    if (!marks.has(key)) {
      const which = element.group > 1 ? ` ${element.group}` : "";
      const where = charts > 1 ? `chart ${element.chart + 1}, ` : "";
      const scales = readScales(elements.filter(({ chart }) => chart === element.chart));
      marks.set(key, { name: `${where}${element.mark || "title and frame"}${which}`, elements: [], scales });
    }
    marks.get(key)!.elements.push(element);
  }
  return marks;
}

/** The title of the whole is drawn too, as a text. */
const isTitle = ({ tag, mark }: SvgElement) => tag === "title" && mark === "";
const drawn = (elements: SvgElement[]) => elements.filter(({ tag }) => !["svg", "g", "title"].includes(tag));
const count = (n: number) => n === 1 ? "1 mark" : `${n} marks`;
const textsOf = (elements: SvgElement[]) => elements.flatMap(({ text }) => text ? [text] : []);

/** Tells whether the mark is drawn elsewhere though its numbers are the same. */
function compareMarks(before: Mark, after: Mark, changes: ChartChanges): boolean {
  const [old, fresh] = [before.elements, after.elements];
  const { name } = after;
  const structure = (elements: SvgElement[]) => elements.map(({ tag }) => tag).join();
  if (structure(old) !== structure(fresh)) {
    const [was, is] = [drawn(old), drawn(fresh)];
    changes.data.push(
      `${name}: ${count(was.length)} before, ${is.length} now${listed(textsOf(was), textsOf(is))}`,
    );
    return false;
  }
  const moves = new Moves();
  let drawnElsewhere = false;
  let pictures = 0;
  old.forEach((element, at) => {
    const now = fresh[at];
    if (element.attributes.get("href") !== now.attributes.get("href")) pictures++;
    if (element.text !== now.text) changes.data.push(`${name}: "${element.text}" is now "${now.text}"`);
    compareRest(name, element, now, changes);
    if (!moved(element, now)) return;
    drawnElsewhere = true;
    moves.add(pointsOf(element), pointsOf(now), before.scales, after.scales);
  });
  if (pictures > 0) {
    const all = fresh.filter(({ attributes }) => attributes.has("href")).length;
    changes.data.push(`${name}: ${pictures} of ${all} pictures with other pixels`);
  }
  const said = moves.describe(drawn(fresh).length);
  if (said) changes.data.push(`${name}: ${said}`);
  return drawnElsewhere && !said;
}

function listed(before: string[], after: string[]): string {
  if (before.join() === after.join()) return "";
  return ` (${before.join(" ") || "no text"} → ${after.join(" ") || "no text"})`;
}

function moved(before: SvgElement, after: SvgElement): boolean {
  return [...GEOMETRY].some((name) => {
    const [old, fresh] = [before.attributes.get(name) ?? "", after.attributes.get(name) ?? ""];
    if (old === fresh) return false;
    const [was, is] = [numbersIn(old), numbersIn(fresh)];
    // A curve through the same points as a straight line has the same numbers between other letters.
    if (was.length !== is.length || lettersOf(old) !== lettersOf(fresh)) return true;
    return was.some((value, at) => Math.abs(value - is[at]) > SAME_POINT);
  });
}

/** Attributes that are not places. */
function compareRest(name: string, before: SvgElement, after: SvgElement, changes: ChartChanges): void {
  for (const attribute of new Set([...before.attributes.keys(), ...after.attributes.keys()])) {
    const [was, is] = [before.attributes.get(attribute), after.attributes.get(attribute)];
    if (was === is || attribute === "href" || GEOMETRY.has(attribute)) continue;
    if (attribute === "aria-label") changes.data.push(`${name}: "${was ?? ""}" is now "${is ?? ""}"`);
    else {
      const said = `${name}: ${attribute} was ${quoted(was)}, is ${quoted(is)}`;
      if (!changes.looks.includes(said)) changes.looks.push(said);
    }
  }
}

const quoted = (value: string | undefined) => value === undefined ? "not set" : `"${value}"`;
