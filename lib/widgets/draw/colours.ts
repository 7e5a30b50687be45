/** The colours of the widgets: those of the charts on light pages, and a set of the same hues for dark ones. */

import { palette } from "../../charts/palette.ts";

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

/** On the height map, in both themes. */
export const ON_MAP = { line: "#40536B", path: "#FFFFFF", pathEdge: "#7A2200", ball: "#FF7A1A" } as const;
