// Where overfitting starts: found, read from an option and drawn.

import { kindOf } from "../checks/values.ts";
import { maxOf, minOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import type { CurveRows } from "./curve_rows.ts";
import { bestPoint, type CurvePoint } from "./curve_points.ts";
import { ChartDataError } from "./errors.ts";
import { formatEpoch } from "./format.ts";
import { palette, REFERENCE_LINE } from "./palette.ts";
import { textWidth } from "./text.ts";

const FONT = 13;

/**
 * The epoch at which a chart's option `onset` puts the start of overfitting, if there is one.
 *
 * @throws {ChartDataError} If it is a number outside the epochs
 */
export function readOnset(
  onset: boolean | number,
  { training, validation }: CurveRows,
  better: "lower" | "higher",
  chart: string,
): number | undefined {
  if (typeof onset === "boolean") return onset ? onsetOf(validation, better) : undefined;
  const epochs = [...training, ...validation].map(({ epoch }) => epoch);
  const [first, last] = [minOf(epochs), maxOf(epochs)];
  if (typeof onset === "number" && onset >= first && onset <= last) return onset;
  throw new ChartDataError(
    `${chart}() expects onset to be true or an epoch from ${first} to ${last}, got ${
      typeof onset === "number" ? onset : kindOf(onset)
    }.`,
  );
}

/**
 * The epoch from which on validation only was worse: its best one, if there is one before the last and by the end it has
 * lost more than a fiftieth of what it had gained.
 */
function onsetOf(validation: CurvePoint[], better: "lower" | "higher"): number | undefined {
  const best = bestPoint(validation, better), last = validation.at(-1);
  if (best === undefined || best === last) return undefined;
  const lost = Math.abs(last!.value - best.value), gained = Math.abs(validation[0].value - best.value);
  return lost > 0.02 * gained ? best.epoch : undefined;
}

/** A line up through the plot, its label in the free strip above it, right of the axis name; places in pixels. */
export function onsetMarks(epoch: number, at: number, room: number): Plot.Markish[] {
  const text = `overfitting starts at epoch ${formatEpoch(epoch)}`;
  const half = textWidth(text, FONT) / 2;
  const centre = Math.max(Math.min(at, room + 40 - half), 40 + half);
  return [
    Plot.ruleX([epoch], { ...REFERENCE_LINE, ariaDescription: "onset of overfitting" }),
    Plot.text([epoch], {
      x: (epoch: number) => epoch,
      text: [text],
      frameAnchor: "top",
      lineAnchor: "bottom",
      dx: centre - at,
      dy: -4,
      fill: palette.text,
      fontSize: FONT,
      ariaDescription: "onset label",
    }),
  ];
}
