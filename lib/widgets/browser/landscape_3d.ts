/** The loss of a line as a landscape to turn, and a ball to roll. */

import { formatDecimals, formatNumber } from "../../checks/format.ts";
import { Landscape, TILTS } from "../draw/landscape.ts";
import type { Landscape3dData } from "../landscape_3d.ts";
import { LineDescent } from "../models/line_descent.ts";
import { LineSurface } from "../models/line_surface.ts";
import { button, choices, formula, h, numberBoard, page, row, slider, spoken } from "./elements.ts";
import { onArrows, onDrag, operable, type Panel, panel } from "./panel.ts";
import { LOG_RATE, runner, Runs } from "./run.ts";
import { type Stage, startAll } from "./start.ts";

const RATES = [0.02, 0.1, 0.4];

startAll("landscape_3d", ({ host, data, theme }: Stage<Landscape3dData>) => {
  const surface = new LineSurface(data.points);
  const landscape = new Landscape(surface, data.wRange, data.bRange);
  const fresh = (rate: number) => new LineDescent(surface, data.start, rate);
  const runs = new Runs(fresh(0.1), ({ learningRate }) => `η = ${learningRate}`);
  let view = data.view;
  const ground = panel((width) => {
    const height = Math.round(Math.min(460, Math.max(300, width * 0.82)));
    const { path } = runs.now;
    return {
      height,
      body: landscape.draw({ width, height }, view, path, theme.colours),
      alternative: landscape.inWords(path),
    };
  }, "grab");
  operable(ground.element, "Landscape of the loss. Arrow keys turn it.");
  const floor = surface.at(surface.shape.minimum).loss;
  const curve = runs.panel(theme, () => host.clientWidth < 620 ? 230 : 330, floor);
  Object.assign(ground.element.style, { flexGrow: "3", flexBasis: "340px" });
  Object.assign(curve.element.style, { flexGrow: "2", flexBasis: "240px" });

  const board = numberBoard(["step", "loss", "‖∇L‖ (slope)", "rate η", "limit 2/λmax"]);
  const words = spoken();
  const buttons = runner({
    step: () => runs.now.step(),
    ended: () => runs.now.ended,
    draw: update,
    pace: 160,
    most: 300,
  });
  const rate = rateControls(begin);

  /** A new rate is a new run from the start. */
  function begin(learningRate: number) {
    buttons.pause();
    runs.begin(fresh(learningRate));
    rate.set(learningRate);
    update();
  }
  function update() {
    const { path, learningRate } = runs.now;
    const slope = surface.at(path[path.length - 1]);
    const numbers = [formatDecimals(slope.loss, 4), formatDecimals(slope.length, 4), String(learningRate)];
    board.set([String(path.length - 1), ...numbers, formatNumber(surface.limit)]);
    words.say(runs.now.inWords());
    buttons.refresh();
    ground.redraw();
    curve.redraw();
  }
  turnable(ground, (right, up) => {
    const tilt = Math.min(TILTS[1], Math.max(TILTS[0], view.tilt + up));
    view = { turn: ((view.turn + right) % 360 + 360) % 360, tilt };
    ground.redraw();
  });

  page(
    host,
    {
      title: "The loss as a landscape",
      intro:
        "Let the ball roll down. Drag the landscape, or use the arrow keys on it, to look from elsewhere.",
      notes:
        "Flag: the minimum. Dashed line: the lowest loss there is. A new learning rate starts a new run; earlier runs stay " +
        "as thin lines.",
    },
    h("div", { class: "panels" }, ground.element, curve.element),
    row(
      buttons.stepButton,
      buttons.runButton,
      button("Reset", () => begin(runs.now.learningRate)),
      rate.choices,
    ),
    row(rate.slider),
    board.element,
    words.element,
    formula("w ← w − η·∂L/∂w     b ← b − η·∂L/∂b"),
  );
  theme.onChange(update);
  update();
});

/** A slider for the learning rate, and three to try; they follow each other. */
function rateControls(onChange: (rate: number) => void) {
  const knob = slider({
    name: "learning rate η",
    min: LOG_RATE.place(0.01),
    max: LOG_RATE.place(0.6),
    step: 0.01,
    value: LOG_RATE.place(0.1),
    format: (place) => String(LOG_RATE.rate(place)),
    onInput: (place) => onChange(LOG_RATE.rate(place)),
  });
  const some = choices({
    name: "try",
    group: "rate",
    values: RATES.map((value) => ({ value, label: value.toFixed(2) })),
    value: 0.1,
    onChange,
  });
  const set = (rate: number) => {
    knob.set(LOG_RATE.place(rate));
    some.set(rate);
  };
  return { slider: knob.element, choices: some.element, set };
}

/** Calls `turn` with degrees to the right and up, for a pointer that drags and for arrow keys. */
function turnable({ element }: Panel, turn: (right: number, up: number) => void) {
  let from = { x: 0, y: 0 };
  onDrag(element, {
    start: (event) => from = { x: event.clientX, y: event.clientY },
    move(event) {
      turn((from.x - event.clientX) * 0.5, (event.clientY - from.y) * 0.4);
      from = { x: event.clientX, y: event.clientY };
    },
  });
  onArrows(element, (right, up) => turn(-6 * right, 4 * up));
}
