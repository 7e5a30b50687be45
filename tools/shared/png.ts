import { Resvg } from "@resvg/resvg-js";

/**
 * Paints an SVG.
 *
 * Text is set in the fonts of this machine, so the same SVG may give other pixels elsewhere.
 *
 * @param svg A complete SVG file
 * @param options `scale`: pixels of the picture for each pixel of the SVG (default 1)
 * @returns A PNG file
 *
 * @example
 * ```ts
 * import { svgToPng } from "./png.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const png = svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>');
 * assertEquals([...png.subarray(1, 4)], [0x50, 0x4e, 0x47]); // "PNG"
 * ```
 */
export function svgToPng(svg: string, options: { scale?: number } = {}): Uint8Array {
  return paint(svg, options).asPng();
}

/** The same as pixels. */
export function paint(svg: string, { scale = 1 }: { scale?: number } = {}): ReturnType<Resvg["render"]> {
  const painter = new Resvg(withMathematicalFonts(svg), {
    fitTo: { mode: "zoom", value: scale },
    background: "white",
    font: { loadSystemFonts: true },
  });
  return painter.render();
}

/** Sans-serif fonts that have superscripts, ∂, Greek letters and arrows; condensed, they are about as wide as others. */
const MATHEMATICAL =
  'font-family="DejaVu Sans, Noto Sans, Noto Sans Math, Segoe UI Symbol, Arial Unicode MS, sans-serif" font-stretch="condensed"';

/**
 * Names a font for lines with characters that are in few of them. A browser finds such a font for each character; the
 * painter sets the whole line in the first one that has them all, often with serifs.
 */
function withMathematicalFonts(svg: string): string {
  return svg.replace(/<text\b([^>]*>[^<]*[^\s!-\u00FF\u2010-\u2026<][^<]*<)/g, `<text ${MATHEMATICAL}$1`);
}
