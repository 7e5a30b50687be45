/** A worksheet that explains a wrong entry. */

import { retrace } from "../../trace/retrace.ts";
import { type EntryState, phases, wanted, Worksheet, type WorksheetEntries } from "../models/worksheet.ts";
import type { TraceWorksheetData } from "../trace_worksheet.ts";
import { button, formula, h, page, row, spoken } from "./elements.ts";
import { type Stage, startAll } from "./start.ts";

const STYLE = `
.given { margin: 8px 0 0; color: var(--ink) }
.given span { display: inline-block; border: 1px solid var(--grid); border-radius: 6px; padding: 1px 9px; margin: 3px 5px 0 0; font-variant-numeric: tabular-nums }
section h4 { margin: 14px 0 4px; font-size: 15px }
.entry { display: grid; grid-template-columns: 84px minmax(110px, 190px) 1fr auto; gap: 2px 10px; align-items: center; padding: 4px 0; border-top: 1px solid var(--grid) }
.entry > label { text-align: right; font-size: 16px; white-space: nowrap }
.entry input { width: 100%; font-variant-numeric: tabular-nums; border-width: 2px }
.entry .formula, .entry .expected { grid-column: 2 / -1; margin: 2px 0; font-size: 15px }
.entry .expected { font-size: 12.5px; color: var(--quiet) }
.entry .buttons { display: flex; gap: 6px }
.says::before { display: inline-block; width: 1.5em; font-weight: 700 }
[data-state=right] .says { color: var(--green); font-weight: 600 }
[data-state=right] .says::before { content: "✓" }
[data-state=right] input { border-color: var(--green) }
[data-state=wrong] .says::before, [data-state=unreadable] .says::before { content: "✗"; color: var(--orange) }
[data-state=wrong] input, [data-state=unreadable] input { border-color: var(--orange) }
[data-state=carried] .says::before { content: "≈"; color: var(--orange) }
[data-state=carried] input { border-style: dashed; border-color: var(--orange) }
[data-state=shown] .says { color: var(--quiet) }
.summary { font-weight: 600; margin: 12px 0 0; color: var(--ink) }
@container (max-width: 560px) {
  .entry { grid-template-columns: 74px 1fr; gap: 6px 10px; padding: 6px 0 }
  .entry .says, .entry .buttons, .entry .formula, .entry .expected { grid-column: 2 }
}
.sheet { container-type: inline-size }
`;

/** Kept for as long as the page is: a front end may draw an output anew, when it comes back into view for instance. */
const KEPT = Symbol.for("backprop.worksheets");
const kept = ((globalThis as { [KEPT]?: Map<string, WorksheetEntries> })[KEPT] ??= new Map());

/** One entry of the sheet in the page. */
interface Row {
  element: HTMLElement;
  input: HTMLInputElement;
  says: HTMLElement;
}

startAll("trace_worksheet", ({ host, data, key }: Stage<TraceWorksheetData>) => {
  const trace = retrace(data.recipe);
  const entries = kept.get(key) ?? { typed: {}, shown: {} };
  kept.set(key, entries);
  const sheet = new Worksheet(trace, data.ask, entries);
  const words = spoken("summary");
  const verdicts = h("div", { class: "hidden", role: "log", "aria-live": "polite" });
  let before: Record<string, EntryState> = {};

  function check() {
    const feedback = sheet.feedback();
    const news: string[] = [];
    for (const { name, symbol } of sheet.steps) {
      const { state, says } = feedback[name];
      const { element, says: place, input } = rows.get(name)!;
      element.dataset.state = state;
      place.textContent = says;
      input.setAttribute("aria-invalid", String(state === "wrong" || state === "unreadable"));
      if (before[name] !== state && says !== "") news.push(`${symbol}: ${says}.`);
    }
    before = Object.fromEntries(Object.entries(feedback).map(([name, { state }]) => [name, state]));
    words.say(sheet.summary());
    if (news.length > 0) verdicts.textContent = news.join(" ");
  }
  /** From an entry to the one after it, or before it. */
  function move(from: HTMLInputElement, way: number) {
    const inputs = [...rows.values()].map(({ input }) => input);
    inputs[inputs.indexOf(from) + way]?.focus();
  }
  const rows = new Map(sheet.steps.map((step) => [step.name, rowOf(step, sheet, check, move)]));
  const sections = phases(sheet.steps).map(({ title, steps }) =>
    h("section", {}, h("h4", {}, title), ...steps.map(({ name }) => rows.get(name)!.element))
  );
  const place = h("div", { class: "sheet" });
  host.append(place);
  page(
    place,
    {
      title: data.title,
      intro: "Type each number and press Enter. Rounding is fine, and so are fractions such as 1/3.",
      notes: "Enter or ↓: check, and go to the next. ↑: back. What you type stays until the page is closed.",
      style: STYLE,
    },
    h("p", { class: "given" }, "Given: ", ...data.known.map((text) => h("span", {}, text))),
    formula(...data.formulas),
    ...sections,
    words.element,
    verdicts,
    row(
      button("Check all", check, "main"),
      button("Start over", () => {
        sheet.clear();
        for (const { input } of rows.values()) input.value = "";
        check();
      }),
    ),
  );
  for (const [name, { input }] of rows) input.value = entries.typed[name] ?? "";
  check();
});

/** An entry: its name, a place to type, what is said about it, its formula on demand. */
function rowOf(
  { name, symbol, value, phase, formula: rule }: Worksheet["steps"][number],
  sheet: Worksheet,
  check: () => void,
  move: (from: HTMLInputElement, way: number) => void,
): Row {
  const id = `entry-${name}`; // in a root of its own, so another sheet may have the same
  const plain = { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false" };
  const input = h("input", { ...plain, id, "aria-describedby": `${id}-says` });
  const says = h("span", { class: "says", id: `${id}-says` });
  const written = h("div", { class: "formula", hidden: true }, `${symbol} = ${rule}`);
  const hint = button("Formula", () => {
    written.hidden = !written.hidden;
    hint.setAttribute("aria-expanded", String(!written.hidden));
  }, "small");
  hint.setAttribute("aria-expanded", "false");
  hint.setAttribute("aria-label", `Formula of ${symbol}`);
  const show = button("Show this one", () => {
    sheet.show(name);
    input.value = sheet.entries.typed[name];
    check();
    input.focus();
  }, "small");
  show.setAttribute("aria-label", `Show this one: ${symbol}`);
  const expected = wanted(value.shape);
  const element = h(
    "div",
    { class: "entry" },
    h("label", { for: id }, `${symbol} =`),
    input,
    says,
    // The formulas of the way forward define the function, and stand above.
    h("div", { class: "buttons" }, phase !== "forward" && hint, show),
    expected !== "" && h("div", { class: "expected" }, expected),
    written,
  );
  input.addEventListener("input", () => {
    sheet.type(name, input.value);
    // While one types, an old verdict would be about something else.
    element.dataset.state = "empty";
    says.textContent = "";
  });
  input.addEventListener("change", check);
  input.addEventListener("keydown", (event) => {
    const way = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    check();
    move(input, way);
  });
  return { element, input, says };
}
