import { maxOf } from "../kernels/extremes.ts";
import { encode } from "fast-png";
import { Chart } from "./chart.ts";
import { ChartDataError } from "./errors.ts";
import { paragraph, plural, sentence } from "./format.ts";
import { palette } from "./palette.ts";
import { type ChartOptions, checkFields, HEADING, type Names, readOptions } from "./read.ts";
import { base64, escapeXml, wrapText } from "./text.ts";

/** One picture of a {@link digitGrid}. */
export interface DigitImage {
  /** Brightness of each pixel, row by row from the top left; `height` × `width` numbers in 0…`max` */
  pixels: ArrayLike<number>;
  /** Text below the picture, e.g. `"3, says 2 (91%)"`; broken where it is too long, or at `"\n"` */
  caption?: string;
  /** Draws the caption in the colour of mistakes (default `false`) */
  wrong?: boolean;
}

/** Options of {@link digitGrid}. */
export interface DigitGridOptions extends ChartOptions {
  /** Pixel value of full ink (default 255; choose 1 for pixels in 0…1) */
  max?: number;
  /** Rows of pixels of a picture (default 28) */
  height?: number;
  /** Columns of pixels of a picture (default 28) */
  width?: number;
  /** Pictures side by side (default: 5 to 10, by their number) */
  columns?: number;
  /** `"black"` ink on white paper (default), or `"white"` ink on black as MNIST stores it */
  ink?: "black" | "white";
}

const PICTURE: Names<DigitImage> = { pixels: 1, caption: 1, wrong: 1 };
const OPTIONS: Names<DigitGridOptions> = { ...HEADING, max: 1, height: 1, width: 1, columns: 1, ink: 1 };
const WIDTH = 680;
const MARGIN = 16;
const FONT = 12;
const LINE = 15;

/**
 * Draws digits (or any small grey pictures) side by side, each with its caption.
 *
 * Every picture is a PNG of one byte a pixel inside the SVG: 40 digits take about 30 kB.
 *
 * @param images Pictures with captions, or just their pixels
 * @throws {ChartDataError} If there is no picture, or pixels do not fit `height`, `width` and `max`
 *
 * @example
 * ```ts
 * import { digitGrid } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const stroke = Array.from({ length: 28 * 28 }, (_, i) => i % 28 === 14 ? 255 : 0);
 * const chart = digitGrid([{ pixels: stroke, caption: "1, says 4 (51%)", wrong: true }]);
 * assertEquals(chart.alternative, "Grid of 1 picture. Caption: 1, says 4 (51%).");
 * ```
 */
export function digitGrid(
  images: readonly (DigitImage | ArrayLike<number>)[],
  given: DigitGridOptions = {},
): Chart {
  const options = readOptions("digitGrid", given, OPTIONS, [], []);
  const { title = "", subtitle, max = 255, height = 28, width = 28, ink = "black" } = options;
  const pictures = readPictures(images, { max, height, width });
  const columns = Math.min(pictures.length, options.columns ?? defaultColumns(pictures.length));
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new ChartDataError(
      `digitGrid() expects columns to be a whole number from 1, got ${options.columns}.`,
    );
  }

  const slot = (WIDTH - 2 * MARGIN) / columns;
  // Whole screen pixels for each pixel of a digit, so that no row looks thicker than its neighbour.
  const zoom = Math.max(1, Math.floor(Math.min(112, slot - 8) / Math.max(width, height)));
  const captions = pictures.map(({ caption = "" }) =>
    caption === "" ? [] : wrapText(caption, slot - 4, FONT)
  );
  const parts: string[] = [];
  let top = 4;
  for (let start = 0; start < pictures.length; start += columns) {
    const row = pictures.slice(start, start + columns);
    const lines = captions.slice(start, start + columns);
    row.forEach((picture, column) => {
      const centre = MARGIN + slot * (column + 0.5);
      parts.push(
        pictureElement(picture, { x: centre - width * zoom / 2, y: top, width, height, zoom, max, ink }),
      );
      const colour = picture.wrong ? palette.validationText : palette.text;
      lines[column].forEach((line, index) =>
        parts.push(
          `<text x="${centre}" y="${top + height * zoom + LINE * (index + 1)}" fill="${colour}">${
            escapeXml(line)
          }</text>`,
        )
      );
    });
    top += height * zoom + LINE * maxOf(lines.map((of) => of.length)) + 12;
  }

  return new Chart({
    title,
    subtitle,
    alternative: describe(pictures, columns, title),
    width: WIDTH,
    height: top,
    body: `<g font-size="${FONT}" text-anchor="middle">${parts.join("")}</g>`,
  });
}

