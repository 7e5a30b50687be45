/** The loss of a line from above, with the place of one line, its steepest descent and its steps. */

import { formatNumber } from "../../checks/format.ts";
import type { Line, LineSurface, Slope } from "../models/line_surface.ts";
import type { Colours } from "./colours.ts";
import { HeightMap } from "./height_map.ts";
import type { PlotArea, Size } from "./plot_area.ts";
import type { Pixels } from "./svg.ts";

/** How long the arrow is on the map for a gradient of length 1, in units of w. */
const ARROW_SCALE = 0.2;
/** Points of the height grid a side: enough for smooth rings. */
const GRID = 41;

/** What is on the map. */
export interface MapState {
  /** The steps so far; the last one is where we are. */
  readonly path: readonly Line[];
  /** The slope where the arrow starts. */
  readonly slope: Slope;
  /** Where the arrow starts, if not at the last step. */
  readonly from?: Line;
  /** Where a step would lead. */
  readonly next?: Line;
}

const wb = ({ w, b }: Line): Pixels => [w, b];

/** A map of one surface over two ranges. */
export class SurfaceMap {
  readonly #map: HeightMap;

  constructor(
    readonly surface: LineSurface,
    wRange: readonly [number, number],
    bRange: readonly [number, number],
  ) {
    const names = { x: "w (slope)", y: "b (intercept)" };
    this.#map = new HeightMap(surface.grid(wRange, bRange, GRID), [wRange, bRange], names);
  }

  /** The height of the picture at a width: equal scales for w and b where that fits, so that right angles are right. */
  height(width: number): number {
    const { left, right } = this.area(width, 100);
    const [w, b] = this.#map.ranges.map(([low, high]) => high - low);
    return Math.round((right - left) * Math.min(1.3, Math.max(0.5, b / w)) + 30 + 40 + 30);
  }

  /** Where the axes are. */
  area(width: number, height: number): PlotArea {
    return this.#map.area({ width, height });
  }

  /** The picture. */
  draw(size: Size, { path, slope, from, next }: MapState, colours: Colours): string {
    const here = from ?? path[path.length - 1];
    return this.#map.draw(size, {
      minima: [wb(this.surface.shape.minimum)],
      path: path.map(wb),
      here: wb(here),
      tip: [here.w - ARROW_SCALE * slope.dw, here.b - ARROW_SCALE * slope.db],
      next: next && wb(next),
    }, colours);
  }

  /** The same in words. */
  inWords({ path, slope }: MapState): string {
    const here = path[path.length - 1];
    const { minimum } = this.surface.shape;
    const steps = path.length - 1;
    return `Contour map of the mean squared error over w and b. At w = ${formatNumber(here.w)}, b = ${
      formatNumber(here.b)
    } it is ${slope.loss.toFixed(4)}; steepest descent is (${formatNumber(-slope.dw)}, ${
      formatNumber(-slope.db)
    }), of length ${formatNumber(slope.length)}. The minimum is at w = ${formatNumber(minimum.w)}, b = ${
      formatNumber(minimum.b)
    }.${steps > 0 ? ` ${steps} ${steps === 1 ? "step has" : "steps have"} been taken.` : ""}`;
  }
}
