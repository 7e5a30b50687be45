import { maxOf } from "../kernels/extremes.ts";
import { formatTick } from "./format.ts";
import { FONT, type Frame } from "./frame.ts";
import { palette } from "./palette.ts";
import { escapeXml, textWidth } from "./text.ts";

/** Pixels right of the plot: a column of colours, and the heights beside it. */
export function legendWidth(levels: readonly number[]): number {
  return 50 + Math.ceil(maxOf(levels.map((level) => textWidth(formatTick(level), FONT - 1)), 0));
}

/** A column of the bands' colours, with the heights of the contour lines between them. */
export function legend(
  frame: Frame,
  levels: number[],
  colours: string[],
  name: string,
  crowded: boolean,
): string {
  const { right, top, bottom, width } = frame;
  const x = right + 14, band = (bottom - top) / colours.length;
  const every = Math.ceil(17 / band);
  const round = (value: number) => +value.toFixed(2);
  const rects = colours.map((colour, k) =>
    `<rect x="${x}" y="${round(bottom - (k + 1) * band)}" width="16" height="${
      round(band + 0.5)
    }" fill="${colour}"/>`
  );
  const texts = levels.map((level, k) => {
    const y = round(bottom - (k + 1) * band + 4.5);
    return k % every > 0
      ? ""
      : `<text x="${x + 21}" y="${y}" text-anchor="start">${escapeXml(formatTick(level))}</text>`;
  });
  // The name ends above the heights, or at the edge of the picture where it is longer than its way there.
  const nameEnd = Math.min(width - 12, Math.max(x + 60, x + 16 + textWidth(name, FONT) / 2));
  return `<g font-size="${FONT - 1}" aria-description="legend">${rects.join("")}` +
    `<rect x="${x}" y="${top}" width="16" height="${
      round(bottom - top)
    }" fill="none" stroke="${palette.reference}" stroke-width="0.8"/>` +
    `${texts.join("")}<text x="${round(nameEnd)}" y="${crowded ? 20 : 26}" text-anchor="end">${
      escapeXml(`${name} ↓`)
    }</text></g>`;
}
