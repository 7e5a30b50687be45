// Charts as their goldens keep them, and as lists of what their marks draw and from which rows.
import { type Axis, type Column, readRows } from "../../lib/charts/rows.ts";

/** A part of a chart that has a name, such as the line of one run. */
export interface Mark {
  /** What it draws: one line of the normal SVG each. */
  drawn: string[];
  /** The rows that it was drawn from, where the chart keeps them. */
  rows?: Record<string, (number | string | null)[]>;
  axes?: { x?: Axis; y?: Axis };
}

/**
 * The SVG as it is kept: an element a line, so that a changed point is a changed line, and ids by their order, since they
 * are counted or made from the content. The text alternative is left out, as the cell's text has it.
 *
 * @example
 * ```ts
 * import { normalSvg } from "./svg.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const svg = normalSvg('<svg><clipPath id="plot-clip-7"></clipPath><g clip-path="url(#plot-clip-7)"></g></svg>');
 * assertEquals(svg, '<svg>\n<clipPath id="id-1">\n</clipPath>\n<g clip-path="url(#id-1)">\n</g>\n</svg>\n');
 * ```
 */
export function normalSvg(svg: string): string {
  const plain = svg.replace(/<desc>[^<]*<\/desc>/g, "").replace(/^(<svg\b[^>]*?) aria-label="[^"]*"/, "$1");
  const ids = [...new Set([...plain.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))];
  const names = new Map(ids.map((id, index) => [id, `id-${index + 1}`]));
  const named = plain.replace(
    /( id="|url\(#|href="#)([^"()]+)/g,
    (whole, before, id) => names.has(id) ? before + names.get(id) : whole,
  );
  // Inside a text, a line break would be a space.
  const lines = named.replace(
    /<(text|title|metadata)\b[^]*?<\/\1>\s*|>\s*(?=<)/g,
    (part) => `${part.trimEnd()}\n`,
  );
  return lines.trimEnd() + "\n";
}

/** An element that begins, one that ends, or one that is whole, with all in it. */
const PART = /<(?:metadata|text|title)\b[^]*?<\/(?:metadata|text|title)>|<\/[^>]*>|<[^>]*>/g;

/**
 * The marks of a chart by their names, as they are given for screen readers: `line "train"`, `x-axis tick label`. The
 * second of a name is `line "train" 2`; in a picture of several charts they begin with `chart 1, `.
 */
export function marksOf(svg: string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const many = svg.split('aria-description="chart"').length > 2;
  let chart = 0;
  const named = (name: string, taken: (mark: Mark) => boolean) => {
    const whole = `${many ? `chart ${chart}, ` : ""}${name}`;
    for (let n = 1;; n++) {
      const key = n > 1 ? `${whole} ${n}` : whole;
      const mark = marks.get(key) ?? { drawn: [] };
      marks.set(key, mark);
      if (!taken(mark)) return mark;
    }
  };
  const open: Mark[] = [named("title and frame", () => false)];
  for (const [part] of svg.matchAll(PART)) {
    if (part.startsWith("</")) open.pop();
    else if (part.startsWith("<metadata")) {
      for (const { axes, marks } of readRows(part)) {
        for (const { marks: names, rows } of marks) {
          const columns = Object.entries(rows).map(([name, column]) => [name, valuesOf(column)]);
          for (const name of names) {
            Object.assign(named(name, (mark) => mark.rows !== undefined), {
              rows: Object.fromEntries(columns),
              axes,
            });
          }
        }
      }
    } else if (!part.startsWith("<title")) {
      const [label, description] = ["label", "description"].map((aria) =>
        unescapeXml(part.match(` aria-${aria}="([^"]*)"`)?.[1] ?? "")
      );
      if (part.includes('aria-description="chart"')) chart++;
      const isMark = label !== "" && (part.startsWith("<g") || open.length < 2);
      const name = description ? `${label} "${description}"` : label;
      const mark = isMark ? named(name, ({ drawn }) => drawn.length > 0) : open.at(-1) ?? open[0];
      mark.drawn.push(part);
      if (!/\/>$|<\/text>$/.test(part)) open.push(mark);
    }
  }
  return new Map([...marks].filter(([, { drawn }]) => drawn.length > 0));
}

/** Text as it is read. */
export function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => characters[name]);
}

function valuesOf(column: Column): (number | string | null)[] {
  if (Array.isArray(column)) return column;
  const { from, to, count } = column;
  return Array.from({ length: count }, (_, i) => from + (to - from) * i / (count - 1));
}
