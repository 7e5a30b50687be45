/** Data, a line and its residuals. */

import { maxOf, minOf } from "../../kernels/extremes.ts";
import { formatNumber } from "../../charts/format.ts";
import type { Line, Points } from "../models/line_surface.ts";
import type { Colours } from "./colours.ts";
import { axes, plotArea } from "./plot_area.ts";
import { clipped, element } from "./svg.ts";

/** The picture of a line through points, `width` × `height` pixels. */
export function lineFit(
  points: Points,
  { w, b }: Line,
  size: { width: number; height: number },
  colours: Colours,
): string {
  const { x: xs, y: ys } = points;
  const xDomain = padded(xs, 0.1);
  const yDomain = padded(ys, 0.2);
  const area = plotArea(size, xDomain, yDomain, { left: 40 });
  const { left, right, top, bottom, x, y } = area;
  // Far beyond the picture all lines look alike, and very long ones are drawn wrongly.
  const inside = (value: number) => Math.min(20_000, Math.max(-20_000, value));
  const at = (value: number) => inside(y(w * value + b));
  const residuals = xs.map((value, i) =>
    element("path", { d: `M${fix(x(value))},${fix(y(ys[i]))}V${fix(at(value))}` })
  ).join("");
  const line = element("path", {
    d: `M${fix(x(xDomain[0]))},${fix(at(xDomain[0]))}L${fix(x(xDomain[1]))},${fix(at(xDomain[1]))}`,
    stroke: colours.blue,
    "stroke-width": 3,
  });
  const dots = xs.map((value, i) =>
    element("circle", { cx: x(value), cy: y(ys[i]), r: 4, fill: colours.ink, stroke: colours.paper })
  ).join("");
  return axes(area, { x: "x", y: "y" }, colours) +
    clipped(
      left,
      top,
      right - left,
      bottom - top,
      element("g", { stroke: colours.orange, "stroke-width": 1.8, opacity: 0.85 }, residuals) + line + dots,
    );
}

/** The same in words. */
export function lineFitInWords(points: Points, { w, b }: Line): string {
  return `${points.x.length} data points and the line ŷ = ${formatNumber(w)}·x ${b < 0 ? "−" : "+"} ${
    formatNumber(Math.abs(b))
  }, with the residual of each point.`;
}

function padded(values: readonly number[], share: number): [number, number] {
  const [low, high] = [minOf(values), maxOf(values)];
  const pad = (high - low || 1) * share;
  return [low - pad, high + pad];
}

function fix(value: number): number {
  return Math.round(value * 100) / 100;
}
