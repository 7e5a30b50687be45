/** A surface seen from above: coloured bands between contours, with axes, a scale of colours, and what lies on it. */

import { contours } from "d3-contour";
import { minOf } from "../../kernels/extremes.ts";
import { formatNumber } from "../../checks/format.ts";
import { bandColours, contourLevels } from "../../charts/heights.ts";
import type { HeightGrid } from "../models/height_grid.ts";
import { type Colours, ON_MAP } from "./colours.ts";
import { axes, box, clipped, near, type PlotArea, plotArea, type Size } from "./plot_area.ts";
import { arrow, dot, element, pathThrough, type Pixels, text } from "./svg.ts";

/** About how many contour lines there are. */
const LEVELS = 11;

/** What lies on a map, by the numbers of its axes. */
export interface OnMap {
  readonly minima: readonly Pixels[];
  /** The steps so far. */
  readonly path: readonly Pixels[];
  readonly here: Pixels;
  /** Where the arrow from there ends. */
  readonly tip: Pixels;
  /** Where a step would lead. */
  readonly next?: Pixels;
}

/** A map of one surface over two ranges; its bands are drawn once a size, since only what is on them moves. */
export class HeightMap {
  readonly #levels: number[];
  readonly #colours: string[];
  #drawn = { place: "", svg: "" };

  constructor(
    readonly grid: HeightGrid,
    readonly ranges: readonly [readonly [number, number], readonly [number, number]],
    readonly names: { x: string; y: string },
  ) {
    this.#levels = contourLevels(Float64Array.from(grid.heights).sort(), LEVELS, 2);
    this.#colours = bandColours(this.#levels);
  }

  /** Where the axes are. */
  area(size: Size): PlotArea {
    return plotArea(size, ...this.ranges, { left: 40, bottom: 70 });
  }

  /** The picture. */
  draw(size: Size, { minima, path, here, tip, next }: OnMap, colours: Colours): string {
    const area = this.area(size);
    const place = ([x, y]: Pixels): Pixels => [near(area.x(x)), near(area.y(y))];
    return axes(area, this.names, colours, { grid: "" }) +
      clipped(
        area,
        this.#bands(area) + minima.map((minimum) => cross(place(minimum))).join("") +
          stepsOnMap(path.map(place)) + arrow(place(here), place(tip), "#FFFFFF", 6) +
          arrow(place(here), place(tip), "#B03A00", 3) + ball(place(here)) +
          (next ? dot(place(next), 5, { fill: "#FFFFFF", stroke: "#B03A00", "stroke-width": 2 }) : ""),
      ) +
      box(area, { fill: "none", stroke: colours.reference }) +
      this.#scale(area, colours);
  }

  #bands(area: PlotArea): string {
    const place = [area.left, area.top, area.right, area.bottom].join();
    if (this.#drawn.place !== place) {
      // From the highest down: each region is painted over the one that contains it.
      const regions = this.#levels.map((level, k) =>
        element("path", {
          d: this.#below(level, area),
          fill: this.#colours[k],
          stroke: ON_MAP.line,
          "stroke-width": 0.7,
          "stroke-opacity": 0.6,
        })
      );
      const svg = box(area, { fill: this.#colours.at(-1)! }) + regions.toReversed().join("");
      this.#drawn = { place, svg };
    }
    return this.#drawn.svg;
  }

  /** The rings around everything that is at most so high. */
  #below(level: number, { left, right, top, bottom }: PlotArea): string {
    const { columns, rows, heights } = this.grid;
    // Between two points of the grid, the root of the height above the lowest one is closer to a straight line than the
    // height itself: exactly straight in a bowl. So few points give smooth rings. Its negative, since d3 rings what is
    // at least so high.
    const lowest = minOf(heights);
    const depth = (height: number) => -Math.sqrt(Math.max(0, height - lowest));
    const { coordinates }: { coordinates: number[][][][] } = contours().size([columns, rows]).contour(
      Array.from(heights, depth),
      depth(level),
    );
    // For d3 a point of the grid is the middle of a cell, and half a cell lies outside of the picture.
    const place = ([i, j]: number[]): Pixels => [
      left + (right - left) * (i - 0.5) / (columns - 1),
      bottom - (bottom - top) * (j - 0.5) / (rows - 1),
    ];
    return coordinates.flat().map((ring) => `${pathThrough(ring.map(place))}Z`).join("");
  }

  /** What the colours mean: a strip with the heights of some contours. */
  #scale({ left, right, bottom }: PlotArea, colours: Colours): string {
    const [x, y] = [left + 36, bottom + 44];
    const step = (right - x) / this.#colours.length;
    const strip = this.#colours.map((fill, k) =>
      element("rect", { x: x + k * step, y, width: step + 0.5, height: 10, fill })
    );
    const every = Math.max(1, Math.ceil(38 / step));
    const small = { "text-anchor": "middle", "font-size": 11, fill: colours.quiet };
    const labels = this.#levels.map((level, k) =>
      k % every === 0 ? text(x + (k + 1) * step, y + 24, formatNumber(level), small) : ""
    );
    return text(left, y + 10, "loss", { "font-size": 12, fill: colours.quiet }) + strip.join("") +
      labels.join("");
  }
}

/** A path of steps with a dot at each, readable on every colour of the map. */
function stepsOnMap(points: readonly Pixels[]): string {
  if (points.length < 2) return "";
  let last: Pixels | undefined;
  const dots = points.filter((point) => {
    // Dots on top of one another say nothing.
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < 5) return false;
    last = point;
    return true;
  }).map((point) => dot(point, 3, { fill: ON_MAP.path, stroke: ON_MAP.pathEdge }));
  return trail(pathThrough(points)) + dots.join("");
}

/** The line of a path. */
export function trail(d: string): string {
  const line = { d, fill: "none", "stroke-linejoin": "round" };
  return element("path", { ...line, stroke: ON_MAP.pathEdge, "stroke-width": 4 }) +
    element("path", { ...line, stroke: ON_MAP.path, "stroke-width": 2 });
}

/** Where we are. */
export function ball(at: Pixels): string {
  return dot(at, 9.6, { fill: ON_MAP.pathEdge }) +
    dot(at, 8, { fill: ON_MAP.ball, stroke: "#FFFFFF", "stroke-width": 2.5 });
}

/** A minimum: a cross with a halo. */
function cross([x, y]: Pixels): string {
  const d = pathThrough([[x - 6, y - 6], [x + 6, y + 6]]) + pathThrough([[x + 6, y - 6], [x - 6, y + 6]]);
  const line = { d, fill: "none", "stroke-linecap": "round" };
  return element("path", { ...line, stroke: "#000000", "stroke-width": 5 }) +
    element("path", { ...line, stroke: "#FFFFFF", "stroke-width": 2.5 });
}
