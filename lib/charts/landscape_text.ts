import { bareName, formatNumber } from "./format.ts";
import type { Valley } from "./landscape.ts";

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
