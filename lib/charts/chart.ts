import { palette } from "./palette.ts";
import { escapeXml, FONTS, legalXml, wrapText } from "./text.ts";

/** The name under which Jupyter front ends ask an object how it wants to be shown. */
const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** What a finished chart is made of. Sizes in pixels. */
export interface ChartParts {
  /** One sentence that states the finding; drawn above the picture, wrapped where it is too long */
  title: string;
  /** A second, quieter sentence */
  subtitle?: string;
  /** The picture in words, made from the same rows: for screen readers, and wherever pictures are not shown */
  alternative: string;
  /** Width of the picture, and of the whole chart */
  width: number;
  /** Height of the picture, without title and subtitle */
  height: number;
  /** The picture: SVG elements without a root */
  body: string;
  /** Draws the same chart for another size; without it, a chart can only be scaled */
  redraw?: (width: number, height: number | undefined) => Chart;
}

/**
 * A finished picture: one SVG file and its text alternative, which a notebook can show.
 *
 * The SVG stands alone: its own white background, black text and fonts, no script, no style sheet, no network.
 * The same parts give the same characters, and two charts on one page never share an id.
 *
 * @example
 * ```ts
 * import { Chart, lossChart } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const chart: Chart = lossChart([{ epoch: 0, trainLoss: 1.61 }, { epoch: 5, trainLoss: 0.09 }]);
 * assertEquals(chart.alternative.split(".")[0], "Line chart of loss in nats against epoch");
 * ```
 */
export class Chart {
  /** The sentence above the picture. */
  readonly title: string;
  /** The picture in words. */
  readonly alternative: string;
  /** Pixels of the whole chart. */
  readonly width: number;
  /** Pixels of the whole chart, with title and subtitle. */
  readonly height: number;
  readonly #svg: string;
  readonly #parts: ChartParts;

  /**
   * Puts title, subtitle and picture together.
   *
   * @param parts Title, text alternative, size and the SVG elements of the picture
   */
  constructor(parts: ChartParts) {
    this.title = parts.title;
    this.alternative = parts.alternative;
    this.#parts = parts;
    this.#svg = assemble(parts);
    this.width = parts.width;
    this.height = heading(parts).height + parts.height;
  }

  /**
   * The same chart for another width: drawn again where it can be, so that its text keeps its size and its labels stay
   * apart; otherwise as it is.
   *
   * @param width Pixels of the whole chart, e.g. 390 for a telephone
   * @param height Pixels of the plot, without title (default: what suits the chart)
   *
   * @example
   * ```ts
   * import { functionChart } from "backprop";
   * import { assertEquals } from "@std/assert";
   *
   * const axes = { domain: [-2, 2], xLabel: "x", yLabel: "y" } as const;
   * const chart = functionChart([{ label: "x²", f: (x) => x * x }], axes);
   * assertEquals([chart.width, chart.resized(390).width], [600, 390]);
   * ```
   */
  resized(width: number, height?: number): Chart {
    return this.#parts.redraw ? this.#parts.redraw(width, height) : this;
  }

  /** Pixels that title and subtitle take. @internal */
  get headHeight(): number {
    return heading(this.#parts).height;
  }

  /** Title and picture as a piece of another chart, the picture `top` pixels down. @internal */
  piece(top: number): string {
    return contents(heading(this.#parts), withOwnIds(this.#parts.body), top);
  }

  /**
   * The whole chart as an SVG file.
   *
   * @example
   * ```ts
   * import { barChart } from "backprop";
   * import { assertEquals } from "@std/assert";
   *
   * const svg = barChart([{ label: "0", value: 12 }, { label: "1", value: 15 }]).toSVG();
   * assertEquals(svg.startsWith("<svg xmlns="), true);
   * ```
   */
  toSVG(): string {
    return this.#svg;
  }

  /** The chart for Jupyter: the picture, and its text alternative where pictures are not shown. */
  [DISPLAY](): { "image/svg+xml": string; "text/plain": string } {
    return { "image/svg+xml": this.#svg, "text/plain": this.alternative };
  }
}

const MARGIN = 16;
const TITLE = { size: 16, line: 21 };
/** In charts that stand side by side. */
const SMALL_TITLE = { size: 14, line: 18 };
const SUBTITLE = { size: 13, line: 18 };

/** The sentences above the picture, and the pixels they take. */
function heading({ title, subtitle = "", width }: ChartParts): { svg: string; height: number } {
  const room = width - 2 * MARGIN;
  const { size, line } = width < 360 ? SMALL_TITLE : TITLE;
  const titleLines = title === "" ? [] : wrapText(title, room, size, true);
  const subtitleLines = subtitle === "" ? [] : wrapText(subtitle, room, SUBTITLE.size);

  let y = 10;
  const lines: string[] = [];
  for (const text of titleLines) {
    y += line;
    lines.push(
      `<text x="${MARGIN}" y="${y - 5}" font-size="${size}" font-weight="600">${escapeXml(text)}</text>`,
    );
  }
  for (const text of subtitleLines) {
    y += SUBTITLE.line;
    lines.push(
      `<text x="${MARGIN}" y="${y - 3}" font-size="${SUBTITLE.size}" fill="${palette.quietText}">${
        escapeXml(text)
      }</text>`,
    );
  }
  return { svg: `<g>${lines.join("")}</g>`, height: lines.length === 0 ? 0 : y + 8 };
}

/** Heading and picture, the picture `top` pixels down. */
function contents({ svg }: { svg: string }, body: string, top: number): string {
  return `${svg}<g transform="translate(0,${top})">${body}</g>`;
}

function assemble(parts: ChartParts): string {
  const { title, alternative, width, height, body } = parts;
  const head = heading(parts);
  const total = head.height + height;
  const svg = legalXml([
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}"`,
    ` role="img" aria-label="${escapeXml(alternative)}" font-family="${FONTS}" font-size="13"`,
    ` fill="${palette.text}" color="${palette.text}" style="max-width:100%;height:auto;background:${palette.paper}">`,
    `<title>${escapeXml(title)}</title><desc>${escapeXml(alternative)}</desc>`,
    `<rect width="${width}" height="${total}" fill="${palette.paper}"/>`,
    contents(head, body, head.height),
    "</svg>",
  ].join(""));
  return withOwnIds(svg);
}

/**
 * Renames every id after the content it stands in. Plot counts its ids over the life of the process, so they would
 * differ from run to run, and two charts that number from 1 would clip each other on one page.
 */
function withOwnIds(svg: string): string {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))];
  if (ids.length === 0) return svg;
  const rename = (name: (index: number) => string) =>
    ids.reduce(
      (text, id, index) =>
        text.replaceAll(` id="${id}"`, ` id="${name(index)}"`)
          .replaceAll(`url(#${id})`, `url(#${name(index)})`)
          .replaceAll(`href="#${id}"`, `href="#${name(index)}"`),
      svg,
    );
  const prefix = `c${hash(rename((index) => `id-${index}`))}`;
  return rename((index) => `${prefix}-${index}`);
}

/** FNV-1a over UTF-16 units, 32 bits in hexadecimal: enough to tell the charts of a page apart. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, "0");
}
