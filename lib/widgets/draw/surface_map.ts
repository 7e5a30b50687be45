/** The loss of a line from above, with the place of one line, its steepest descent and its steps. */

import { formatNumber } from "../../charts/format.ts";
import type { Line, LineSurface, Slope } from "../models/line_surface.ts";
import type { Colours } from "./colours.ts";
import { ball, Bands, colourScale, minimumMark, stepsOnMap } from "./height_map.ts";
import { axes, type PlotArea, plotArea } from "./plot_area.ts";
import { arrow, clipped, element } from "./svg.ts";

/** How long the arrow is on the map for a gradient of length 1, in units of w. */
export const ARROW_SCALE = 0.2;
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

/** A map of one surface over two ranges; the bands are computed once. */
export class SurfaceMap {
  readonly #bands: Bands;

  constructor(
    readonly surface: LineSurface,
    readonly wRange: readonly [number, number],
    readonly bRange: readonly [number, number],
  ) {
    this.#bands = new Bands(surface.grid(wRange, bRange, GRID));
  }

  /** The height of the picture at a width: equal scales for w and b where that fits, so that right angles are right. */
  height(width: number): number {
    const { left, right } = this.area(width, 100);
    const share = (this.bRange[1] - this.bRange[0]) / (this.wRange[1] - this.wRange[0]);
    return Math.round((right - left) * Math.min(1.3, Math.max(0.5, share)) + 30 + 40 + 30);
  }

  /** Where the axes are. */
  area(width: number, height: number): PlotArea {
    return plotArea({ width, height }, this.wRange, this.bRange, { left: 40, bottom: 70 });
  }

  /** The picture. */
  draw(size: { width: number; height: number }, state: MapState, colours: Colours): string {
    const area = this.area(size.width, size.height);
    const { left, right, top, bottom, x, y } = area;
    const place = ({ w, b }: Line): [number, number] => [bounded(x(w)), bounded(y(b))];
    const here = state.from ?? state.path[state.path.length - 1];
    const { dw, db } = state.slope;
    const tip = place({ w: here.w - ARROW_SCALE * dw, b: here.b - ARROW_SCALE * db });
    const { minimum } = this.surface.shape;
    const next = state.next && place(state.next);
    return axes(area, { x: "w (slope)", y: "b (intercept)" }, colours, { grid: false }) +
      clipped(
        left,
        top,
        right - left,
        bottom - top,
        this.#bands.draw(area) + minimumMark(...place(minimum)) +
          stepsOnMap(state.path.map(place)) +
          arrow(place(here), tip, "#FFFFFF", 6) + arrow(place(here), tip, "#B03A00", 3) +
          ball(...place(here)) +
          (next
            ? element("circle", {
              cx: next[0],
              cy: next[1],
              r: 5,
              fill: "#FFFFFF",
              stroke: "#B03A00",
              "stroke-width": 2,
            })
            : ""),
      ) +
      element("rect", {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        fill: "none",
        stroke: colours.reference,
      }) +
      colourScale(this.#bands.levels, { x: left, y: bottom + 44, width: right - left }, "loss", colours);
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

/** Keeps what has flown far away from making endless lines. */
function bounded(pixel: number): number {
  return Math.min(9000, Math.max(-9000, pixel));
}
