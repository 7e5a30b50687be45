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
export function svgToPng(svg: string, { scale = 1 }: { scale?: number } = {}): Uint8Array {
  const painter = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    background: "white",
    font: { loadSystemFonts: true },
  });
  return painter.render().asPng();
}
