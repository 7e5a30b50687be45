import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { ChartDataError } from "./errors.ts";
import { FONT, LINE } from "./frame.ts";
import { palette } from "./palette.ts";
import type { XY } from "./series.ts";
import { textWidth, wrapEvenly } from "./text.ts";

/** A rectangle in pixels, from its top left. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A label that has found its place. */
export interface PlacedLabel {
  lines: string[];
  /** Where it stands */
  box: Box;
  /** What it names, in pixels */
  at: XY;
  fill: string;
  bold: boolean;
}

/** How a label looks, and how far it may go. */
export interface LabelOptions {
  fill?: string;
  bold?: boolean;
  /** Breaks lines that are wider */
  maxWidth?: number;
  /** Pixels from what it names (default 9) */
  distance?: number;
  /** Sides to try, the best first, e.g. `["e", "ne"]`; all eight otherwise */
  sides?: readonly Side[];
}

/** A compass direction. */
export type Side = "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";

const ALL_SIDES: readonly Side[] = ["e", "ne", "n", "se", "s", "nw", "w", "sw"];

/** What it costs to stand on something else. */
const CLASH = 400;
/** Above so many points, a curve is looked at only once in each square of 2 × 2 pixels. */
const MOST_POINTS = 20_000;
/** How far away a place may be, in multiples of the wanted distance. */
const REACHES = [1, 1.6, 2.2, 3, 4, 5, 6.5, 8, 10];

/** Finds places for labels: inside the room, off each other, off dots and, where possible, off curves. */
export class LabelSpace {
  readonly #room: Box;
  readonly #taken: Box[] = [];
  #curves: XY[] = [];

  /** @param room Where labels may stand */
  constructor(room: Box) {
    this.#room = room;
  }

  /** Keeps labels off a rectangle. */
  take(box: Box): void {
    this.#taken.push(box);
  }

