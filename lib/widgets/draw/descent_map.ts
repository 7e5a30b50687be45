/** A loss surface from above, and the path of an optimizer. */

import { formatNumber } from "../../checks/format.ts";
import type { Descent } from "../models/descent.ts";
import { heightGrid } from "../models/height_grid.ts";
import type { LossSurface, Place } from "../models/loss_surfaces.ts";
import type { Colours } from "./colours.ts";
import { HeightMap } from "./height_map.ts";
import type { PlotArea } from "./plot_area.ts";
import type { Pixels } from "./svg.ts";

/** Points of the height grid a side. */
const GRID = 81;
/** How long the arrow is for a gradient of length 1, in units of x, and how long at most. */
const ARROW = { scale: 0.25, most: 1.2 };

const xy = ({ x, y }: Place): Pixels => [x, y];

/** A map of one surface. */
export class DescentMap {
  readonly #map: HeightMap;

  constructor(readonly surface: LossSurface) {
    const { xRange, yRange, loss } = surface;
    this.#map = new HeightMap(heightGrid(xRange, yRange, GRID, loss), [xRange, yRange], { x: "x", y: "y" });
  }

  /** The height of the picture at a width: the map is square. */
  height(width: number): number {
    return width - 52 + 100;
  }

  /** Where the axes are. */
  area(width: number): PlotArea {
    return this.#map.area({ width, height: this.height(width) });
  }

  /** The picture. */
  draw(width: number, { path, gradient, here }: Descent, colours: Colours): string {
    const steepness = Math.hypot(gradient.x, gradient.y);
    const scale = steepness > 0 ? -Math.min(ARROW.scale, ARROW.most / steepness) : 0;
    return this.#map.draw({ width, height: this.height(width) }, {
      minima: this.surface.minima.map(xy),
      path: path.map(xy),
      here: xy(here),
      tip: [here.x + scale * gradient.x, here.y + scale * gradient.y],
    }, colours);
  }

  /** The same in words. */
  inWords({ path, here, loss, learningRate, optimizer }: Descent): string {
    const { title, formula, minima } = this.surface;
    const at = ({ x, y }: Place) => `(${formatNumber(x)}, ${formatNumber(y)})`;
    return `Contour map of the loss surface "${title}", ${formula}, with ${
      minima.length > 1 ? "minima" : "its minimum"
    } at ${minima.map(at).join(" and ")}. ${optimizer} with learning rate ${learningRate} has taken ${
      path.length - 1
    } steps from ${at(path[0])} and is at ${at(here)}, where the loss is ${formatNumber(loss)}.`;
  }
}
