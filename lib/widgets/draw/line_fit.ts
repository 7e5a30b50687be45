/** Data, a line and its residuals. */

import { maxOf, minOf } from "../../kernels/extremes.ts";
import { formatNumber } from "../../checks/format.ts";
import type { Line, Points } from "../models/line_surface.ts";
import type { Colours } from "./colours.ts";
import { axes, clipped, near, plotArea, type Size } from "./plot_area.ts";
import { dot, element, line } from "./svg.ts";

/** The picture of a line through points. */
export function lineFit(points: Points, { w, b }: Line, size: Size, colours: Colours): string {
  const { x: xs, y: ys } = points;
  const domain = padded(xs, 0.1);
  const area = plotArea(size, domain, padded(ys, 0.2), { left: 40 });
  const { x, y } = area;
  const at = (value: number) => near(y(w * value + b));
  const residuals = xs.map((value, i) => line([x(value), y(ys[i])], [x(value), at(value)]));
  const [from, to] = domain;
  const dots = xs.map((value, i) =>
    dot([x(value), y(ys[i])], 4, { fill: colours.ink, stroke: colours.paper })
  );
  return axes(area, { x: "x", y: "y" }, colours) +
    clipped(
      area,
      element("g", { stroke: colours.orange, "stroke-width": 1.8, opacity: 0.85 }, residuals.join("")) +
        line([x(from), at(from)], [x(to), at(to)], { stroke: colours.blue, "stroke-width": 3 }) +
        dots.join(""),
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