  /** Keeps labels off a dot. */
  takeDot({ x, y }: XY, r: number): void {
    this.take({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  }

  /** Keeps labels off a line, where they can be. */
  trace(points: readonly XY[]): void {
    points.forEach((b, i) => {
      const a = points[Math.max(0, i - 1)];
      const parts = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 4));
      for (let k = 1; k <= parts; k++) {
        this.#curves.push({ x: a.x + (b.x - a.x) * k / parts, y: a.y + (b.y - a.y) * k / parts });
      }
    });
    if (this.#curves.length <= MOST_POINTS) return;
    const square = ({ x, y }: XY) => `${Math.round(x / 2)} ${Math.round(y / 2)}`;
    this.#curves = [...new Map(this.#curves.map((point) => [square(point), point])).values()];
  }

  /**
   * The best free place near `at`; it is taken then.
   *
   * @throws {ChartDataError} If what is named has no place: NaN, or 0 on a logarithmic axis
   */
  place(text: string, at: XY, options: LabelOptions = {}): PlacedLabel {
    checkPlace(text, at.x + at.y);
    const { fill = palette.text, bold = false, distance = 9, sides = ALL_SIDES } = options;
    const lines = wrapEvenly(text, Math.min(options.maxWidth ?? 180, this.#room.width), FONT, bold);
    const width = maxOf(lines.map((line) => textWidth(line, FONT, bold)));
    const height = lines.length * LINE;
    let best: Box | undefined, least = Infinity;
    const tryBox = (wanted: Box, price: number) => {
      const box = this.#inside(wanted);
      const cost = this.#cost(box) + price + 3 * missedBy(box, wanted);
      if (cost < least) [best, least] = [box, cost];
    };
    for (const reach of REACHES) {
      sides.forEach((side, rank) => {
        tryBox(beside(at, side, reach * distance, width, height), reach * distance + rank * 1.5);
      });
    }
    if (least >= CLASH) {
      // Around the point all is full: anywhere in the room, as near as possible.
      for (let x = this.#room.x; x + width <= this.#room.x + this.#room.width; x += 6) {
        for (let y = this.#room.y; y + height <= this.#room.y + this.#room.height; y += 6) {
          tryBox({ x, y, width, height }, Math.hypot(x + width / 2 - at.x, y + height / 2 - at.y));
        }
      }
    }
    this.take(best!);
    return { lines, box: best!, at, fill, bold };
  }

  /** The best free place just above or below the horizontal line at `y`; it is taken then. */
  placeAlong(text: string, y: number): PlacedLabel {
    checkPlace(text, y);
    const lines = wrapEvenly(text, this.#room.width, FONT);
    const size = {
      width: maxOf(lines.map((line) => textWidth(line, FONT))),
      height: lines.length * LINE,
    };
    const { x: left, width: room } = this.#room;
    let best: Box | undefined, least = Infinity;
    for (const share of [0, 1, 0.5, 0.25, 0.75]) {
      for (const top of [y - size.height - 2, y + 3]) {
        const wanted = { x: left + 4 + share * (room - 8 - size.width), y: top, ...size };
        const box = this.#inside(wanted);
        const cost = this.#cost(box) + 3 * missedBy(box, wanted);
        if (cost < least) [best, least] = [box, cost];
      }
    }
    this.take(best!);
    return { lines, box: best!, at: { x: best!.x, y: best!.y }, fill: palette.text, bold: false };
  }

  #inside({ x, y, width, height }: Box): Box {
    const { x: left, y: top, width: w, height: h } = this.#room;
    return {
      x: Math.max(left, Math.min(left + w - width, x)),
      y: Math.max(top, Math.min(top + h - height, y)),
      width,
      height,
    };
  }

  #cost(box: Box): number {
    let cost = 0;
    for (const taken of this.#taken) {
      const area = overlap(box, taken);
      if (area > 0) cost += CLASH + 3 * area;
    }
    for (const { x, y } of this.#curves) {
      if (x > box.x - 2 && x < box.x + box.width + 2 && y > box.y && y < box.y + box.height) cost += 6;
    }
    return cost;
  }
}

function checkPlace(text: string, pixel: number): void {
  if (Number.isFinite(pixel)) return;
  throw new ChartDataError(
    `A chart has no place for "${text}": expected it at finite numbers, above 0 on a logarithmic axis.`,
  );
}

/** The box of this size on one side of a point. */
function beside({ x, y }: XY, side: Side, away: number, width: number, height: number): Box {
  const diagonal = side.length === 2 ? 0.7 : 1;
  const dx = side.includes("e")
    ? away * diagonal
    : side.includes("w")
    ? -away * diagonal - width
    : -width / 2;
  const dy = side.includes("n")
    ? -away * diagonal - height
    : side.includes("s")
    ? away * diagonal
    : -height / 2;
  return { x: x + dx, y: y + dy, width, height };
}

function missedBy(a: Box, b: Box): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** A channel that no scale changes: pixels of the picture rather than values, colours rather than numbers. */
export function unscaled<T, V extends number | string = number>(value: (datum: T) => V) {
  return { value: value as (datum: unknown) => V, scale: null };
}

/** Places in pixels of the picture, for marks of {@link XY}. */
export const PIXELS = { x: unscaled<XY>(({ x }) => x), y: unscaled<XY>(({ y }) => y) };

/** The text of labels, on a white rim, and a thin line to what they name where that is further away. */
export function labelMarks(labels: readonly PlacedLabel[], ariaDescription: string): Plot.Markish[] {
  if (labels.length === 0) return [];
  const leaders = labels.map(leader).filter((line) => line !== undefined);
  return [
    ...(leaders.length === 0 ? [] : [Plot.link(leaders, {
      x1: unscaled<Leader>(({ from }) => from.x),
      y1: unscaled<Leader>(({ from }) => from.y),
      x2: unscaled<Leader>(({ to }) => to.x),
      y2: unscaled<Leader>(({ to }) => to.y),
      stroke: palette.quietText,
      strokeWidth: 0.8,
      ariaDescription: "leader",
    })]),
    ...[true, false].flatMap((bold) => {
      const some = labels.filter((label) => label.bold === bold);
      return some.length === 0 ? [] : [Plot.text(some, {
        x: unscaled<PlacedLabel>(({ box }) => box.x),
        y: unscaled<PlacedLabel>(({ box }) => box.y + 1.5),
        text: ({ lines }: PlacedLabel) => lines.join("\n"),
        fill: unscaled<PlacedLabel, string>(({ fill }) => fill),
        textAnchor: "start",
        lineAnchor: "top",
        lineHeight: LINE / FONT,
        fontSize: FONT,
        fontWeight: bold ? 600 : undefined,
        stroke: palette.paper,
        strokeWidth: 4,
        ariaDescription,
      })];
    }),
  ];
}

interface Leader {
  from: XY;
  to: XY;
}

function leader({ box, at }: PlacedLabel): Leader | undefined {
  const to = {
    x: Math.max(box.x - 2, Math.min(box.x + box.width + 2, at.x)),
    y: Math.max(box.y, Math.min(box.y + box.height, at.y)),
  };
  return Math.hypot(to.x - at.x, to.y - at.y) > 17 ? { from: at, to } : undefined;
}
