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

/** A line through points. */
export function polyline(points: readonly (readonly [number, number])[], attributes: Attributes): string {
  if (points.length < 2) return "";
  return element("path", { d: pathThrough(points), fill: "none", ...attributes });
}

/** `M x y L x y …` through points. */
export function pathThrough(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${short(x)},${short(y)}`).join("");
}

/** An arrow from one point to another; nothing if it would be shorter than its head. */
export function arrow(from: [number, number], to: [number, number], colour: string, width = 2.5): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (!(length > 3)) return "";
  const size = Math.min(11, length * 0.6);
  const [ux, uy] = [dx / length, dy / length];
  const [bx, by] = [to[0] - ux * size, to[1] - uy * size];
  const half = size * 0.45;
  return element("path", {
    d: pathThrough([from, [bx, by]]),
    stroke: colour,
    "stroke-width": width,
    fill: "none",
  }) + element("path", {
    d: pathThrough([to, [bx - uy * half, by + ux * half], [bx + uy * half, by - ux * half]]) + "Z",
    fill: colour,
  });
}

/** What is inside a rectangle, cut off at its edges. A nested `svg` needs no id, so two copies cannot collide. */
export function clipped(x: number, y: number, width: number, height: number, content: string): string {
  return element(
    "svg",
    { x, y, width, height, viewBox: [x, y, width, height].map(short).join(" "), overflow: "hidden" },
    content,
  );
}

/** A number to 1/100, without trailing zeros. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
