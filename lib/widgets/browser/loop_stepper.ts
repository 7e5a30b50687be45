/** A recorded training loop, step by step. */

import { fitPicture } from "../draw/loop_pictures.ts";
import { lossCurve, lossCurveInWords } from "../draw/loss_curve.ts";
import { loopCode, STEP_NAMES, stepCount, type StepView, stepView } from "../models/loop_view.ts";
import type { TrainingRecord } from "../../train/record_training.ts";
import { button, h, page, row, spoken, switchOff } from "./elements.ts";
import { panel } from "./panel.ts";
import { type Stage, startAll } from "./start.ts";
import type { Theme } from "./theme.ts";

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
  const steps = STEP_NAMES.length, last = stepCount(record) - 1;
  const view = () => stepView(record, position);
  const code = codeLines(record, (step) => go(position - position % steps + step));
  const details = stepDetails(record);
  const where = h("span", { class: "where" });
  const slider = h("input", {
    type: "range",
    min: "0",
    max: String(last),
    step: "1",
    "aria-label": "position in the run",
  });
  slider.addEventListener("input", () => go(Number(slider.value)));
  const controls = [
    { element: button("|◀ First", () => go(0)), ended: () => position === 0 },
    { element: button("◀ Previous", () => go(position - 1)), ended: () => position === 0 },
    { element: button("Next ▶", () => go(position + 1), "main"), ended: () => position === last },
    { element: button("Last ▶|", () => go(last)), ended: () => position === last },
    { element: button("Next iteration", () => go(position + steps)), ended: () => position > last - steps },
  ];
  const { fit, curve } = pictures(record, view, theme);

  function go(to: number) {
    position = Math.min(last, Math.max(0, to));
    update();
  }
  function update() {
    const { iteration, step, title } = view();
    where.textContent = `Iteration ${iteration + 1} of ${record.iterations.length}, step ${step + 1} of 6`;
    details.show(view());
    code.forEach((line, i) => {
      if (i === step) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    slider.value = String(position);
    slider.setAttribute("aria-valuetext", `${where.textContent}: ${title}`);
    for (const { element, ended } of controls) switchOff(element, ended());
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

  const { model, loss, optimizer, learningRate } = record;
  page(
    host,
    {
      title: "The training loop, step by step",
      intro: `${model}, ${loss}, ${optimizer} with learning rate ${learningRate}. ` +
        "Every number was recorded while the loop ran.",
      notes:
        "Keys: ← and → for one step, Home and End for the first and last. A line of code can be clicked.",
      style: STYLE,
    },
    row(...controls.map(({ element }) => element)),
    row(where, slider),
    h(
      "div",
      { class: "loop" },
      h("div", {}, h("div", { class: "code" }, h("ol", {}, ...code))),
      details.element,
    ),
    h(
      "div",
      { class: "panels" },
      record.curve !== undefined && fit.element,
      record.iterations.length > 1 && curve.element,
    ),
  );
  theme.onChange(update);
  update();
});

/** The lines of the loop; one can be clicked: the same iteration, at that step. */
function codeLines(record: TrainingRecord, onStep: (step: number) => void): HTMLElement[] {
  return loopCode(record).map((line, i) => {
    const isStep = i < STEP_NAMES.length;
    const text = isStep ? button("", () => onStep(i)) : h("span");
    text.append(h("pre", {}, line.replace(" of batches", "\n     of batches")));
    const number = h("span", { class: "number", "aria-hidden": "true" }, isStep ? String(i + 1) : "");
    return h("li", {}, number, text);
  });
}

/** What happens in a step, and its numbers. */
function stepDetails({ iterations }: TrainingRecord) {
  const heading = h("h4");
  const words = spoken();
  const table = h("table");
  // A long batch is scrolled through; by keys too, so it takes the focus.
  const region = { class: "scroll", tabindex: "0", role: "region", "aria-label": "Numbers of this step" };
  const element = h("div", {}, heading, words.element, h("div", region, table));
  // As high as its highest state, so that what is below does not jump.
  const mostRows = Math.max(iterations[0].rows.length, iterations[0].parameters.length);
  element.style.minHeight = `${150 + 31 * (Math.min(8, mostRows) + 1)}px`;
  const show = ({ step, title, says, columns, rows, fresh }: StepView) => {
    heading.textContent = `${step + 1}. ${title}`;
    words.say(says);
    const isFresh = (i: number) => i >= columns.length - fresh ? "fresh" : "";
    const names = columns.map((column, i) => h("th", { scope: "col", class: isFresh(i) }, column));
    const cells = (row: readonly string[]) => row.map((cell, i) => h("td", { class: isFresh(i) }, cell));
    table.replaceChildren(
      h("thead", {}, h("tr", {}, ...names)),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...cells(row)))),
    );
  };
  return { element, show };
}

/** The fit, and the losses so far. */
function pictures(record: TrainingRecord, view: () => StepView, theme: Theme) {
  const losses = record.iterations.map(({ loss }) => loss);
  const height = 270;
  const fit = panel((width) => {
    const { iteration, step, title } = view();
    return {
      height,
      body: fitPicture(record, { iteration, step }, { width, height }, theme.colours),
      alternative: `The data, the batch of iteration ${iteration + 1} and the model at the step "${title}".`,
    };
  });
  const curve = panel((width) => {
    const { iteration, step } = view();
    // The loss of this iteration is known from its third step on.
    const known = losses.slice(0, iteration + (step >= 2 ? 1 : 0));
    const runs = [
      { losses, colour: theme.colours.reference, faint: true },
      { losses: known, colour: theme.colours.orange },
    ];
    const axis = { steps: losses.length - 1, xName: "iteration", first: 1 };
    return {
      height,
      body: lossCurve(runs, { width, height, ...axis }, theme.colours),
      alternative: known.length > 0 ? lossCurveInWords(known) : "No loss is known yet.",
    };
  });
  return { fit, curve };
}
