import { checkNames } from "../checks/options.ts";
import { Chart } from "../charts/chart.ts";
import { LIGHT } from "./draw/colours.ts";
import { DescentMap } from "./draw/descent_map.ts";
import { lossCurve } from "./draw/loss_curve.ts";
import { moved } from "./draw/svg.ts";
import { Descent, OPTIMIZERS } from "./models/descent.ts";
import { SURFACES } from "./models/loss_surfaces.ts";
import { Widget } from "./widget.ts";

/** Options of {@link descentPlayground}. */
export interface DescentPlaygroundOptions {
  /** The surface to begin with. Default `"ravine"`. */
  readonly surface?: "bowl" | "ravine" | "saddle" | "plateau" | "two valleys";
  /** The optimizer to begin with. Default `"SGD"`. */
  readonly optimizer?: "SGD" | "momentum" | "RMSprop" | "Adam";
  /** η to begin with. Default: what suits plain gradient descent on that surface. */
  readonly learningRate?: number;
}

/** What the script is given. */
export type DescentPlaygroundData = Required<DescentPlaygroundOptions>;

/**
 * Gradient descent in two dimensions: the reader chooses a loss surface, an optimizer, a learning rate and a start, and
 * watches the path and the loss; the widget says when a run arrived, is stuck, jumps back and forth or diverged.
 *
 * The surfaces are a bowl, a ravine, a saddle, a plateau and two valleys. The optimizers are the library's: `SGD`, with
 * momentum 0.9, `RMSprop`, `Adam`, with their default options.
 *
 * @param options `surface`, `optimizer`, `learningRate`
 * @throws {RangeError} If there is no such surface or optimizer, or the learning rate is not from 0.001 to 2
 * @example
 * ```ts
 * import { descentPlayground } from "backprop";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const widget = descentPlayground({ surface: "saddle" }); // await show(descentPlayground());
 * assertStringIncludes(widget.alternative, "minima at (0, 1.41) and (0, −1.41)");
 * ```
 */
export function descentPlayground(options: DescentPlaygroundOptions = {}): Widget {
  checkNames("descentPlayground", ["surface", "optimizer", "learningRate"], options);
  const { surface: name = "ravine", optimizer = "SGD" } = options;
  const surface = SURFACES.find((each) => each.name === name);
  if (!surface) throw unknown("surface", name, SURFACES.map((each) => each.name));
  if (!Object.hasOwn(OPTIMIZERS, optimizer)) throw unknown("optimizer", optimizer, Object.keys(OPTIMIZERS));
  const { learningRate = surface.learningRate } = options;
  if (!(learningRate >= 0.001 && learningRate <= 2)) {
    throw new RangeError(`descentPlayground: expected a learning rate from 0.001 to 2, got ${learningRate}.`);
  }
  const run = new Descent(surface, optimizer, learningRate, surface.start);
  for (let i = 0; i < 60; i++) run.step();
  const map = new DescentMap(surface);
  const [wide, narrow] = [380, 380];
  const picture = new Chart({
    title: `${surface.title}: ${run.path.length - 1} steps of ${
      OPTIMIZERS[optimizer].title
    }, learning rate ${learningRate}`,
    subtitle: `${surface.formula}. ${surface.lesson}`,
    alternative: "",
    width: wide + narrow,
    height: map.height(wide),
    body: map.draw(wide, run, LIGHT) +
      moved(
        wide,
        0,
        lossCurve([{ losses: run.losses, colour: LIGHT.orange }], {
          width: narrow,
          height: map.height(wide) - 30,
        }, LIGHT),
      ),
  });
  return new Widget({
    kind: "descent_playground",
    picture: picture.toSVG(),
    alternative: `${map.inWords(run)} ${run.inWords()}`,
    data: { surface: name, optimizer, learningRate } satisfies DescentPlaygroundData,
  });
}

function unknown(what: string, got: string, known: string[]): RangeError {
  return new RangeError(`descentPlayground: there is no ${what} "${got}"; there are ${known.join(", ")}.`);
}
