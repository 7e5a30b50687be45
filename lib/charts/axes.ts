// Ends, ticks and places of axes. Chosen here rather than by Plot, so that a label's place can be worked out before
// drawing, and for the widgets, which draw without Plot.

import { ChartDataError } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { tickFormat } from "./format.ts";
import { textWidth } from "./text.ts";

/** The ends of an axis and the values that get a tick. */
export interface Axis {
  domain: [number, number];
  ticks: number[];
}

/** Beyond this the length of an axis may be infinite, and nothing has a place on it. */
const MOST = 1e300;
/** Two ends that differ by less, as a share of their size, are the same: there is no room for ticks between them. */
const SAME = 1e-12;
/** An axis never has more ticks. */
const MOST_TICKS = 1000;

/** Whether a number has a place on an axis: it is not NaN, infinite or nearly so. */
export function isDrawable(value: number): boolean {
  return Math.abs(value) <= MOST;
}

/**
 * The ends of an axis, with some room between them where there was none.
 *
 * @throws {ChartDataError} If they are no numbers that an axis can show, or in the wrong order
 */
export function readEnds(low: number, high: number): [number, number] {
  if (!(isDrawable(low) && isDrawable(high) && low <= high)) {
    throw new ChartDataError(
      `A chart cannot have an axis from ${formatNumber(low)} to ${
        formatNumber(high)
      }: expected numbers from the least to ` +
        "the greatest, within ±10³⁰⁰. Divide larger ones by a power of ten.",
    );
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  return areSame(low, high) ? [low, low + Math.max(1, 1e-6 * size)] : [low, high];
}

/** Whether two ends are so near to each other that no tick or bar fits between them. */
export function areSame(low: number, high: number): boolean {
  return high - low <= Math.max(SAME * Math.max(Math.abs(low), Math.abs(high)), 1 / MOST);
}

/** The smallest of 1, 2, 5, 10, 20 … (times a power of ten) that is at least `size`. */
export function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= size * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Multiples of `step` in `low`…`high`, each computed afresh so that no rounding adds up. */
export function multiples(step: number, low: number, high: number): number[] {
  const ticks: number[] = [], first = Math.ceil(low / step - 1e-9);
  // Counted, since k + 1 is k where k is large.
  for (let i = 0; i < MOST_TICKS && (first + i) * step <= high + step * 1e-9; i++) {
    ticks.push(Number(((first + i) * step).toPrecision(12)));
  }
  return ticks;
}

/** A linear axis around `low`…`high`, starting at zero unless a value is negative; or exactly these ends. */
export function linearAxis(low: number, high: number, exact = false): Axis {
  let [from, to] = [exact ? low : Math.min(0, low), exact ? high : Math.max(0, high)];
  [from, to] = readEnds(from, to);
  const step = niceStep((to - from) / 6);
  if (!exact) {
    from = Math.floor(from / step + 1e-9) * step;
    to = Math.ceil(to / step - 1e-9) * step;
  }
  return { domain: [from, to], ticks: multiples(step, from, to) };
}

/**
 * A logarithmic axis between two numbers of the series 1, 2, 5, 10 …
 *
 * @throws {ChartDataError} If `low` is not positive
 */
export function logAxis(low: number, high: number): Axis {
  readEnds(low, high);
  if (low <= 0) {
    throw new ChartDataError(
      `A logarithmic axis cannot begin at ${
        formatNumber(low)
      }: expected numbers above 0. Leave such values out, or draw a ` +
        "linear axis.",
    );
  }
  const series: number[] = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of [1, 2, 5]) {
      const value = Number(`${factor}e${power}`);
      if (value > 0) series.push(value); // 1e-324 is 0
    }
  }
  const from = series.findLast((value) => value <= low)!;
  const to = series.find((value) => value >= high && value > from)!;
  const decades = Math.log10(to) - Math.log10(from);
  const power = (value: number) => Math.round(Math.log10(value));
  const whole = (value: number) => Number(`1e${power(value)}`) === value;
  const inside = series.filter((value) => value >= from && value <= to);
  const every = Math.ceil(decades / 8);
  const ticks = decades <= 2.5
    ? inside
    : inside.filter((value) => whole(value) && power(value) % every === 0);
  return { domain: [from, to], ticks };
}

/** Ticks for epochs: whole numbers wherever the axis is long enough to have them. */
export function wholeTicks(low: number, high: number): number[] {
  const span = high - low;
  const step = niceStep(span / 10);
  // Between two neighbouring whole epochs there is nothing to name, unless rows lie there.
  return multiples(span >= 1 ? Math.max(1, step) : step, low, high);
}

/** From numbers to pixels, and back. */
export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
}

/** The same map from the values of an axis to pixels that Plot makes. */
export function scale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  log = false,
): Scale {
  const f = log ? Math.log10 : (value: number) => value;
  const [a, b] = [f(low), f(high)];
  return Object.assign((value: number) => from + (f(value) - a) / (b - a) * (to - from), {
    invert(pixel: number) {
      const value = a + (pixel - from) / (to - from) * (b - a);
      return log ? 10 ** value : value;
    },
  });
}

/** Of the ticks of a horizontal axis those that can be written side by side. */
export function thinned(ticks: readonly number[], px: (x: number) => number, fontSize: number): number[] {
  const write = tickFormat(ticks);
  const half = (tick: number) => textWidth(write(tick), fontSize) / 2;
  const clear = (a: number, b: number) => px(b) - px(a) >= half(a) + half(b) + 14;
  const kept: number[] = [];
  for (const tick of ticks) if (kept.length === 0 || clear(kept.at(-1)!, tick)) kept.push(tick);
  return kept;
}
