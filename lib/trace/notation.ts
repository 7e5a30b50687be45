/** How quantities are written: as plain text, as LaTeX, and as numbers. */

import { formatValue, withMinus } from "../checks/format.ts";
import { kindOf } from "../checks/values.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A quantity of a trace: what a learner types, reads, and sees typeset. */
export interface Quantity {
  /** ASCII: `"dw1"`. */
  readonly name: string;
  /** Plain text: `"∂L/∂w₁"`. */
  readonly symbol: string;
  /** LaTeX without dollars: `"\\frac{\\partial L}{\\partial w_1}"`. */
  readonly latex: string;
}

/** A letter with an index, or without one if there is only one such layer. */
export function indexed(letter: string, index: number | undefined, symbol = letter): Quantity {
  if (index === undefined) return { name: letter, symbol, latex: symbol };
  const subscript = [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
  return { name: `${letter}${index}`, symbol: `${symbol}${subscript}`, latex: `${symbol}_{${index}}` };
}

/** ∂L/∂ of a quantity. */
export function gradientOf({ name, symbol, latex }: Quantity, loss = "L"): Quantity {
  return {
    name: `d${name}`,
    symbol: `∂${loss}/∂${symbol}`,
    latex: `\\frac{\\partial ${loss}}{\\partial ${latex}}`,
  };
}

/**
 * The same name however a learner writes it: `dW2`, `dw_2`, `∂w₂` and `∂L/∂w₂` are one; so are `yhat`, `y_hat` and `ŷ`.
 */
export function canonical(name: string): string {
  if (typeof name !== "string") {
    throw new TypeError(`A quantity of a trace has a name, such as "dw1"; got ${kindOf(name)}.`);
  }
  return name.normalize("NFD").replace(/y\u0302/g, "yhat") // ŷ falls into y and its hat
    .replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080))
    .replace(/[∂d][A-Z]\/[∂d]/g, "d").replace(/∂/g, "d").replace(/[_\s]/g, "").toLowerCase();
}

/** `"@{a}·@{w}"` with each `@{name}` replaced; the @ tells it from the braces of LaTeX. */
export function fill(template: string, replace: (name: string) => string): string {
  return template.replace(/@\{(\w+)\}/g, (_, name) => replace(name));
}

/** The names in a template, each once. */
export function namesIn(template: string): string[] {
  return [...new Set([...template.matchAll(/@\{(\w+)\}/g)].map(([, name]) => name))];
}

/** A number in a formula: negative ones in parentheses, for `2·-1` is no formula. */
export function inFormula(x: Tensor): string {
  const text = withMinus(formatValue(x.data[0]));
  return text.startsWith("−") ? `(${text})` : text;
}

/** Numbers in a table: `0.622459`, `[[1, 2], [3, 4]]`, the middle of what is long left out. */
export function inTable({ data, shape }: Tensor): string {
  if (data.length === 1) return withMinus(formatValue(data[0]));
  const nest = (axis: number, from: number, step: number): string => {
    if (axis === shape.length) return withMinus(formatValue(data[from]));
    const inner = step / shape[axis];
    const all = Array.from({ length: shape[axis] }, (_, i) => nest(axis + 1, from + i * inner, inner));
    return `[${
      (all.length > LONG ? [...all.slice(0, LONG - 2), "…", all[all.length - 1]] : all).join(", ")
    }]`;
  };
  return nest(0, 0, data.length);
}
const LONG = 6;
