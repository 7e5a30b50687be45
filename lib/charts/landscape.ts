import { minOf } from "../kernels/extremes.ts";
import { formatNumber } from "../checks/format.ts";
import { bareName } from "./format.ts";
import type { XY } from "./series.ts";

/** A minimum that does not lie at an end of the picture. */
export interface Valley {
  x: number;
  y: number;
  label: string;
  isGlobal: boolean;
}

/** What was asked of f; once, for f may change, as the loss of a model does, before the chart is drawn again. */
export interface Landscape {
  curve: XY[];
  valleys: Valley[];
  /** f: exact where a ball or a mark lies, on a straight line between two points of the curve elsewhere */
  height: (x: number) => number;
}

const SAMPLES = 1000;

/** The curve over [a, b], its minima, and its height wherever a ball or a mark lies. */
export function survey(
  given: (x: number) => number,
  { domain: [a, b], walks = [], marks = [] }: {
    domain: readonly [number, number];
    walks?: readonly { points: readonly number[] }[];
    marks?: readonly { x: number }[];
  },
): Landscape {
  const f = (x: number) => {
    const y: unknown = given(x);
    return typeof y === "number" ? y : NaN;
  };
  const curve = Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const x = a + (b - a) * i / SAMPLES;
    return { x, y: f(x) };
  });
  const found: XY[] = [];
  for (let i = 1; i < SAMPLES; i++) {
    const isLow = curve[i].y < curve[i - 1].y && curve[i].y <= curve[i + 1].y;
    if (isLow) found.push(lowest(f, curve[i - 1].x, curve[i + 1].x));
  }
  const least = minOf(found.map(({ y }) => y));
  const valleys = found.map(({ x, y }) => {
    const isGlobal = y === least;
    return {
      x,
      y,
      isGlobal,
      label: found.length === 1 ? "minimum" : isGlobal ? "global minimum" : "local minimum",
    };
  });
  const exact = new Map(valleys.map(({ x, y }) => [x, y]));
  for (const x of [...walks.flatMap(({ points }) => points), ...marks.map(({ x }) => x)]) exact.set(x, f(x));
  const height = (x: number) => {
    const known = exact.get(x);
    if (known !== undefined) return known;
    const at = Math.max(0, Math.min(SAMPLES, (x - a) / (b - a) * SAMPLES));
    const k = Math.min(SAMPLES - 1, Math.floor(at));
    return curve[k].y + (curve[k + 1].y - curve[k].y) * (at - k);
  };
  return { curve, valleys, height };
}

/** The lowest point of a valley, by thirds. */
function lowest(f: (x: number) => number, a: number, b: number): XY {
  const unit = 10 ** (Math.floor(Math.log10(b - a)) - 3);
  for (let i = 0; i < 60; i++) {
    const [p, q] = [a + (b - a) / 3, b - (b - a) / 3];
    if (f(p) < f(q)) b = q;
    else a = p;
  }
  // A round number where it is one: 2 rather than 1.99999999.
  const exact = (a + b) / 2, round = Number((Math.round(exact / unit) * unit).toPrecision(12));
  const x = f(round) <= f(exact) ? round : exact;
  return { x, y: f(x) };
}

/** How a walk ends. */
export function walkInWords(
  label: string,
  f: (x: number) => number,
  points: readonly number[],
  [a, b]: readonly [number, number],
  valleys: readonly Valley[],
  yLabel: string,
): string {
  const who = label || "The ball";
  const end = points.at(-1)!;
  if (!(end >= a && end <= b)) return `${who} leaves the picture`;
  const moves = points.slice(-4).slice(1).map((x, i, some) =>
    x - (i === 0 ? points.at(-1 - some.length)! : some[i - 1])
  );
  const toAndFro = moves.length >= 2 && moves.every((move, i) => i === 0 || move * moves[i - 1] < 0);
  if (toAndFro && Math.abs(moves.at(-1)!) > 0.04 * (b - a)) return `${who} jumps to and fro`;
  const near = valleys.find(({ x }) => Math.abs(x - end) <= 0.025 * (b - a));
  if (near === undefined) return `${who} is still on its way, at ${bareName(yLabel)} ${formatNumber(f(end))}`;
  if (near.label !== "local minimum") return `${who} reaches the ${near.label}`;
  const article = valleys.filter(({ label }) => label === near.label).length === 1 ? "the" : "a";
  return `${who} gets stuck in ${article} local minimum`;
}
