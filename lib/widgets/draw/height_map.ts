/** A surface seen from above: coloured bands between contours, with axes and a scale of colours. */

import { minOf } from "../../kernels/extremes.ts";
import { formatNumber } from "../../charts/format.ts";
import { heightColour } from "../../charts/height_colour.ts";
import { type Colours, ON_MAP } from "./colours.ts";
import { type HeightGrid, ringsBelow } from "./contours.ts";
import type { PlotArea } from "./plot_area.ts";
import { element, pathThrough, short, text } from "./svg.ts";

/** Edges of the bands, from the lowest point to the highest, closer together near the lowest: even rings in a bowl. */
function bandLevels({ heights }: HeightGrid, count = 12): number[] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < heights.length; i++) {
    low = Math.min(low, heights[i]);
    high = Math.max(high, heights[i]);
  }
  return Array.from({ length: count }, (_, k) => low + (high - low) * ((k + 1) / count) * ((k + 1) / count));
}

/** The bands of one surface as SVG, filling the plot area; drawn once a size, since only what is on them moves. */
export class Bands {
  readonly levels: readonly number[];
  #drawn = { place: "", svg: "" };

  constructor(readonly grid: HeightGrid) {
    this.levels = bandLevels(grid);
  }

  draw(area: PlotArea): string {
    const place = [area.left, area.top, area.right, area.bottom].join();
    if (this.#drawn.place !== place) this.#drawn = { place, svg: bands(this.grid, this.levels, area) };
    return this.#drawn.svg;
  }
}

function bands(grid: HeightGrid, levels: readonly number[], area: PlotArea): string {
  const { left, right, top, bottom } = area;
  // Between two points of the grid, the root of the height above the lowest level is closer to a straight line than the
  // height itself: exactly straight in a bowl. So few points give smooth rings.
  const lowest = minOf(Array.from(grid.heights));
  const root = (height: number) => Math.sqrt(Math.max(0, height - lowest));
  const rooted = { ...grid, heights: Array.from(grid.heights, root) };
  const px = (i: number) => left + (right - left) * i / (grid.columns - 1);
  const py = (j: number) => bottom - (bottom - top) * j / (grid.rows - 1);
  // From the highest down: each region is painted over the one that contains it.
  const regions = levels.map((level, k) => {
    const colour = heightColour(k / (levels.length - 1));
    if (k === levels.length - 1) {
      return element("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: colour });
    }
    const d = ringsBelow(rooted, root(level)).map((ring) =>
      ring.map(([i, j], n) => `${n === 0 ? "M" : "L"}${tenth(px(i))},${tenth(py(j))}`).join("") + "Z"
    ).join("");
    return element("path", {
      d,
      fill: colour,
      "fill-rule": "evenodd",
      stroke: ON_MAP.line,
      "stroke-width": 0.7,
      "stroke-opacity": 0.6,
    });
  });
  return regions.toReversed().join("");
}

/** What the colours mean: a strip with the loss at the edges of some bands. 30 pixels high. */
export function colourScale(
  levels: readonly number[],
  at: { x: number; y: number; width: number },
  name: string,
  colours: Colours,
): string {
  const nameWidth = 7 * name.length + 8;
  const [x, width] = [at.x + nameWidth, at.width - nameWidth];
  const step = width / levels.length;
  const boxes = levels.map((_, k) =>
    element("rect", {
      x: x + k * step,
      y: at.y,
      width: step + 0.5,
      height: 10,
      fill: heightColour(k / (levels.length - 1)),
    })
  ).join("");
  const every = Math.max(1, Math.ceil(38 / step));
  const labels = levels.map((level, k) =>
    (levels.length - 1 - k) % every === 0
      ? text(x + (k + 1) * step, at.y + 24, formatNumber(level), {
        "text-anchor": "end",
        "font-size": 11,
        fill: colours.quiet,
      })
      : ""
  ).join("");
  return text(at.x, at.y + 10, name, { "font-size": 12, fill: colours.quiet }) + boxes + labels;
}

/** A path of steps with a dot at each, readable on every colour of the map. */
export function stepsOnMap(points: readonly (readonly [number, number])[]): string {
  if (points.length < 2) return "";
  const line = { d: pathThrough(points), fill: "none", "stroke-linejoin": "round" };
  let last: readonly [number, number] | undefined;
  const dots = points.filter((point) => {
    // Dots on top of one another say nothing.
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < 5) return false;
    last = point;
    return true;
  }).map(([x, y]) => element("circle", { cx: x, cy: y, r: 3, fill: ON_MAP.path, stroke: ON_MAP.pathEdge }));
  return element("path", { ...line, stroke: ON_MAP.pathEdge, "stroke-width": 4 }) +
    element("path", { ...line, stroke: ON_MAP.path, "stroke-width": 2 }) + dots.join("");
}

/** Where we are. */
export function ball(x: number, y: number): string {
  return element("circle", { cx: x, cy: y, r: 9.6, fill: ON_MAP.pathEdge }) +
    element("circle", { cx: x, cy: y, r: 8, fill: ON_MAP.ball, stroke: "#FFFFFF", "stroke-width": 2.5 });
}

/** A minimum: a cross with a halo. */
export function minimumMark(x: number, y: number): string {
  const d = `M${short(x - 6)},${short(y - 6)}l12,12m0,-12l-12,12`;
  return element("path", {
    d,
    stroke: "#000000",
    "stroke-width": 5,
    fill: "none",
    "stroke-linecap": "round",
  }) +
    element("path", { d, stroke: "#FFFFFF", "stroke-width": 2.5, fill: "none", "stroke-linecap": "round" });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
