// Charts as their goldens keep them.

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
