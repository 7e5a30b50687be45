/** The colours of the widgets: those of the charts on light pages, and a set of the same hues for dark ones. */

import { palette, rgb } from "../../charts/palette.ts";

/** One colour for each job, `#RRGGBB`. */
export interface Colours {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly reference: string;
  /** Data, and what the model says */
  readonly blue: string;
  /** Gradients, steps, paths, mistakes */
  readonly orange: string;
  /** Minima, and what is right */
  readonly green: string;
  readonly pink: string;
}

/** On white, as all charts. */
export const LIGHT: Colours = {
  paper: palette.paper,
  ink: palette.text,
  quiet: palette.quietText,
  grid: palette.grid,
  reference: palette.reference,
  blue: palette.training,
  orange: palette.validation,
  green: "#007A5A",
  pink: palette.fourth,
};

/** On the dark themes of editors and browsers. */
export const DARK: Colours = {
  paper: "#17191C",
  ink: "#F1F1F1",
  quiet: "#BDBDBD",
  grid: "#33373D",
  reference: "#9A9A9A",
  blue: "#5CB8F0",
  orange: "#FF8A3D",
  green: "#3DD1A0",
  pink: "#E59AC5",
};

/** Low to high loss: dark to pale, so that it reads in grey and for every kind of colour vision. */
const RAMP = ["#12395F", "#1F6091", "#3D8DB0", "#7DB9BE", "#BFDCC5", "#F3EFC9"].map(rgb);

/** The colour of a height, from 0 (lowest) to 1 (highest). */
export function heightColour(share: number, light = 1): string {
  const at = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(at));
  return "#" + RAMP[low].map((channel, i) => {
    const mixed = (channel + (RAMP[low + 1][i] - channel) * (at - low)) * light;
    return Math.round(Math.min(255, Math.max(0, mixed))).toString(16).padStart(2, "0");
  }).join("");
}

/** On the height map, in both themes. */
export const ON_MAP = { line: "#FFFFFF", path: "#FFFFFF", pathEdge: "#7A2200", ball: "#FF7A1A" } as const;
