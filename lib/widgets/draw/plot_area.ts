/** A rectangle with two axes. */

import { linearAxis, type Scale, scale, thinned } from "../../charts/axes.ts";
import { formatTick } from "../../charts/format.ts";
import type { Colours } from "./colours.ts";
import { element, line, text } from "./svg.ts";

/** Pixels of a picture. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the axes of a picture are, in pixels, and their ticks. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

/** Size of the text along the axes. */
const FONT = 12;

/** The inner rectangle of a picture of that size. */
export function plotArea(
  { width, height }: Size,
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
  { left = 46, bottom = 40 } = {},
): PlotArea {
  const area = { left, top: 30, right: width - 12, bottom: height - bottom };
  const [x, y] = [scale(xDomain, [left, area.right]), scale(yDomain, [area.bottom, area.top])];
  const [xTicks, yTicks] = [xDomain, yDomain].map(([low, high]) => linearAxis(low, high, true).ticks);
  return { ...area, x, y, xTicks, yTicks };
}

/** Ticks, gridlines and names; the name of the vertical axis stands above it, as in the charts. */
export function axes(
  { left, top, right, bottom, x, y, xTicks, yTicks }: PlotArea,
  names: { x: string; y: string },
  colours: Colours,
  { grid = "xy", writeX = formatTick } = {},
): string {
  const small = { "font-size": FONT, fill: colours.quiet };
  const name = { "font-size": 13, fill: colours.ink };
  const centred = { "text-anchor": "middle" };
  const lines = [
    ...(grid.includes("x") ? xTicks.map((tick) => line([x(tick), top], [x(tick), bottom])) : []),
    ...(grid.includes("y") ? yTicks.map((tick) => line([left, y(tick)], [right, y(tick)])) : []),
  ];
  return element("g", { stroke: colours.grid, fill: "none" }, lines.join("") || " ") +
    thinned(xTicks, x, FONT).map((tick) => text(x(tick), bottom + 17, writeX(tick), { ...centred, ...small }))
      .join("") +
    yTicks.map((tick) => text(left - 7, y(tick) + 4, formatTick(tick), { "text-anchor": "end", ...small }))
      .join("") +
    text((left + right) / 2, bottom + 34, names.x, { ...centred, ...name }) +
    text(6, top - 12, names.y, name);
}

/** What is inside the axes, cut off there. A nested `svg` needs no id, so two copies cannot collide. */
export function clipped({ left, top, right, bottom }: PlotArea, content: string, over = 0): string {
  const box = {
    x: left - over,
    y: top - over,
    width: right - left + 2 * over,
    height: bottom - top + 2 * over,
  };
  const viewBox = Object.values(box).map((value) => Math.round(value * 100) / 100).join(" ");
  return element("svg", { ...box, viewBox, overflow: "hidden" }, content);
}

/** A border around what is inside the axes, or a colour behind it. */
export function box(
  { left, top, right, bottom }: PlotArea,
  paint: { fill: string; stroke?: string },
): string {
  return element("rect", { x: left, y: top, width: right - left, height: bottom - top, ...paint });
}

/** A pixel that is at most a little outside: very long lines are drawn wrongly, and far away all look alike. */
export function near(pixel: number): number {
  return Math.min(9000, Math.max(-9000, pixel));
}
