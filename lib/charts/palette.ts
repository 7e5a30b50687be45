/**
 * The colours of every chart, one job each.
 *
 * From Okabe and Ito's set, whose hues stay apart for the common kinds of colour blindness. As thin text two of
 * them are too pale on white, so text has darker versions of the same hues (contrast at least 4.5 : 1).
 *
 * @see Okabe and Ito, Color Universal Design (2008)
 */
export const palette = {
  /** Training curves, bars, right answers */
  training: "#0072B2",
  /** Validation curves, mistakes */
  validation: "#D55E00",
  /** A third and a fourth series */
  third: "#009E73",
  fourth: "#CC79A7",
  /** Reference lines and what stands back */
  reference: "#595959",
  /** Bars that are not the highlighted one */
  muted: "#9FB8C8",
  /** Gridlines and frames */
  grid: "#E3E3E3",
  /** All other text, and its quieter form */
  text: "#000000",
  quietText: "#444444",
  /** Text in the hue of a series */
  trainingText: "#005A8E",
  validationText: "#A84300",
  /** The page */
  paper: "#FFFFFF",
} as const;

/** How a line to compare with looks, such as chance level. */
export const REFERENCE_LINE = {
  stroke: palette.reference,
  strokeWidth: 1.5,
  strokeDasharray: "6 4",
} as const;

/** Red, green and blue of `#RRGGBB`, 0…255. */
export function rgb(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** `#RRGGBB` of red, green and blue, rounded into 0…255. */
export function toHex(channels: readonly number[]): string {
  const bytes = channels.map((channel) => Math.max(0, Math.min(255, Math.round(channel))));
  return "#" + bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
}

/** The colour a share `t` (0…1) of the way from white paper to `hex`. */
export function tint(hex: string, t: number): string {
  const share = Math.min(1, Math.max(0, t));
  return toHex(rgb(hex).map((channel) => 255 + (channel - 255) * share));
}

/** Contrast of two colours, 1…21, by the relative luminance of WCAG 2. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = rgb(hex).map((channel) => {
      const c = channel / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
}

/** Black or white, whichever reads better on `background`. */
export function textOn(background: string): string {
  return contrast("#000000", background) >= contrast("#FFFFFF", background) ? "#000000" : "#FFFFFF";
}
