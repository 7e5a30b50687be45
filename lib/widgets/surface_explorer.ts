import { checkNames } from "../checks/options.ts";
import { checkRange } from "../checks/ranges.ts";
import { Chart } from "../charts/chart.ts";
import { lossSurfaceLine } from "../data/toy_lines.ts";
import { LIGHT } from "./draw/colours.ts";
import { lineFit, lineFitInWords } from "./draw/line_fit.ts";
import { SurfaceMap } from "./draw/surface_map.ts";
import { element, moved } from "./draw/svg.ts";
import { LineSurface } from "./models/line_surface.ts";
import {
  checkPoints,
  checkStart,
  type LineData,
  type LinePoints,
  plainPoints,
  rangeAround,
} from "./options.ts";
import { Widget } from "./widget.ts";

/** Options of {@link surfaceExplorer}. */
export interface SurfaceExplorerOptions {
  /** `inputs` x and `targets` y of a line fit, n numbers each. Default {@link lossSurfaceLine}. */
  readonly points?: LinePoints;
  /** Which w the map shows. Default: from 3 below the best one to 3 above. */
  readonly wRange?: readonly [number, number];
  /** Which b the map shows. Default: as for w. */
  readonly bRange?: readonly [number, number];
  /** Where it begins. Default (0, 0). */
  readonly start?: { readonly w: number; readonly b: number };
}

/** What the script is given. */
export type SurfaceExplorerData = LineData;

/**
 * A line fit and its loss surface side by side: the reader moves w and b and sees the line, its residuals, the loss,
 * the direction of steepest descent, and where steps downhill lead.
 *
 * L(w, b) = (1/n) Σ (w·xᵢ + b − yᵢ)²;  the arrow is −∇L, drawn 0.2 units long for each unit of its length.
 *
 * @param options `points`, `wRange`, `bRange`, `start`
 * @throws {RangeError} If there are fewer than two different x, not as many x as y, or an empty range
 * @example
 * ```ts
 * import { surfaceExplorer } from "backprop";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const widget = surfaceExplorer(); // await show(surfaceExplorer());
 * assertStringIncludes(widget.alternative, "At w = 0, b = 0 it is 6.1718");
 * ```
 */
export function surfaceExplorer(options: SurfaceExplorerOptions = {}): Widget {
  checkNames("surfaceExplorer", ["points", "wRange", "bRange", "start"], options);
  checkStart("surfaceExplorer", options.start);
  const points = plainPoints(options.points ?? lossSurfaceLine(), "surfaceExplorer");
  checkPoints("surfaceExplorer", points);
  const surface = new LineSurface(points);
  const { minimum } = surface.shape;
  const data: SurfaceExplorerData = {
    points,
    wRange: options.wRange ?? rangeAround(minimum.w),
    bRange: options.bRange ?? rangeAround(minimum.b),
    start: options.start ?? { w: 0, b: 0 },
  };
  checkRange("surfaceExplorer", "wRange", data.wRange);
  checkRange("surfaceExplorer", "bRange", data.bRange);

  const map = new SurfaceMap(surface, data.wRange, data.bRange);
  const slope = surface.at(data.start);
  const [width, height] = [370, map.height(370)];
  // Without a script nobody can take a step, so the picture shows where they lead.
  const path = surface.descend(data.start, 0.1, 30);
  const picture = new Chart({
    title: `Each place (w, b) is a line; its height is the loss, ${slope.loss.toFixed(4)} at the start`,
    subtitle: "Left: the line at the start. Right: the loss from above, with 30 steps of gradient descent " +
      "(learning rate 0.1) to the cross, where it is lowest. The arrow at the start points downhill.",
    alternative: "",
    width: 2 * width + 20,
    height: height,
    body: element("g", {}, lineFit(points, data.start, { width, height: height - 30 }, LIGHT)) +
      moved(width + 20, 0, map.draw({ width, height }, { path, slope, from: data.start }, LIGHT)),
  });
  return new Widget({
    kind: "surface_explorer",
    picture: picture.toSVG(),
    alternative: `${lineFitInWords(points, data.start)} ${map.inWords({ path: [data.start], slope })}`,
    data,
  });
}
