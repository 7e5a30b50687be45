// Pictures as pixels: painted, compared, and drawn with what changed marked.
import { decode, encode } from "fast-png";
import { paint } from "../pictures/png.ts";

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
  /** A PNG file: the later picture, pale, with the pixels that differ in a strong colour and frames around them. */
  picture: Uint8Array;
}

/** A channel may differ by so much, of 255: what smooth edges do when a point moves by a hundredth of a pixel. */
const SAME_COLOUR = 12;
const MARK = [214, 0, 130];
/** What changed is framed in squares of so many pixels, so that one changed pixel can be found. */
const SQUARE = 16;
/** Where so many squares have changes, nobody needs frames to find them. */
const MOST_FRAMES = 24;

/** The pixels of an SVG file, painted on white. */
export function svgPixels(svg: string): Pixels {
  const { width, height, pixels } = paint(svg);
  return { width, height, data: new Uint8Array(pixels) };
}

/** The pixels of a PNG file; grey ones, ones with a palette and those with 16 bits are made into the usual. */
export function pngPixels(png: Uint8Array): Pixels {
  const { width, height, data, channels, depth, palette } = decode(png);
  const value = (at: number) =>
    depth === 16 ? data[at] >> 8 : depth < 8 && !palette ? data[at] * 255 / (2 ** depth - 1) : data[at];
  const rgba = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const own = Array.from({ length: channels }, (_, c) => value(i * channels + c));
    const [r, g, b, a = 255] = palette
      ? palette[own[0]]
      : channels < 3
      ? [own[0], own[0], own[0], own[1]]
      : own;
    rgba.set([r, g, b, a], 4 * i);
  }
  return { width, height, data: rgba };
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
  const data = new Uint8Array(4 * width * height).fill(255);
  const squares = new Set<string>();
  let changed = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const [was, is] = [offset(before, x, y), offset(after, x, y)];
      if (was >= 0 && is >= 0 && sameColour(before.data, was, after.data, is)) {
        // Half way to white twice: what did not change stays in the background.
        for (let c = 0; c < 3; c++) data[at + c] = 255 - ((255 - grey(after.data, is)) >> 2);
        continue;
      }
      changed++;
      data.set(MARK, at);
      squares.add(`${Math.floor(x / SQUARE)},${Math.floor(y / SQUARE)}`);
    }
  }
  for (const square of squares.size > MOST_FRAMES ? [] : squares) frame(data, width, height, squares, square);
  const picture = changed === 0 ? new Uint8Array() : encode({ width, height, data, channels: 4, depth: 8 });
  return { changed, all: width * height, picture };
}

function offset({ width, height }: Pixels, x: number, y: number): number {
  return x < width && y < height ? 4 * (y * width + x) : -1;
}

function sameColour(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let c = 0; c < 4; c++) if (Math.abs(a[atA + c] - b[atB + c]) > SAME_COLOUR) return false;
  return true;
}

const grey = (data: Uint8Array, at: number) => (data[at] * 77 + data[at + 1] * 151 + data[at + 2] * 28) >> 8;

/** Draw the sides of a square that have no neighbour. */
function frame(data: Uint8Array, width: number, height: number, squares: Set<string>, square: string): void {
  const [column, row] = square.split(",").map(Number);
  const put = (x: number, y: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) data.set(MARK, 4 * (y * width + x));
  };
  const [left, top] = [column * SQUARE, row * SQUARE];
  const sides: [number, number, (i: number) => void][] = [
    [-1, 0, (i) => put(left, top + i)],
    [1, 0, (i) => put(left + SQUARE - 1, top + i)],
    [0, -1, (i) => put(left + i, top)],
    [0, 1, (i) => put(left + i, top + SQUARE - 1)],
  ];
  for (const [dx, dy, draw] of sides) {
    if (squares.has(`${column + dx},${row + dy}`)) continue;
    for (let i = 0; i < SQUARE; i++) draw(i);
  }
}
