import { bareName, formatNumber } from "./format.ts";
import type { XY } from "./series.ts";

/** A minimum of a landscape. */
export interface Valley {
  x: number;
  y: number;
  label: string;
  isGlobal: boolean;
}

const SAMPLES = 600;

/** The curve, and its minima that do not lie at its ends. */
export function landscape(
  f: (x: number) => number,
  [a, b]: readonly [number, number],
): { curve: XY[]; valleys: Valley[] } {
  const curve = Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const x = a + (b - a) * i / SAMPLES;
    return { x, y: f(x) };
  });
  const found: XY[] = [];
  for (let i = 1; i < SAMPLES; i++) {
    if (curve[i].y < curve[i - 1].y && curve[i].y <= curve[i + 1].y) {
      found.push(lowest(f, curve[i - 1].x, curve[i + 1].x));
    }
  }
  const least = Math.min(...found.map(({ y }) => y));
  const several = found.length > 1;
  const valleys = found.map(({ x, y }) => {
    const isGlobal = y === least;
    return { x, y, isGlobal, label: several ? (isGlobal ? "global minimum" : "local minimum") : "minimum" };
  });
  return { curve, valleys };
}

/** The lowest point of a valley, by thirds. */
function lowest(f: (x: number) => number, a: number, b: number): XY {
  for (let i = 0; i < 60; i++) {
    const [p, q] = [a + (b - a) / 3, b - (b - a) / 3];
    if (f(p) < f(q)) b = q;
    else a = p;
  }
  // A round number where it is one: 2 rather than 1.99999999.
  const exact = (a + b) / 2, round = Number(exact.toPrecision(6));
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
  return near.label === "local minimum"
    ? `${who} gets stuck in the local minimum`
    : `${who} reaches the ${near.label}`;
}
