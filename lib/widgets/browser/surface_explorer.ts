/** The loss surface of a line fit, to move about on. */

import { formatDecimals, formatNumber } from "../../checks/format.ts";
import { lineFit, lineFitInWords } from "../draw/line_fit.ts";
import { SurfaceMap } from "../draw/surface_map.ts";
import { type Line, LineSurface } from "../models/line_surface.ts";
import type { SurfaceExplorerData } from "../surface_explorer.ts";
import {
  button,
  choices,
  formula,
  h,
  hundredths,
  numberBoard,
  page,
  row,
  slider,
  spoken,
} from "./elements.ts";
import { onArrows, onDrag, operable, panel } from "./panel.ts";
import { type Stage, startAll } from "./start.ts";

const RATES = [0.02, 0.1, 0.3, 0.7];

/** Two decimals, always with a sign. */
function signed(value: number): string {
  const text = formatDecimals(value, 2);
  return text.startsWith("−") ? text : `+${text}`;
}

/** The steps so far, and what comes next. */
class Walk {
  readonly surface: LineSurface;
  path: Line[];
  learningRate = 0.1;

  constructor(readonly data: SurfaceExplorerData) {
    this.surface = new LineSurface(data.points);
    this.path = [data.start];
  }

  get here(): Line {
    return this.path[this.path.length - 1];
  }

  get next(): Line {
    return this.surface.step(this.here, this.learningRate);
  }

  /** Goes to a line, rounded to hundredths and inside the ranges. */
  goTo({ w, b }: Line): void {
    const { wRange, bRange } = this.data;
    this.path = [{ w: hundredths(w, wRange), b: hundredths(b, bRange) }];
  }

  /** Where it is, and what the last step has done. */
  inWords(): string {
    const { loss, dw, db, length } = this.surface.at(this.here);
    const place = `At w = ${formatDecimals(this.here.w, 2)}, b = ${
      formatDecimals(this.here.b, 2)
    } the loss is ${formatDecimals(loss, 4)}.`;
    const before = this.path.length > 1 ? this.surface.at(this.path[this.path.length - 2]).loss : undefined;
    if (!Number.isFinite(loss) || loss > 1e6) {
      return `The steps are too long for this surface: the loss is ${
        formatNumber(loss)
      } and grows with each one. ` +
        `Reset, and take a learning rate below 2/λmax = ${formatNumber(this.surface.limit)}.`;
    }
    if (length < 0.005) return `${place} The gradient is almost zero: this is the bottom of the bowl.`;
    if (before !== undefined && loss > before) {
      return `${place} It was ${
        formatDecimals(before, 4)
      } before the step: the step was too long and went uphill.`;
    }
    return `${place} Downhill is towards ${dw < 0 ? "larger" : "smaller"} w and ${
      db < 0 ? "larger" : "smaller"
    } b: −∇L = (${signed(-dw)}, ${signed(-db)}).`;
  }
}

startAll("surface_explorer", ({ host, data, theme }: Stage<SurfaceExplorerData>) => {
  const walk = new Walk(data), { surface } = walk;
  const map = new SurfaceMap(surface, data.wRange, data.bRange);
  const state = () => ({ path: walk.path, slope: surface.at(walk.here), next: walk.next });
  const fit = panel((width) => {
    const height = Math.min(map.height(width) - 30, host.clientWidth < 620 ? 300 : Infinity);
    return {
      height,
      body: lineFit(data.points, walk.here, { width, height }, theme.colours),
      alternative: lineFitInWords(data.points, walk.here),
    };
  });
  const chart = panel((width) => {
    const height = map.height(width);
    return {
      height,
      body: map.draw({ width, height }, state(), theme.colours),
      alternative: map.inWords(state()),
    };
  }, "touch");
  operable(chart.element, "Map of the loss. Arrow keys move w and b by 0.1, with Shift by 0.5.");

  const { w, b, rate } = controls(walk, update);
  const board = numberBoard(["MSE", "∂L/∂w", "∂L/∂b", "‖∇L‖ (slope)", "steps taken"]);
  const words = spoken();
  function update(change = () => {}) {
    change();
    const { loss, dw, db, length } = surface.at(walk.here);
    w.set(walk.here.w);
    b.set(walk.here.b);
    board.set([
      ...[loss, dw, db, length].map((value) => formatDecimals(value, 4)),
      String(walk.path.length - 1),
    ]);
    words.say(walk.inWords());
    fit.redraw();
    chart.redraw();
  }
  onDrag(chart.element, {
    move(event) {
      const width = chart.element.clientWidth;
      const area = map.area(width, map.height(width));
      const [px, py] = chart.place(event);
      update(() => walk.goTo({ w: area.x.invert(px), b: area.y.invert(py) }));
    },
  });
  onArrows(
    chart.element,
    (right, up) => update(() => walk.goTo({ w: walk.here.w + 0.1 * right, b: walk.here.b + 0.1 * up })),
  );

  const n = data.points.x.length;
  page(
    host,
    {
      title: "Every place on the map is a line; its colour is the loss",
      intro: "Move w and b, or drag on the map. The arrow points down the steepest slope.",
      notes:
        "Orange: here. Cross: the minimum. Arrow: −∇L, 0.2 units long for each unit of slope. White dot: where the " +
        "next step ends. On the map, the arrow keys move by 0.1, with Shift by 0.5.",
    },
    h("div", { class: "panels" }, fit.element, chart.element),
    row(w.element, b.element),
    row(
      button("One step downhill", () => update(() => walk.path = [...walk.path, walk.next]), "main"),
      button("Reset", () => update(() => walk.path = [data.start])),
      rate,
    ),
    board.element,
    words.element,
    formula(
      `L(w, b) = (1/${n}) Σᵢ (w·xᵢ + b − yᵢ)²`,
      `∂L/∂w = (2/${n}) Σᵢ (w·xᵢ + b − yᵢ)·xᵢ`,
      `∂L/∂b = (2/${n}) Σᵢ (w·xᵢ + b − yᵢ)`,
    ),
  );
  theme.onChange(() => update());
  update();
});

/** Sliders for w and b, and learning rates to choose from. */
function controls(walk: Walk, update: (change: () => void) => void) {
  const sliderOf = (name: "w" | "b", [min, max]: readonly [number, number]) =>
    slider({
      name,
      min,
      max,
      step: 0.01,
      value: walk.here[name],
      format: (value) => formatDecimals(value, 2),
      onInput: (value) => update(() => walk.path = [{ ...walk.here, [name]: value }]),
    });
  const rate = choices({
    name: "learning rate η",
    group: "rate",
    values: RATES.map((value) => ({ value, label: String(value) })),
    value: walk.learningRate,
    onChange: (value) => update(() => walk.learningRate = value),
  });
  return { w: sliderOf("w", walk.data.wRange), b: sliderOf("b", walk.data.bRange), rate: rate.element };
}
