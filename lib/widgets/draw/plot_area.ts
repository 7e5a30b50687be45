/** A rectangle with two axes. */

import { linearAxis } from "../../charts/axes.ts";
import { formatTick } from "../../charts/format.ts";
import type { Colours } from "./colours.ts";
import { element, text } from "./svg.ts";

/** From numbers to pixels, and back. */
export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
  readonly domain: readonly [number, number];
}

/** Straight from `domain` to `range`. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0]);
  return Object.assign((value: number) => range[0] + (value - domain[0]) * slope, {
    invert: (pixel: number) => domain[0] + (pixel - range[0]) / slope,
    domain,
  });
}

/** Where the axes of a picture are, in pixels. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly y: Scale;
}

/** The inner rectangle of a picture of that size. */
export function plotArea(
  size: { width: number; height: number },
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
  margin: { left?: number; right?: number; top?: number; bottom?: number } = {},
): PlotArea {
  const { left = 46, right = 12, top = 30, bottom = 40 } = margin;
  const [r, b] = [size.width - right, size.height - bottom];
  return {
    left,
    top,
    right: r,
    bottom: b,
    x: linearScale(xDomain, [left, r]),
    y: linearScale(yDomain, [b, top]),
  };
}

/** Ticks, gridlines and names; the name of the vertical axis stands above it, as in the charts. */
export function axes(
  area: PlotArea,
  names: { x: string; y: string },
  colours: Colours,
  { grid = true, yFormat = formatTick }: { grid?: boolean; yFormat?: (value: number) => string } = {},
): string {
  const { left, top, right, bottom, x, y } = area;
  const small = { "font-size": 12, fill: colours.quiet };
  const [xTicks, yTicks] = [x, y].map(({ domain }) => linearAxis(domain[0], domain[1], true).ticks);
  const lines = grid
    ? [
      ...xTicks.map((tick) => element("path", { d: `M${r(x(tick))},${r(top)}V${r(bottom)}` })),
      ...yTicks.map((tick) => element("path", { d: `M${r(left)},${r(y(tick))}H${r(right)}` })),
    ].join("")
    : "";
  const every = (right - left) / xTicks.length < 26 ? 2 : 1;
  return element("g", { stroke: colours.grid, fill: "none" }, lines || " ") +
    xTicks.filter((_, i) => i % every === 0).map((tick) =>
      text(x(tick), bottom + 17, formatTick(tick), { "text-anchor": "middle", ...small })
    ).join("") +
    yTicks.map((tick) => text(left - 7, y(tick) + 4, yFormat(tick), { "text-anchor": "end", ...small }))
      .join("") +
    text((left + right) / 2, bottom + 34, names.x, {
      "text-anchor": "middle",
      fill: colours.ink,
      "font-size": 13,
    }) +
    text(6, top - 12, names.y, { fill: colours.ink, "font-size": 13 });
}

function r(value: number): number {
  return Math.round(value * 100) / 100;
}
