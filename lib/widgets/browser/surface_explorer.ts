/** The loss surface of a line fit, to move about on. */

import { formatNumber } from "../../charts/format.ts";
import { lineFit, lineFitInWords } from "../draw/line_fit.ts";
import { SurfaceMap } from "../draw/surface_map.ts";
import { type Line, LineSurface } from "../models/line_surface.ts";
import type { SurfaceExplorerData } from "../surface_explorer.ts";
import { button, choices, h, numberBoard, slider, spoken } from "./elements.ts";
import { onArrows, onDrag, panel } from "./panel.ts";
import { type Stage, startAll } from "./start.ts";
import { decimals, signed } from "./words.ts";

const RATES = [0.02, 0.1, 0.3, 0.7];

startAll("surface_explorer", ({ host, data, theme }: Stage<SurfaceExplorerData>) => {
  const surface = new LineSurface(data.points);
  const map = new SurfaceMap(surface, data.wRange, data.bRange);
  const n = data.points.x.length;
  let path: Line[] = [data.start];
  let learningRate = 0.1;

  const here = () => path[path.length - 1];
  const state = () => ({ path, slope: surface.at(here()), next: surface.step(here(), learningRate) });

  const fit = panel((width) => {
    const height = Math.min(map.height(width) - 30, host.clientWidth < 620 ? 300 : Infinity);
    return {
      height,
      body: lineFit(data.points, here(), { width, height }, theme.colours),
      alternative: lineFitInWords(data.points, here()),
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
  Object.entries({
    tabindex: "0",
    role: "application",
    "aria-label": "Map of the loss. Arrow keys move w and b by 0.1, with Shift by 0.5.",
  }).forEach(([name, value]) => chart.element.setAttribute(name, value));

  const sliderOf = (name: "w" | "b", [min, max]: readonly [number, number]) =>
    slider({
      name,
      min,
      max,
      step: 0.01,
      value: data.start[name],
      format: (value) => decimals(value, 2),
      onInput: (value) => moveTo({ ...here(), [name]: value }),
    });
  const w = sliderOf("w", data.wRange);
  const b = sliderOf("b", data.bRange);
  const board = numberBoard(["MSE", "∂L/∂w", "∂L/∂b", "‖∇L‖ (slope)", "steps taken"]);
  const words = spoken();
  const rate = choices({
    name: "learning rate η",
    group: "rate",
    values: RATES.map((value) => ({ value, label: String(value) })),
    value: learningRate,
    onChange(value) {
      learningRate = value;
      update();
    },
  });

  function moveTo(line: Line) {
    path = [line];
    update();
  }
  function stepDownhill() {
    path = [...path, surface.step(here(), learningRate)];
    update();
  }
  function update() {
    const { slope } = state();
    w.set(here().w);
    b.set(here().b);
    board.set([
      decimals(slope.loss, 4),
      decimals(slope.dw, 4),
      decimals(slope.db, 4),
      decimals(slope.length, 4),
      String(path.length - 1),
    ]);
    words.say(describe());
    fit.redraw();
    chart.redraw();
  }
  function describe(): string {
    const { slope } = state();
    const { w, b } = here();
    const place = `At w = ${decimals(w, 2)}, b = ${decimals(b, 2)} the loss is ${decimals(slope.loss, 4)}.`;
    const before = path.length > 1 ? surface.at(path[path.length - 2]).loss : undefined;
    if (!Number.isFinite(slope.loss) || slope.loss > 1e6) {
      return `The steps are too long for this surface: the loss is ${
        formatNumber(slope.loss)
      } and grows with each one. ` +
        `Reset, and take a learning rate below 2/λmax = ${formatNumber(surface.limit)}.`;
    }
    if (slope.length < 0.005) return `${place} The gradient is almost zero: this is the bottom of the bowl.`;
    if (before !== undefined && slope.loss > before) {
      return `${place} It was ${decimals(before, 4)} before the step: the step was too long and went uphill.`;
    }
    return `${place} Downhill is towards ${slope.dw < 0 ? "larger" : "smaller"} w and ${
      slope.db < 0 ? "larger" : "smaller"
    } b: −∇L = (${signed(-slope.dw)}, ${signed(-slope.db)}).`;
  }
  const clamp = (value: number, [low, high]: readonly [number, number]) =>
    Math.min(high, Math.max(low, value));
  const snapped = (line: Line): Line => ({
    w: Math.round(clamp(line.w, data.wRange) * 100) / 100,
    b: Math.round(clamp(line.b, data.bRange) * 100) / 100,
  });

  onDrag(chart.element, {
    move(event) {
      const width = chart.element.clientWidth;
      const area = map.area(width, map.height(width));
      const [px, py] = chart.place(event);
      moveTo(snapped({ w: area.x.invert(px), b: area.y.invert(py) }));
    },
  });
  onArrows(
    chart.element,
    (right, up) => moveTo(snapped({ w: here().w + 0.1 * right, b: here().b + 0.1 * up })),
  );

  host.append(
    h("h3", {}, "Every place on the map is a line; its colour is the loss"),
    h("p", {}, "Move w and b, or drag on the map. The arrow points down the steepest slope."),
    h("div", { class: "panels" }, fit.element, chart.element),
    h("div", { class: "row" }, w.element, b.element),
    h(
      "div",
      { class: "row" },
      button("One step downhill", stepDownhill, "main"),
      button("Reset", () => moveTo(data.start)),
      rate.element,
    ),
    board.element,
    words.element,
    h(
      "div",
      { class: "formula" },
      h("div", {}, `L(w, b) = (1/${n}) Σᵢ (w·xᵢ + b − yᵢ)²`),
      h("div", {}, `∂L/∂w = (2/${n}) Σᵢ (w·xᵢ + b − yᵢ)·xᵢ`),
      h("div", {}, `∂L/∂b = (2/${n}) Σᵢ (w·xᵢ + b − yᵢ)`),
    ),
    h(
      "p",
      { class: "quiet" },
      "Orange: here. Cross: the minimum. Arrow: −∇L, 0.2 units long for each unit of slope. White dot: where the " +
        "next step ends. On the map, the arrow keys move by 0.1, with Shift by 0.5.",
    ),
  );
  theme.onChange(update);
  update();
});
