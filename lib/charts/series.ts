import { palette } from "./palette.ts";

/** How one of several curves looks. Each differs from the others in more than its colour. */
export interface SeriesLook {
  /** Colour of the line and its dots */
  colour: string;
  /** The same hue, dark enough for thin text on white (contrast at least 4.5 : 1) */
  text: string;
  /** Dashes, so that a curve on top of another hides it only in part; `undefined` for a solid line */
  dash?: string;
  /** Shape of its dots */
  symbol: "circle" | "square" | "triangle" | "diamond" | "cross" | "star";
}

const LOOKS: readonly SeriesLook[] = [
  { colour: palette.training, text: palette.trainingText, symbol: "circle" },
  { colour: palette.validation, text: palette.validationText, dash: "9 4", symbol: "square" },
  { colour: palette.third, text: "#006B4E", dash: "3 3", symbol: "triangle" },
  { colour: "#B05A8C", text: "#8A3A69", dash: "12 3 3 3", symbol: "diamond" },
  { colour: "#C58A00", text: "#7A5400", dash: "6 3", symbol: "cross" },
  { colour: palette.reference, text: palette.quietText, dash: "2 4", symbol: "star" },
];

/** The look of the series with this number; after six, looks come back. */
export function seriesLook(index: number): SeriesLook {
  return LOOKS[index % LOOKS.length];
}

/** A point with two numbers. */
export interface XY {
  x: number;
  y: number;
}

/**
 * The parts of a curve that lie between `low` and `high`, cut where it crosses the border; a gap where y is NaN.
 *
 * Towards an infinite y it leaves the picture.
 */
export function visibleParts(points: readonly XY[], [low, high]: readonly [number, number]): XY[][] {
  const parts: XY[][] = [];
  let part: XY[] = [];
  const close = () => {
    if (part.length > 0) parts.push(part);
    part = [];
  };
  const border = (a: XY, b: XY, y: number): XY => {
    // From the end that is nearer: with the other at infinity nothing would be left of the difference.
    const [near, other] = Math.abs(y - a.y) < Math.abs(y - b.y) ? [a, b] : [b, a];
    return { x: near.x + (other.x - near.x) * (y - near.y) / (other.y - near.y), y };
  };
  const far = ({ x, y }: XY): XY => ({ x, y: Math.max(-1e300, Math.min(1e300, y)) });
  points.forEach((point, i) => {
    if (Number.isNaN(point.y)) return close();
    const b = far(point);
    const a = i > 0 && !Number.isNaN(points[i - 1].y) ? far(points[i - 1]) : undefined;
    if (a) {
      // Where the step from a to b crosses the two borders, in the order of the crossing.
      const crossed = [low, high].filter((y) => (a.y - y) * (b.y - y) < 0).map((y) => border(a, b, y));
      crossed.sort((p, q) => Math.abs(p.y - a.y) - Math.abs(q.y - a.y));
      for (const point of crossed) {
        const leaves = part.length > 0;
        part.push(point);
        if (leaves) close();
      }
    }
    if (b.y >= low && b.y <= high) part.push(b);
    else close();
  });
  close();
  return parts;
}

/** Least and greatest of the finite numbers; `undefined` if there is none. */
export function finiteExtent(values: Iterable<number>): [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
