import { checkNames } from "../checks/options.ts";
import { Chart } from "../charts/chart.ts";
import { formatNumber } from "../checks/format.ts";
import { lossSurfaceLine } from "../data/toy_lines.ts";
import { LIGHT } from "./draw/colours.ts";
import { Landscape, type View } from "./draw/landscape.ts";
import { lossCurve } from "./draw/loss_curve.ts";
import { moved } from "./draw/svg.ts";
import { LineDescent } from "./models/line_descent.ts";
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

/** Options of {@link landscape3d}. */
export interface Landscape3dOptions {
  /**
   * `inputs` x and `targets` y of a line fit. Default: the line of {@link lossSurfaceLine} with x from −3 to 3 in place
   * of −2 to 2, which makes the bowl steeper: learning rates above 0.30 diverge.
   */
  readonly points?: LinePoints;
  /** Where the ball starts. Default (0.6, −2.5). */
  readonly start?: { readonly w: number; readonly b: number };
}

/** What the script is given. */
export interface Landscape3dData extends LineData {
  readonly view: View;
}

/**
 * The loss of a line fit as a landscape that can be turned: a ball rolls down by gradient descent, with a learning rate
 * of the reader's choice, and leaves its path.
 *
 * Gradient descent on a bowl converges if η < 2/λmax, λmax being its largest curvature. With the data as they are,
 * λmax = 6.63 and the limit is 0.302: a rate of 0.02 creeps, 0.1 arrives in about thirty steps, 0.4 flies out.
 *
 * @param options `points`, `start`
 * @throws {RangeError} If no line can be fitted to the points
 * @example
 * ```ts
 * import { landscape3d } from "backprop";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const widget = landscape3d(); // await show(landscape3d());
 * assertStringIncludes(widget.alternative, "lowest at w = 2, b = 0.5");
 * ```
 */
export function landscape3d(options: Landscape3dOptions = {}): Widget {
  checkNames("landscape3d", ["points", "start"], options);
  checkStart("landscape3d", options.start);
  const points = options.points ? plainPoints(options.points, "landscape3d") : steeperLine();
  checkPoints("landscape3d", points);
  const surface = new LineSurface(points);
  const { minimum } = surface.shape;
  const data: Landscape3dData = {
    points,
    wRange: rangeAround(minimum.w, 4),
    bRange: rangeAround(minimum.b, 4),
    start: options.start ?? { w: 0.6, b: -2.5 },
    view: { turn: 30, tilt: 32 },
  };
  const landscape = new Landscape(surface, data.wRange, data.bRange);
  const rates = [{ rate: 0.02, colour: LIGHT.blue }, { rate: 0.1, colour: LIGHT.green }, {
    rate: 0.4,
    colour: LIGHT.orange,
  }];
  const runs = rates.map(({ rate, colour }) => {
    const run = new LineDescent(surface, data.start, rate);
    for (let i = 0; i < 40; i++) run.step();
    return { run, colour, label: `η = ${rate}` };
  });
  const middle = runs[1].run;
  const [wide, narrow, height] = [460, 300, 400];
  const picture = new Chart({
    title: `A learning rate of 0.02 creeps, 0.1 arrives, 0.4 flies out: the limit is ${
      formatNumber(surface.limit)
    }`,
    subtitle:
      "Left: the loss as a landscape, with the path of 0.1 from the start to the flag at the minimum. Right: " +
      "the loss of three runs. The dashed line is as low as it gets.",
    alternative: "",
    width: wide + narrow + 20,
    height,
    body: landscape.draw({ width: wide, height }, data.view, middle.path, LIGHT) +
      moved(
        wide + 20,
        20,
        lossCurve(
          runs.map(({ run, colour, label }) => ({ losses: run.losses, colour, label })),
          { width: narrow, height: height - 60, floor: surface.at(minimum).loss, steps: 40 },
          LIGHT,
        ),
      ),
  });
  return new Widget({
    kind: "landscape_3d",
    picture: picture.toSVG(),
    alternative: landscape.inWords(middle.path) + " " +
      runs.map(({ run }) => run.inWords()).join(" "),
    data,
  });
}

/** The line of the loss-surface pictures, x stretched from ±2 to ±3: the same noise, the same best line. */
function steeperLine(): { x: number[]; y: number[] } {
  const { x, y } = plainPoints(lossSurfaceLine(), "landscape3d");
  // A stretched x is 1.5·x; the line 2x + 0.5 there is higher by x.
  return { x: x.map((value) => 1.5 * value), y: y.map((value, i) => value + x[i]) };
}
