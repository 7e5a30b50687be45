/** The few kinds of controls that widgets have. */

type Child = Node | string | undefined | false;

/** An element with attributes and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A button. */
export function button(label: string, onClick: () => void, className = ""): HTMLButtonElement {
  const element = h("button", { type: "button", class: className }, label);
  element.addEventListener("click", onClick);
  return element;
}

/** Switches a button off, or on again. A disabled one would lose the focus if it has it: so it only says that it is off. */
export function switchOff(element: HTMLElement, off: boolean): void {
  element.setAttribute("aria-disabled", String(off));
  element.classList.toggle("off", off);
}

/** A slider with its name and its value in words. */
export interface Slider {
  readonly element: HTMLElement;
  set(value: number): void;
}

/** A slider from `min` to `max`. */
export function slider(options: {
  name: string;
  min: number;
  max: number;
  step: number;
  value: number;
  format: (value: number) => string;
  onInput: (value: number) => void;
}): Slider {
  const { name, min, max, step, format, onInput } = options;
  const input = h("input", {
    type: "range",
    min: `${min}`,
    max: `${max}`,
    step: `${step}`,
    "aria-label": name,
  });
  const output = h("output", { "aria-hidden": "true" });
  const set = (value: number) => {
    // A knob that says this already stays: moved to a rounded value, it would not get on by the arrow keys.
    if (format(Number(input.value)) !== format(value)) input.value = String(value);
    output.textContent = format(value);
    input.setAttribute("aria-valuetext", format(value));
  };
  input.addEventListener("input", () => {
    set(Number(input.value));
    onInput(Number(input.value));
  });
  set(options.value);
  return { element: h("label", { class: "slider" }, h("span", { class: "name" }, name), input, output), set };
}

/** A value where a slider with a step of 0.01 could be: inside its range, in hundredths. */
export function hundredths(value: number, [low, high]: readonly [number, number]): number {
  return Math.round(Math.min(high, Math.max(low, value)) * 100) / 100;
}

/** Choices side by side, one of them taken. */
export function choices<Value extends string | number>(options: {
  name: string;
  /** Of the group of radio buttons; the same in two widgets is fine, since each has a root of its own. */
  group: string;
  values: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}): { element: HTMLElement; set(value: Value): void } {
  const inputs = options.values.map(({ value }) => {
    const input = h("input", { type: "radio", name: options.group, value: String(value) });
    input.addEventListener("change", () => input.checked && options.onChange(value));
    return input;
  });
  const set = (value: Value) => {
    options.values.forEach((each, i) => inputs[i].checked = each.value === value);
  };
  set(options.value);
  const pills = options.values.map(({ label }, i) =>
    h("label", { class: "pill" }, inputs[i], h("span", {}, label))
  );
  return { element: h("fieldset", {}, h("legend", {}, options.name), ...pills), set };
}

/** Numbers with their names, side by side. */
export function numberBoard(names: readonly string[]): { element: HTMLElement; set(values: string[]): void } {
  const cells = names.map(() => h("dd"));
  const element = h(
    "dl",
    { class: "numbers" },
    ...names.map((name, i) => h("div", {}, h("dt", {}, name), cells[i])),
  );
  return { element, set: (values) => values.forEach((value, i) => cells[i].textContent = value) };
}

/** A sentence that a screen reader speaks when it changes; at most one in a while, so that dragging stays quiet. */
export function spoken(className = "say"): { element: HTMLElement; say(sentence: string): void } {
  const shown = h("p", { class: className });
  const heard = h("div", { class: "hidden", role: "status", "aria-live": "polite" });
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    element: h("div", {}, shown, heard),
    say(sentence) {
      if (shown.textContent === sentence) return;
      shown.textContent = sentence;
      shown.setAttribute("aria-hidden", "true"); // the live region says it
      clearTimeout(waiting);
      waiting = setTimeout(() => heard.textContent = sentence, 400);
    },
  };
}

/** Elements side by side. */
export function row(...children: Child[]): HTMLElement {
  return h("div", { class: "row" }, ...children);
}

/** Lines of mathematics. */
export function formula(...lines: readonly string[]): HTMLElement {
  return h("div", { class: "formula" }, ...lines.map((line) => h("div", {}, line)));
}

/** Fills a widget's place: a title, what to do, its parts, and what the signs in it mean. */
export function page(
  host: HTMLElement,
  { title, intro, notes, style }: { title: string; intro: string; notes: string; style?: string },
  ...parts: Child[]
): void {
  host.append(
    ...(style === undefined ? [] : [h("style", {}, style)]),
    h("h3", {}, title),
    h("p", {}, intro),
    ...parts.filter((part) => part !== undefined && part !== false),
    h("p", { class: "quiet" }, notes),
  );
}
