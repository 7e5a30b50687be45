// The colours of heights: one scale for maps in charts and in widgets.

import { rgb } from "./palette.ts";

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
  const mixed = RAMP[k].map((channel, i) =>
    Math.round((channel + (RAMP[k + 1][i] - channel) * (at - k)) * light)
  );
  const bounded = mixed.map((channel) => Math.max(0, Math.min(255, channel)));
  return "#" + bounded.map((channel) => channel.toString(16).padStart(2, "0")).join("").toUpperCase();
}
