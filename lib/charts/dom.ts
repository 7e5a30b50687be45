import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom/worker"; // one file, where "linkedom" is a hundred: 30 ms sooner there
import { recordRows, rowsElement } from "./rows.ts";

/** The one document Plot draws in; nothing is ever attached to it, so every chart can be collected as garbage. */
const document = parseHTML("<!doctype html><html></html>").document as unknown as Document;

const COORDINATES = "d x y x1 x2 y1 y2 dx dy r cx cy width height transform".split(" ");

/**
 * Draws a plot and returns its marks and axes as one `<g>…</g>`, ready to stand inside a {@link Chart}.
 *
 * Coordinates are rounded to 1/100 pixel (`digits` 2): shorter, and free of the last bits in which machines may differ.
 * Titles and legends are not Plot's business here (they would make its root an HTML figure).
 * The rows that the marks were drawn from are kept with them, for `deno task check`.
 */
export function plotBody(options: Plot.PlotOptions, digits = 2): string {
  const rows = recordRows(options.marks ?? []);
  const root = Plot.plot({ ...options, document });
  for (const style of root.querySelectorAll("style")) style.remove();
  for (const element of root.querySelectorAll("*")) roundCoordinates(element, digits);
  const marks = [...root.children].map((child) => child.outerHTML).join("");
  // The class Plot styles by is gone with its style sheet: name what it would have said.
  return `<g fill="currentColor" text-anchor="middle" style="white-space:pre">${
    rowsElement(rows)
  }${marks}</g>`
    .replaceAll("var(--plot-background)", "#FFFFFF");
}

function roundCoordinates(element: Element, digits: number) {
  for (const name of COORDINATES) {
    const value = element.getAttribute(name);
    if (value === null || !value.includes(".")) continue;
    element.setAttribute(
      name,
      value.replace(/\d+\.\d{2,}(e-\d+)?/g, (number) => String(+(+number).toFixed(digits))),
    );
  }
}

/** The name of a vertical axis, above its top and in line with the title; Plot's own would start further left. */
export function axisName(name: string, marginLeft: number): Plot.Text {
  return Plot.text([name], {
    text: [name],
    frameAnchor: "top-left",
    textAnchor: "start",
    lineAnchor: "bottom",
    dx: 16 - marginLeft,
    dy: -18,
    fontSize: 13,
    ariaDescription: "axis name",
  });
}
