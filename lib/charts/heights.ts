// The heights of a map, in charts and in widgets: where contour lines lie, and the colours between them.

import { niceStep } from "./axes.ts";
import { rgb, toHex } from "./palette.ts";

/**
 * About `count` round values between the least and the greatest, spaced so that half of the picture lies below the
 * middle one.
 *
 * Evenly spaced values would draw a ravine as one empty valley between steep walls. So where most values are low, the
 * levels grow as a power, (k/n)ᵖ: a quadratic bowl gets p ≈ 2, and its contour lines are evenly spaced. Where most
 * values are high, as on a plateau, they are spaced so from above.
 *
 * @param values Finite values all over the picture, sorted
 * @param power Instead of the power that suits the values: 2 lets what is flat look flat, in a plateau too
 */
export function contourLevels(values: ArrayLike<number>, count: number, power?: number): number[] {
  const low = values[0], high = values[values.length - 1];
  const span = high - low;
  if (!(span > 0)) return [];
  const share = (values[values.length >> 1] - low) / span;
  const isLow = power !== undefined || share <= 0.5;
  const p = power ?? Math.max(1, Math.min(isLow ? 6 : 3, Math.log2(1 / Math.min(share, 1 - share))));
  const level = (k: number) => {
    const part = k / (count + 1);
    return isLow ? low + span * part ** p : high - span * (1 - part) ** p;
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

/** From low to high: lightness falls evenly, from cream to slate, so that grey copies and colour-blind eyes keep it. */
const RAMP = ["#FFF9E0", "#D3EBD0", "#A6D1CF", "#87B2CE", "#7391BF"].map(rgb);

/**
 * The colour of a height.
 *
 * @param share 0…1 of the way from lowest to highest
 * @param light How much light falls on it: 1 for a map, less for the slopes of a landscape that face away
 */
export function heightColour(share: number, light = 1): string {
  const at = Math.max(0, Math.min(1, share)) * (RAMP.length - 1);
  const k = Math.min(RAMP.length - 2, Math.floor(at));
  return toHex(RAMP[k].map((channel, i) => (channel + (RAMP[k + 1][i] - channel) * (at - k)) * light));
}
