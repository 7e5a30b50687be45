import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { FONT, type Frame, LINE } from "./frame.ts";
import { labelMarks, PIXELS, type PlacedLabel } from "./labels.ts";
import { palette } from "./palette.ts";
import { seriesLook, type XY } from "./series.ts";
import { textWidth } from "./text.ts";

/** Room for a symbol before its name. */
const SYMBOL = 24;
const ROW = 24;

/** Where the key of a chart of classes stands: right of the plot, or above it where the picture is narrow. */
export interface ClassKey {
  /** Pixels that it needs right of the plot, and above it */
  right: number;
  top: number;
  /** The names, with their places */
  places(frame: Frame): PlacedLabel[];
}

/** Plans a key of these names; the one after the last class, if any, is of the rings. */
export function classKey(names: readonly string[], width: number): ClassKey {
  const widths = names.map((name) => textWidth(name, FONT, true));
  const label = (name: string, x: number, y: number): PlacedLabel => ({
    lines: [name],
    box: { x, y, width: textWidth(name, FONT, true), height: LINE },
    at: { x, y: y + LINE / 2 },
    fill: name === "wrong" ? palette.text : seriesLook(names.indexOf(name)).text,
    bold: true,
  });
  if (width >= 420) {
    return {
      right: Math.ceil(maxOf(widths)) + SYMBOL + 20,
      top: 0,
      places: ({ right, top }) => names.map((name, i) => label(name, right + 10 + SYMBOL, top + 4 + ROW * i)),
    };
  }
  // In rows, as many as it takes.
  const at: XY[] = [];
  let x = 16, row = 0;
  for (const wide of widths) {
    if (x > 16 && x + SYMBOL + wide > width - 12) [x, row] = [16, row + 1];
    at.push({ x: x + SYMBOL, y: 2 + ROW * row });
    x += SYMBOL + wide + 14;
  }
  return {
    right: 20,
    top: ROW * (row + 1),
    places: () => names.map((name, i) => label(name, at[i].x, at[i].y)),
  };
}

/** The symbols of the key before their names. */
export function keyMarks(places: readonly PlacedLabel[], classes: readonly string[]): Plot.Markish[] {
  const dot = (at: XY, options: Plot.DotOptions) => Plot.dot([at], { ...PIXELS, ...options });
  return [
    ...places.map(({ box }, i) => {
      const at = { x: box.x - 13, y: box.y + 9 };
      if (i >= classes.length) {
        return dot(at, { r: 7.5, stroke: palette.text, strokeWidth: 1.6, ariaDescription: "key" });
      }
      const { symbol, colour } = seriesLook(i);
      return dot(at, { symbol, fill: colour, r: 5.5, ariaDescription: `key ${classes[i]}` });
    }),
    ...labelMarks(places, "class name"),
  ];
}
