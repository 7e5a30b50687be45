/** SVG as text: what a widget draws is the same string below a cell and in the browser. */

import { escapeXml } from "../../charts/text.ts";

/** Attributes by name; numbers are rounded to 1/100, `undefined` is left out. */
export type Attributes = Record<string, string | number | undefined>;

/** One element with attributes and content, which is not escaped. */
export function element(tag: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? short(value) : escapeXml(value!)}"`);
  return `<${tag}${written.join("")}${content === "" ? "/>" : `>${content}</${tag}>`}`;
}

/** Text with its anchor point; escaped here. */
export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeXml(content));
}

/** A place in pixels. */
export type Pixels = readonly [number, number];

/** A straight line. */
export function line(from: Pixels, to: Pixels, attributes: Attributes = {}): string {
  return element("path", { d: pathThrough([from, to]), ...attributes });
}

/** A curve through points; nothing if there is only one. */
export function polyline(points: readonly Pixels[], attributes: Attributes): string {
  if (points.length < 2) return "";
  return element("path", { d: pathThrough(points), fill: "none", ...attributes });
}

/** Something `x` to the right and `y` down. */
export function moved(x: number, y: number, content: string): string {
  return element("g", { transform: `translate(${x},${y})` }, content);
}

/** A dot. */
export function dot([cx, cy]: Pixels, r: number, attributes: Attributes): string {
  return element("circle", { cx, cy, r, ...attributes });
}

/** `M x y L x y …` through points. */
export function pathThrough(points: readonly Pixels[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${short(x)},${short(y)}`).join("");
}

/** An arrow from one point to another; nothing if it would be shorter than its head. */
export function arrow(from: Pixels, to: Pixels, colour: string, width = 2.5): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (!(length > 3)) return "";
  const size = Math.min(11, length * 0.6);
  const [ux, uy] = [dx / length, dy / length];
  const [bx, by] = [to[0] - ux * size, to[1] - uy * size];
  const half = size * 0.45;
  const head = [to, [bx - uy * half, by + ux * half], [bx + uy * half, by - ux * half]] as const;
  return line(from, [bx, by], { stroke: colour, "stroke-width": width, fill: "none" }) +
    element("path", { d: `${pathThrough(head)}Z`, fill: colour });
}

/** Text that can be read on top of lines: bold, on a rim of paper. */
export function halo(fill: string, paper: string): Attributes {
  return { "font-weight": 600, fill, stroke: paper, "stroke-width": 4, "paint-order": "stroke" };
}

/** A number to 1/100, without trailing zeros. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
