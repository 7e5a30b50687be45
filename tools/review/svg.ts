// Charts as their goldens keep them, and read back as a list of what they draw.

/** One thing that a picture draws, or a group. */
export interface SvgElement {
  tag: string;
  attributes: Map<string, string>;
  /** The text in it, without that of elements within. */
  text: string;
  /** Which of the charts in the picture it belongs to, from 0. */
  chart: number;
  /** What it belongs to, as the chart names it for screen readers: `line "train"`, `x-axis tick label`; may be empty. */
  mark: string;
  /** Which group of that name it is in, from 1; 0 outside of all. */
  group: number;
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
    /<(text|title)\b[^]*?<\/\1>\s*|>\s*(?=<)/g,
    (part) => `${part.trimEnd()}\n`,
  );
  return lines.trimEnd() + "\n";
}

/** What a picture draws, in its order. */
export function readSvg(svg: string): SvgElement[] {
  const elements: SvgElement[] = [];
  const open: SvgElement[] = [];
  const groups = new Map<string, number>();
  let charts = 0;
  for (const [, closing, tag, attributes, empty, text] of svg.matchAll(TOKEN)) {
    if (text !== undefined) {
      if (open.length > 0) open.at(-1)!.text += unescapeXml(text.trim());
      continue;
    }
    if (closing) {
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    const given = new Map(
      [...attributes.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, unescapeXml(value)]),
    );
    const isChart = given.get("aria-description") === "chart";
    const chart = isChart ? charts++ : parent?.chart ?? 0;
    const own = isChart ? undefined : nameOf(given);
    const element: SvgElement = { tag, attributes: given, text: "", chart, mark: "", group: 0 };
    if (own === undefined) Object.assign(element, { mark: parent?.mark ?? "", group: parent?.group ?? 0 });
    else if (parent?.mark && tag !== "g") Object.assign(element, { mark: parent.mark, group: parent.group });
    else {
      const group = (groups.get(`${chart} ${own}`) ?? 0) + 1;
      groups.set(`${chart} ${own}`, group);
      Object.assign(element, { mark: own, group });
    }
    elements.push(element);
    if (!empty) open.push(element);
  }
  return elements;
}

/** Whether {@link readSvg} understands every element of a picture: it knows the SVG that charts write, and not all there is. */
export function isReadable(svg: string): boolean {
  return readSvg(svg).length === (svg.match(/<[A-Za-z]/g) ?? []).length;
}

const TOKEN = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

function nameOf(attributes: Map<string, string>): string | undefined {
  const label = attributes.get("aria-label");
  const description = attributes.get("aria-description");
  if (label === undefined) return undefined;
  return description === undefined ? label : `${label} "${description}"`;
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => characters[name])
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10)));
}
