/** Optimizers on loss surfaces of two parameters. */

import { formatDecimals } from "../../checks/format.ts";
import { DescentMap } from "../draw/descent_map.ts";
import type { DescentPlaygroundData } from "../descent_playground.ts";
import { Descent, type OptimizerName, OPTIMIZERS } from "../models/descent.ts";
import { type Place, surfaceOf, SURFACES } from "../models/loss_surfaces.ts";
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
import { LOG_RATE, runner, Runs } from "./run.ts";
import { type Stage, startAll } from "./start.ts";

/** What is chosen, and the runs with it. */
class Session {
  map: DescentMap;
  start: Place;
  optimizer: OptimizerName;
  learningRate: number;
  readonly runs: Runs<Descent>;

  constructor({ surface, optimizer, learningRate }: DescentPlaygroundData) {
    this.map = new DescentMap(surfaceOf(surface));
    this.start = this.map.surface.start;
    this.optimizer = optimizer;
    this.learningRate = learningRate;
    this.runs = new Runs(this.fresh(), ({ optimizer, learningRate }) => `${optimizer} ${learningRate}`);
  }

  /** A run with what is chosen now. */
  fresh(): Descent {
    return new Descent(this.map.surface, this.optimizer, this.learningRate, this.start);
  }

  choose(surface: Parameters<typeof surfaceOf>[0]): void {
    this.map = new DescentMap(surfaceOf(surface));
    ({ start: this.start, learningRate: this.learningRate } = this.map.surface);
    this.runs.beginAnew(this.fresh());
  }

  startAt(place: Place): void {
    const { xRange, yRange } = this.map.surface;
    this.start = { x: hundredths(place.x, xRange), y: hundredths(place.y, yRange) };
    this.runs.beginAnew(this.fresh());
  }

  /** The numbers of the run on show, as its board names them. */
  numbers(): string[] {
    const { path, loss, here, gradient } = this.runs.now;
    const places = [here.x, here.y, gradient.x, gradient.y].map((value) => formatDecimals(value, 3));
    return [String(path.length - 1), formatDecimals(loss, 4), ...places];
  }
}

startAll("descent_playground", ({ host, data, theme }: Stage<DescentPlaygroundData>) => {
  const session = new Session(data), { runs } = session;
  const chart = panel((width) => ({
    height: session.map.height(width),
    body: session.map.draw(width, runs.now, theme.colours),
    alternative: session.map.inWords(runs.now),
  }), "touch");
  operable(
    chart.element,
    "Map of the loss surface. Click to choose the start; arrow keys move it by 0.1, with Shift by 0.5.",
  );
  const curve = runs.panel(
    theme,
    (width) => host.clientWidth < 620 ? 240 : session.map.height(width) - 30,
  );
  const { surfaceChoice, optimizerChoice, rate } = controls(session, data, begin);
  const board = numberBoard(["step", "loss", "x", "y", "∂L/∂x", "∂L/∂y"]);
  const words = spoken();
  const formulas = h("div");
  const buttons = runner({
    step: () => runs.now.step(),
    ended: () => runs.now.ended,
    draw: update,
    pace: 60,
    most: 300,
  });

  /** Another run, once `change` has been made. */
  function begin(change = () => runs.begin(session.fresh())) {
    buttons.pause();
    change();
    rate.set(LOG_RATE.place(session.learningRate));
    update();
  }
  function update() {
    board.set(session.numbers());
    words.say(runs.now.inWords());
    formulas.replaceChildren(formula(session.map.surface.formula, OPTIMIZERS[session.optimizer].rule));
    buttons.refresh();
    chart.redraw();
    curve.redraw();
  }

  onDrag(chart.element, {
    move(event) {
      const area = session.map.area(chart.element.clientWidth);
      const [px, py] = chart.place(event);
      begin(() => session.startAt({ x: area.x.invert(px), y: area.y.invert(py) }));
    },
  });
  onArrows(chart.element, (right, up) => {
    const { x, y } = session.start;
    begin(() => session.startAt({ x: x + 0.1 * right, y: y + 0.1 * up }));
  });

  page(
    host,
    {
      title: "Gradient descent in two dimensions",
      intro: "Choose a surface and a way to step. Click or drag on the map to choose where to start.",
      notes:
        "Orange: here. Crosses: minima. The arrow is −∇L, cut short where it is steep. Arrow keys on the map move the start.",
    },
    row(surfaceChoice),
    h("div", { class: "panels" }, chart.element, curve.element),
    row(optimizerChoice),
    row(rate.element),
    row(buttons.stepButton, buttons.runButton, button("Reset", () => begin())),
    board.element,
    words.element,
    formulas,
  );
  theme.onChange(update);
  update();
});

/** The choices; each begins another run. */
function controls(session: Session, data: DescentPlaygroundData, begin: (change?: () => void) => void) {
  return {
    surfaceChoice: choices({
      name: "surface",
      group: "surface",
      values: SURFACES.map(({ name, title }) => ({ value: name, label: title })),
      value: data.surface,
      onChange: (name) => begin(() => session.choose(name)),
    }).element,
    optimizerChoice: choices({
      name: "optimizer",
      group: "optimizer",
      values: (Object.keys(OPTIMIZERS) as OptimizerName[])
        .map((value) => ({ value, label: OPTIMIZERS[value].title })),
      value: data.optimizer,
      onChange(name) {
        session.optimizer = name;
        begin();
      },
    }).element,
    rate: slider({
      name: "learning rate η",
      min: -3,
      max: LOG_RATE.place(2),
      step: 0.01,
      value: LOG_RATE.place(data.learningRate),
      format: (place) => String(LOG_RATE.rate(place)),
      onInput(place) {
        session.learningRate = LOG_RATE.rate(place);
        begin();
      },
    }),
  };
}
