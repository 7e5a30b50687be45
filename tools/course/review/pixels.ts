// Pictures as pixels: painted, compared, and drawn with what changed marked.
import { encode } from "fast-png";
import pixelmatch from "pixelmatch";
import { paint } from "../../shared/png.ts";

/** Red, green, blue and opacity of each pixel, row by row, from 0 to 255. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/** What differs between two pictures. */
export interface PixelChanges {
  /** How many pixels differ. */
  changed: number;
  /** How many there are. */
  all: number;
  /** A PNG file: the earlier picture, pale, with the pixels that differ in a strong colour and a frame around them. */
  picture: Uint8Array;
}

/** Colours may be so far apart, where 1 is black beside white: what smooth edges do when a point moves by a hundredth. */
const SAME_COLOUR = 0.03;
const MARK: [number, number, number] = [214, 0, 130];
/** What changed is framed at this distance, so that one changed pixel can be found. */
const FRAME = 8;

/** The pixels of an SVG file, painted on white. */
export function svgPixels(svg: string): Pixels {
  const { width, height, pixels } = paint(svg);
  return { width, height, data: new Uint8Array(pixels) };
}
/** The pixels of a PNG file, painted on white too, so that it may be of any of the forms that the format has. */
export function pngPixels(png: Uint8Array): Pixels {
  const header = new DataView(png.buffer, png.byteOffset);
  const sides = `width="${header.getUint32(16)}" height="${header.getUint32(20)}"`;
  const href = `data:image/png;base64,${png.toBase64()}`;
  return svgPixels(`<svg xmlns="http://www.w3.org/2000/svg" ${sides}><image ${sides} href="${href}"/></svg>`);
}

/**
 * Compare two pictures pixel by pixel.
 *
 * @example
 * ```ts
 * import { comparePixels, svgPixels } from "./pixels.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const square = (colour: string) =>
 *   svgPixels(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><path d="M0,0h2v2h-2" fill="${colour}"/></svg>`);
 * const { changed, all } = comparePixels(square("red"), square("blue"));
 * assertEquals([changed, all], [4, 16]);
 * ```
 */
export function comparePixels(before: Pixels, after: Pixels): PixelChanges {
  const width = Math.max(before.width, after.width);
  const height = Math.max(before.height, after.height);
  const [old, fresh] = [before, after].map((picture) => onCanvas(picture, width, height));
  const options = {
    threshold: SAME_COLOUR,
    includeAA: true,
    checkerboard: false,
    alpha: 0.25,
    diffColor: MARK,
  };
  const data = new Uint8Array(old.length);
  const changed = pixelmatch(old, fresh, data, width, height, options);
  if (changed === 0) return { changed, all: width * height, picture: new Uint8Array() };
  frame(data, width, height);
  return { changed, all: width * height, picture: encode({ width, height, data, channels: 4, depth: 8 }) };
}

/** A picture on a sheet as large as both, grey where it is not: its paper is white, so another size is seen. */
function onCanvas({ width, height, data }: Pixels, wide: number, high: number): Uint8Array {
  const sheet = new Uint8Array(4 * wide * high).fill(128);
  for (let y = 0; y < height; y++) sheet.set(data.subarray(4 * y * width, 4 * (y + 1) * width), 4 * y * wide);
  return sheet;
}

/** Around all that is marked; where that is most of the picture, one finds it without. */
function frame(data: Uint8Array, width: number, height: number): void {
  const marked = Array.from({ length: width * height }, (_, i) => i).filter((i) =>
    MARK.every((value, c) => data[4 * i + c] === value)
  );
  const [left, top, right, bottom] = marked.reduce(([l, t, r, b], i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return [Math.min(l, x), Math.min(t, y), Math.max(r, x), Math.max(b, y)];
  }, [width, height, 0, 0]).map((edge, side) => edge + (side < 2 ? -FRAME : FRAME));
  const put = (x: number, y: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) data.set(MARK, 4 * (y * width + x));
  };
  for (let x = left; x <= right; x++) [top, bottom].forEach((y) => put(x, y));
  for (let y = top; y <= bottom; y++) [left, right].forEach((x) => put(x, y));
}
