/** A loss surface from above, and the path of an optimizer. */

import { formatNumber } from "../../charts/format.ts";
import { type Descent, gridOf } from "../models/descent.ts";
import type { LossSurface, Place } from "../models/loss_surfaces.ts";
import type { Colours } from "./colours.ts";
import { ball, Bands, colourScale, minimumMark, stepsOnMap } from "./height_map.ts";
import { axes, type PlotArea, plotArea } from "./plot_area.ts";
import { arrow, clipped, element } from "./svg.ts";

/** Points of the height grid a side. */
const GRID = 81;
/** How long the arrow is for a gradient of length 1, in units of x, and how long at most. */
const ARROW = { scale: 0.25, most: 1.2 };

/** A map of one surface; the bands are computed once. */
export class DescentMap {
  readonly #bands: Bands;

  constructor(readonly surface: LossSurface) {
    this.#bands = new Bands(gridOf(surface, GRID));
  }

  /** The height of the picture at a width: the map is square. */
  height(width: number): number {
    return width - 52 + 100;
  }

  /** Where the axes are. */
  area(width: number): PlotArea {
    const size = { width, height: this.height(width) };
    return plotArea(size, this.surface.xRange, this.surface.yRange, { left: 40, bottom: 70 });
  }

  /** The picture. */
  draw(width: number, { path, gradient, here }: Descent, colours: Colours): string {
    const area = this.area(width);
    const { left, right, top, bottom, x, y } = area;
    const inside = (pixel: number) => Math.min(9000, Math.max(-9000, pixel));
    const place = (at: Place): [number, number] => [inside(x(at.x)), inside(y(at.y))];
    const steepness = Math.hypot(gradient.x, gradient.y);
    const scale = steepness > 0 ? -Math.min(ARROW.scale, ARROW.most / steepness) : 0;
    const tip = place({ x: here.x + scale * gradient.x, y: here.y + scale * gradient.y });
    return axes(area, { x: "x", y: "y" }, colours, { grid: false }) +
      clipped(
        left,
        top,
        right - left,
        bottom - top,
        this.#bands.draw(area) +
          this.surface.minima.map((minimum) => minimumMark(...place(minimum))).join("") +
          stepsOnMap(path.map(place)) + arrow(place(here), tip, "#FFFFFF", 6) +
          arrow(place(here), tip, "#B03A00", 3) + ball(...place(here)),
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
  inWords({ path, here, loss, learningRate, optimizer }: Descent): string {
    const { title, formula, minima } = this.surface;
    const lowest = minima.map(({ x, y }) => `(${formatNumber(x)}, ${formatNumber(y)})`).join(" and ");
    return `Contour map of the loss surface "${title}", ${formula}, with ${
      minima.length > 1 ? "minima" : "its minimum"
    } at ${lowest}. ${optimizer} with learning rate ${learningRate} has taken ${
      path.length - 1
    } steps from (${formatNumber(path[0].x)}, ${formatNumber(path[0].y)}) and is at (${
      formatNumber(here.x)
    }, ${formatNumber(here.y)}), where the loss is ${formatNumber(loss)}.`;
  }
}
