// Where contour lines lie, and the colours between them.

import { niceStep } from "./axes.ts";
import { heightColour } from "./height_colour.ts";

/**
 * About `count` round values between the least and the greatest, spaced so that half of the picture lies below the
 * middle one.
 *
 * Evenly spaced values would draw a ravine as one empty valley between steep walls. So where most values are low, the
 * levels grow as a power, (k/n)ᵖ: a quadratic bowl gets p ≈ 2, and its contour lines are evenly spaced. Where most
 * values are high, as on a plateau, they are spaced so from above.
 *
 * @param values Finite values all over the picture, sorted
 */
export function contourLevels(values: ArrayLike<number>, count: number): number[] {
  const low = values[0], high = values[values.length - 1];
  const span = high - low;
  if (!(span > 0)) return [];
  const share = (values[values.length >> 1] - low) / span;
  const power = Math.max(1, Math.min(share <= 0.5 ? 6 : 3, Math.log2(1 / Math.min(share, 1 - share))));
  const level = (k: number) => {
    const part = k / (count + 1);
    return share <= 0.5 ? low + span * part ** power : high - span * (1 - part) ** power;
  };
  const levels: number[] = [];
  for (let k = 1; k <= count; k++) {
    const gap = Math.min(level(k) - level(k - 1), level(k + 1) - level(k));
    const step = niceStep(gap / 3);
    const round = Number((Math.round(level(k) / step) * step).toPrecision(12));
    if (round > low && round < high && round > (levels.at(-1) ?? -Infinity)) levels.push(round);
  }
  return levels;
}

/** The colours of the bands below, between and above the levels. */
export function bandColours(levels: readonly number[]): string[] {
  return Array.from(
    { length: levels.length + 1 },
    (_, k) => heightColour(levels.length === 0 ? 0.3 : k / levels.length),
  );
}