function defaultColumns(count: number): number {
  return count <= 10 ? 5 : count <= 12 ? 6 : count <= 24 ? 8 : 10;
}

function readPictures(
  images: readonly (DigitImage | ArrayLike<number>)[],
  { max, height, width }: { max: number; height: number; width: number },
): DigitImage[] {
  if (!Array.isArray(images) || images.length === 0) {
    throw new ChartDataError(
      "digitGrid() has no pictures to draw. Call digitGrid([{ pixels, caption }, …]).",
    );
  }
  let brightest = 0;
  let fractional = false;
  const pictures = images.map((image: DigitImage | ArrayLike<number>, index) => {
    const picture = image !== null && typeof image === "object" && "pixels" in image
      ? image as DigitImage
      : { pixels: image as ArrayLike<number> };
    if (Object.getPrototypeOf(image ?? []) === Object.prototype) {
      checkFields("digitGrid", `picture ${index}`, image, PICTURE);
    }
    const count = picture.pixels?.length;
    if (count !== height * width) {
      throw new ChartDataError(
        `digitGrid() cannot draw picture ${index}: expected ${height} × ${width} = ${
          height * width
        } pixels, ` +
          `got ${count ?? "none"}. Pass one picture per row, or set { height, width }.`,
      );
    }
    for (let at = 0; at < count; at++) {
      const value = picture.pixels[at];
      if (!(value >= 0 && value <= max)) {
        throw new ChartDataError(
          `digitGrid() cannot draw picture ${index}: pixel ${at} is ${value}, outside 0…${max}. ` +
            "Set { max } to the value of full ink.",
        );
      }
      if (value > brightest) brightest = value;
      if (!Number.isInteger(value)) fractional = true;
    }
    return picture;
  });
  if (max === 255 && fractional && brightest <= 1) {
    throw new ChartDataError(
      `digitGrid() would draw blank paper: no pixel is above ${brightest}, but full ink is 255. Pass { max: 1 }.`,
    );
  }
  return pictures;
}

function pictureElement(
  { pixels, caption = "" }: DigitImage,
  at: {
    x: number;
    y: number;
    width: number;
    height: number;
    zoom: number;
    max: number;
    ink: "black" | "white";
  },
): string {
  const data = Uint8Array.from(pixels, (value) => {
    const grey = Math.round(value / at.max * 255);
    return at.ink === "black" ? 255 - grey : grey;
  });
  const png = encode({ width: at.width, height: at.height, data, depth: 8, channels: 1 });
  const [w, h] = [at.width * at.zoom, at.height * at.zoom];
  const x = Math.round(at.x);
  return `<image x="${x}" y="${at.y}" width="${w}" height="${h}" preserveAspectRatio="none"` +
    ` style="image-rendering:pixelated" href="data:image/png;base64,${base64(png)}">` +
    (caption ? `<title>${escapeXml(caption)}</title>` : "") + "</image>" +
    `<rect x="${x - 0.5}" y="${at.y - 0.5}" width="${w + 1}" height="${
      h + 1
    }" fill="none" stroke="${palette.grid}"/>`;
}

function describe(pictures: DigitImage[], columns: number, title: string): string {
  const rows = Math.ceil(pictures.length / columns);
  const captions = pictures.map((picture) => picture.caption?.replace("\n", " ") ?? "").filter((caption) =>
    caption
  );
  return paragraph(
    sentence(title),
    `Grid of ${plural(pictures.length, "picture")}${rows > 1 ? ` in ${rows} rows` : ""}.`,
    captions.length > 0 && `${captions.length === 1 ? "Caption" : "Captions"}: ${captions.join("; ")}.`,
  );
}
