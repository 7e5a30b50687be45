/** Optimizers on loss surfaces of two parameters. */

import { DescentMap } from "../draw/descent_map.ts";
import { lossCurve, lossCurveInWords, type LossRun } from "../draw/loss_curve.ts";
import type { DescentPlaygroundData } from "../descent_playground.ts";
import { Descent, type OptimizerName, OPTIMIZERS } from "../models/descent.ts";
import { type Place, surfaceOf, SURFACES } from "../models/loss_surfaces.ts";
import { button, choices, h, numberBoard, slider, spoken } from "./elements.ts";
import { onArrows, onDrag, panel } from "./panel.ts";
import { LOG_RATE, runner } from "./run.ts";
import { type Stage, startAll } from "./start.ts";
import { decimals } from "./words.ts";

startAll("descent_playground", ({ host, data, theme }: Stage<DescentPlaygroundData>) => {
  let map = new DescentMap(surfaceOf(data.surface));
  let start: Place = map.surface.start;
  let optimizer: OptimizerName = data.optimizer;
  let learningRate = data.learningRate;
  let run = new Descent(map.surface, optimizer, learningRate, start);
  let earlier: Descent[] = [];

  const chart = panel((width) => ({
    height: map.height(width),
    body: map.draw(width, run, theme.colours),
    alternative: map.inWords(run),
  }), "touch");
  for (
    const [name, value] of Object.entries({
      tabindex: "0",
      role: "application",
      "aria-label":
        "Map of the loss surface. Click to choose the start; arrow keys move it by 0.1, with Shift by 0.5.",
    })
  ) chart.element.setAttribute(name, value);
  const curve = panel((width) => {
    const past = earlier.map(({ losses, optimizer, learningRate }): LossRun => ({
      losses,
      colour: theme.colours.reference,
      label: `${optimizer} ${learningRate}`,
      faint: true,
    }));
    const now = {
      losses: run.losses,
      colour: theme.colours.orange,
      label: `${optimizer} ${learningRate}`,
      above: true,
    };
    const height = host.clientWidth < 620 ? 240 : map.height(width) - 30;
    return {
      height,
      body: lossCurve([...past, now], { width, height, steps: 20 }, theme.colours),
      alternative: lossCurveInWords(run.losses),
    };
  });

  const surfaceChoice = choices({
    name: "surface",
    group: "surface",
    values: SURFACES.map(({ name, title }) => ({ value: name, label: title })),
    value: data.surface,
    onChange(name) {
      map = new DescentMap(surfaceOf(name));
      start = map.surface.start;
      learningRate = map.surface.learningRate;
      earlier = [];
      begin({ forget: true });
    },
  });
  const optimizerChoice = choices({
    name: "optimizer",
    group: "optimizer",
    values: (Object.keys(OPTIMIZERS) as OptimizerName[]).map((value) => ({
      value,
      label: OPTIMIZERS[value].title,
    })),
    value: optimizer,
    onChange(name) {
      optimizer = name;
      begin();
    },
  });
  const rate = slider({
    name: "learning rate η",
    min: -3,
    max: LOG_RATE.place(2),
    step: 0.01,
    value: LOG_RATE.place(learningRate),
    format: (place) => String(LOG_RATE.rate(place)),
    onInput(place) {
      learningRate = LOG_RATE.rate(place);
      begin();
    },
  });
  const board = numberBoard(["step", "loss", "x", "y", "∂L/∂x", "∂L/∂y"]);
  const words = spoken();
  const formula = h("div", { class: "formula" });
  const buttons = runner({
    step: () => run.step(),
    ended: () => run.ended,
    draw: update,
    pace: 60,
    most: 300,
  });

  /** A new run; the one before stays as a thin curve if it went anywhere. */
  function begin({ forget = false } = {}) {
    buttons.pause();
    if (!forget && run.path.length > 1) earlier = [...earlier, run];
    const same = (other: Descent) => other.optimizer === optimizer && other.learningRate === learningRate;
    earlier = earlier.filter((other, i) =>
      !same(other) &&
      earlier.findLastIndex((each) =>
          each.optimizer === other.optimizer && each.learningRate === other.learningRate
        ) === i
    ).slice(-3);
    run = new Descent(map.surface, optimizer, learningRate, start);
    rate.set(LOG_RATE.place(learningRate));
    update();
  }
  function update() {
    const { path, loss, here, gradient } = run;
    board.set([
      String(path.length - 1),
      decimals(loss, 4),
      decimals(here.x, 3),
      decimals(here.y, 3),
      decimals(gradient.x, 3),
      decimals(gradient.y, 3),
    ]);
    words.say(run.inWords());
    formula.replaceChildren(h("div", {}, map.surface.formula), h("div", {}, OPTIMIZERS[optimizer].rule));
    buttons.refresh();
    chart.redraw();
    curve.redraw();
  }
  function startAt(place: Place) {
    const { xRange, yRange } = map.surface;
    const inside = (value: number, [low, high]: readonly [number, number]) =>
      Math.round(Math.min(high, Math.max(low, value)) * 100) / 100;
    start = { x: inside(place.x, xRange), y: inside(place.y, yRange) };
    earlier = []; // curves from different starts say nothing about each other
    begin({ forget: true });
  }

  onDrag(chart.element, {
    move(event) {
      const area = map.area(chart.element.clientWidth);
      const [px, py] = chart.place(event);
      startAt({ x: area.x.invert(px), y: area.y.invert(py) });
    },
  });
  onArrows(chart.element, (right, up) => startAt({ x: start.x + 0.1 * right, y: start.y + 0.1 * up }));

  host.append(
    h("h3", {}, "Gradient descent in two dimensions"),
    h("p", {}, "Choose a surface and a way to step. Click or drag on the map to choose where to start."),
    h("div", { class: "row" }, surfaceChoice.element),
    h("div", { class: "panels" }, chart.element, curve.element),
    h("div", { class: "row" }, optimizerChoice.element),
    h("div", { class: "row" }, rate.element),
    h("div", { class: "row" }, buttons.stepButton, buttons.runButton, button("Reset", () => begin())),
    board.element,
    words.element,
    formula,
    h(
      "p",
      { class: "quiet" },
      "Orange: here. Crosses: minima. The arrow is −∇L, cut short where it is steep. Arrow keys on the map move the start.",
    ),
  );
  theme.onChange(update);
  update();
});
