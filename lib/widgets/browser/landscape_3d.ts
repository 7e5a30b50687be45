/** The loss of a line as a landscape to turn, and a ball to roll. */

import { formatNumber } from "../../charts/format.ts";
import { Landscape, TILTS } from "../draw/landscape.ts";
import { lossCurve, lossCurveInWords, type LossRun } from "../draw/loss_curve.ts";
import type { Landscape3dData } from "../landscape_3d.ts";
import { LineDescent } from "../models/line_descent.ts";
import { LineSurface } from "../models/line_surface.ts";
import { button, choices, h, numberBoard, slider, spoken } from "./elements.ts";
import { onArrows, onDrag, panel } from "./panel.ts";
import { LOG_RATE, runner } from "./run.ts";
import { type Stage, startAll } from "./start.ts";
import { decimals } from "./words.ts";

const RATES = [0.02, 0.1, 0.4];

startAll("landscape_3d", ({ host, data, theme }: Stage<Landscape3dData>) => {
  const surface = new LineSurface(data.points);
  const landscape = new Landscape(surface, data.wRange, data.bRange);
  const floor = surface.at(surface.shape.minimum).loss;
  let view = data.view;
  let run = new LineDescent(surface, data.start, 0.1);
  let earlier: LineDescent[] = [];

  const ground = panel((width) => {
    const height = Math.round(Math.min(460, Math.max(300, width * 0.82)));
    return {
      height,
      body: landscape.draw({ width, height }, view, run.path, theme.colours),
      alternative: landscape.inWords(run.path),
    };
  }, "grab");
  ground.element.style.flexGrow = "3";
  ground.element.style.flexBasis = "340px";
  const curve = panel((width) => {
    const height = host.clientWidth < 620 ? 230 : 330;
    const past = earlier.map(({ losses, learningRate }): LossRun => ({
      losses,
      colour: theme.colours.reference,
      label: `η = ${learningRate}`,
      faint: true,
    }));
    const now: LossRun = {
      losses: run.losses,
      colour: theme.colours.orange,
      label: `η = ${run.learningRate}`,
      above: true,
    };
    return {
      height,
      body: lossCurve([...past, now], { width, height, floor, steps: 20 }, theme.colours),
      alternative: lossCurveInWords(run.losses),
    };
  });
  curve.element.style.flexGrow = "2";
  curve.element.style.flexBasis = "240px";
  ground.element.setAttribute("tabindex", "0");
  ground.element.setAttribute("role", "application");
  ground.element.setAttribute("aria-label", "Landscape of the loss. Arrow keys turn it.");

  const board = numberBoard(["step", "loss", "‖∇L‖ (slope)", "rate η", "limit 2/λmax"]);
  const words = spoken();
  const buttons = runner({
    step: () => run.step(),
    ended: () => run.ended,
    draw: update,
    pace: 160,
    most: 300,
  });
  const rateSlider = slider({
    name: "learning rate η",
    min: LOG_RATE.place(0.01),
    max: LOG_RATE.place(0.6),
    step: 0.01,
    value: LOG_RATE.place(0.1),
    format: (place) => String(LOG_RATE.rate(place)),
    onInput: (place) => changeRate(LOG_RATE.rate(place)),
  });
  const rateChoices = choices({
    name: "try",
    group: "rate",
    values: RATES.map((value) => ({ value, label: value.toFixed(2) })),
    value: 0.1,
    onChange: (rate) => changeRate(rate),
  });

  /** A new rate is a new run from the start; the old one stays in the curves, if it went anywhere. */
  function changeRate(rate: number) {
    restart(rate);
    rateSlider.set(LOG_RATE.place(rate));
    rateChoices.set(rate);
  }
  function restart(rate: number) {
    buttons.pause();
    if (run.path.length > 1) {
      earlier = [...earlier.filter(({ learningRate }) => learningRate !== run.learningRate), run].slice(-3);
    }
    earlier = earlier.filter(({ learningRate }) => learningRate !== rate);
    run = new LineDescent(surface, data.start, rate);
    update();
  }
  function update() {
    const slope = surface.at(run.path[run.path.length - 1]);
    board.set([
      String(run.path.length - 1),
      decimals(slope.loss, 4),
      decimals(slope.length, 4),
      String(run.learningRate),
      formatNumber(surface.limit),
    ]);
    words.say(run.inWords());
    buttons.refresh();
    ground.redraw();
    curve.redraw();
  }
  function turnBy(right: number, up: number) {
    const tilt = Math.min(TILTS[1], Math.max(TILTS[0], view.tilt + up));
    view = { turn: ((view.turn + right) % 360 + 360) % 360, tilt };
    ground.redraw();
  }

  let from = { x: 0, y: 0 };
  onDrag(ground.element, {
    start: (event) => from = { x: event.clientX, y: event.clientY },
    move(event) {
      turnBy((from.x - event.clientX) * 0.5, (event.clientY - from.y) * 0.4);
      from = { x: event.clientX, y: event.clientY };
    },
  });
  onArrows(ground.element, (right, up) => turnBy(-6 * right, 4 * up));

  host.append(
    h("h3", {}, "The loss as a landscape"),
    h(
      "p",
      {},
      "Let the ball roll down. Drag the landscape, or use the arrow keys on it, to look from elsewhere.",
    ),
    h("div", { class: "panels" }, ground.element, curve.element),
    h(
      "div",
      { class: "row" },
      buttons.stepButton,
      buttons.runButton,
      button("Reset", () => restart(run.learningRate)),
      rateChoices.element,
    ),
    h("div", { class: "row" }, rateSlider.element),
    board.element,
    words.element,
    h("div", { class: "formula" }, h("div", {}, "w ← w − η·∂L/∂w     b ← b − η·∂L/∂b")),
    h(
      "p",
      { class: "quiet" },
      "Flag: the minimum. Dashed line: the lowest loss there is. A new learning rate starts a new run; earlier runs stay " +
        "as thin lines.",
    ),
  );
  theme.onChange(update);
  update();
});
