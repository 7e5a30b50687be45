/** A recorded training loop, step by step. */

import { fitPicture } from "../draw/loop_pictures.ts";
import { lossCurve, lossCurveInWords } from "../draw/loss_curve.ts";
import { loopCode, STEP_NAMES, stepCount, stepView } from "../models/loop_view.ts";
import type { TrainingRecord } from "../../train/record_training.ts";
import { button, h, spoken } from "./elements.ts";
import { panel } from "./panel.ts";
import { type Stage, startAll } from "./start.ts";

const STYLE = `
.loop { display: flex; flex-wrap: wrap; gap: 10px 18px; margin: 8px 0 0 }
.loop > * { flex: 1 1 320px; min-width: 0; container-type: inline-size }
@container (max-width: 400px) { .code pre { font-size: 11.5px } }
.code { border: 1px solid var(--grid); border-radius: 7px; padding: 6px 0; overflow-x: auto; margin: 8px 0 0 }
.code ol { list-style: none; margin: 0; padding: 0; min-width: max-content }
.code li { display: flex; gap: 10px; padding: 1px 10px; border-left: 4px solid transparent }
.code li[aria-current] { background: color-mix(in srgb, var(--blue) 18%, var(--paper)); border-left-color: var(--blue) }
.code .number { width: 1.2em; text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums }
.code button { all: unset; cursor: pointer; flex: 1 }
.code button:focus-visible { outline: 3px solid var(--orange); outline-offset: 1px }
.scroll { overflow: auto; max-height: 300px; margin: 8px 0 0 }
.scroll thead th { position: sticky; top: 0; background: var(--paper) }
.scroll thead th.fresh { background: color-mix(in srgb, var(--orange) 16%, var(--paper)) }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100% }
th, td { text-align: right; padding: 4px 7px; border-bottom: 1px solid var(--grid); white-space: nowrap }
th { font-weight: 600; color: var(--quiet); font-size: 13px }
th:first-child, td:first-child { text-align: left }
td.fresh, th.fresh { background: color-mix(in srgb, var(--orange) 16%, var(--paper)); color: var(--ink) }
.where { font-variant-numeric: tabular-nums; font-weight: 600 }
h4 { margin: 10px 0 0; font-size: 15px }
`;

startAll("loop_stepper", ({ host, data: record, theme }: Stage<TrainingRecord>) => {
  let position = 0;
  const last = stepCount(record) - 1;
  const losses = record.iterations.map(({ loss }) => loss);
  const view = () => stepView(record, position);

  const code = loopCode(record).map((line, i) => {
    const isStep = i < STEP_NAMES.length;
    // A line can be clicked: the same iteration, at that step.
    const text = isStep ? button("", () => go(position - position % STEP_NAMES.length + i)) : h("span");
    text.append(h("pre", {}, line.replace(" of batches", "\n     of batches")));
    return h(
      "li",
      {},
      h("span", { class: "number", "aria-hidden": "true" }, isStep ? String(i + 1) : ""),
      text,
    );
  });
  const title = h("h4");
  const words = spoken();
  const table = h("table");
  // A long batch is scrolled through; by keys too, so it takes the focus.
  const scroll = h("div", {
    class: "scroll",
    tabindex: "0",
    role: "region",
    "aria-label": "Numbers of this step",
  }, table);
  const details = h("div", {}, title, words.element, scroll);
  // As high as its highest state, so that what is below does not jump.
  const mostRows = Math.max(record.iterations[0].rows.length, record.iterations[0].parameters.length);
  details.style.minHeight = `${150 + 31 * (Math.min(8, mostRows) + 1)}px`;
  const where = h("span", { class: "where" });
  const slider = h("input", {
    type: "range",
    min: "0",
    max: String(last),
    step: "1",
    "aria-label": "position in the run",
  });
  slider.addEventListener("input", () => go(Number(slider.value)));
  const controls = {
    first: button("|◀ First", () => go(0)),
    previous: button("◀ Previous", () => go(position - 1)),
    next: button("Next ▶", () => go(position + 1), "main"),
    lastStep: button("Last ▶|", () => go(last)),
    turn: button("Next iteration", () => go(position + STEP_NAMES.length)),
  };
  const fit = panel((width) => {
    const height = 270;
    const { iteration, step, title } = view();
    return {
      height,
      body: fitPicture(record, { iteration, step }, { width, height }, theme.colours),
      alternative: `The data, the batch of iteration ${iteration + 1} and the model at the step "${title}".`,
    };
  });
  const curve = panel((width) => {
    const height = 270;
    const { iteration, step } = view();
    // The loss of this iteration is known from its third step on.
    const known = losses.slice(0, iteration + (step >= 2 ? 1 : 0));
    return {
      height,
      body: lossCurve(
        [
          { losses, colour: theme.colours.reference, faint: true },
          { losses: known, colour: theme.colours.orange },
        ],
        { width, height, steps: losses.length - 1, xName: "iteration", first: 1 },
        theme.colours,
      ),
      alternative: known.length > 0 ? lossCurveInWords(known) : "No loss is known yet.",
    };
  });

  function go(to: number) {
    position = Math.min(last, Math.max(0, to));
    update();
  }
  function update() {
    const { iteration, step, title: name, says, columns, rows, fresh } = view();
    where.textContent = `Iteration ${iteration + 1} of ${record.iterations.length}, step ${step + 1} of 6`;
    title.textContent = `${step + 1}. ${name}`;
    words.say(says);
    code.forEach((line, i) => {
      if (i === step) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    const isFresh = (i: number) => i >= columns.length - fresh ? "fresh" : "";
    table.replaceChildren(
      h(
        "thead",
        {},
        h("tr", {}, ...columns.map((column, i) => h("th", { scope: "col", class: isFresh(i) }, column))),
      ),
      h(
        "tbody",
        {},
        ...rows.map((row) => h("tr", {}, ...row.map((cell, i) => h("td", { class: isFresh(i) }, cell)))),
      ),
    );
    slider.value = String(position);
    slider.setAttribute("aria-valuetext", `${where.textContent}: ${name}`);
    const ends = {
      first: position === 0,
      previous: position === 0,
      next: position === last,
      lastStep: position === last,
    };
    for (
      const [key, ended] of Object.entries({ ...ends, turn: iteration === record.iterations.length - 1 })
    ) {
      const control = controls[key as keyof typeof controls];
      control.setAttribute("aria-disabled", String(ended));
      control.classList.toggle("off", ended);
    }
    fit.redraw();
    curve.redraw();
  }

  host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === slider) return;
    const to = { ArrowLeft: position - 1, ArrowRight: position + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });

  const style = document.createElement("style");
  style.textContent = STYLE;
  host.append(
    style,
    h("h3", {}, "The training loop, step by step"),
    h(
      "p",
      {},
      `${record.model}, ${record.loss}, ${record.optimizer} with learning rate ${record.learningRate}. ` +
        "Every number was recorded while the loop ran.",
    ),
    h(
      "div",
      { class: "row" },
      controls.first,
      controls.previous,
      controls.next,
      controls.lastStep,
      controls.turn,
    ),
    h("div", { class: "row" }, where, slider),
    h(
      "div",
      { class: "loop" },
      h("div", {}, h("div", { class: "code" }, h("ol", {}, ...code))),
      details,
    ),
    h(
      "div",
      { class: "panels" },
      record.curve !== undefined && fit.element,
      losses.length > 1 && curve.element,
    ),
    h(
      "p",
      { class: "quiet" },
      "Keys: ← and → for one step, Home and End for the first and last. A line of code can be clicked.",
    ),
  );
  theme.onChange(update);
  update();
});
