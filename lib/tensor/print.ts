/** The printed form of a tensor. */

import { formatShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

const DECIMALS = 6;
const LONG_AXIS = 8; // a longer axis shows its first and last three
const EDGE = 3;

/**
 * Shape and dtype on the first line, then the numbers, aligned in columns:
 *
 * ```text
 * Tensor [2, 3] float64
 * [[1.50, 2.00, -3.00],
 *  [0.00, 4.00,  0.25]]
 * ```
 */
export function formatTensor(x: Tensor): string {
  const shown: number[] = [];
  visit(x, (value) => shown.push(value));
  const format = numberFormat(shown);
  const width = Math.max(0, ...shown.map((value) => format(value).length));
  const body = nest(x, 0, 0, (value) => format(value).padStart(width));
  return `Tensor ${formatShape(x.shape)} ${x.dtype}\n${body}`;
}

/** One format for all numbers: as many decimals as the numbers need, or powers of ten if they differ widely. */
function numberFormat(values: number[]): (value: number) => string {
  const sizes = values.filter((v) => Number.isFinite(v) && v !== 0).map(Math.abs);
  const largest = Math.max(0, ...sizes), smallest = Math.min(Infinity, ...sizes);
  if (largest >= 1e9 || smallest < 1e-4) {
    return (v) => Number.isFinite(v) && v !== 0 ? v.toExponential(4) : plain(v, 0);
  }
  let decimals = 0;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    const digits = v.toFixed(DECIMALS).replace(/\.?0+$/, "").split(".")[1] ?? "";
    decimals = Math.max(decimals, digits.length);
  }
  return (v) => plain(v, decimals);
}

function plain(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text; // no −0
}

function edges(length: number): { from: number[]; elided: boolean } {
  const all = Array.from({ length }, (_, i) => i);
  return length > LONG_AXIS
    ? { from: [...all.slice(0, EDGE), ...all.slice(-EDGE)], elided: true }
    : { from: all, elided: false };
}

function visit(x: Tensor, see: (value: number) => void): void {
  nest(x, 0, 0, (value) => (see(value), ""));
}

function nest(x: Tensor, axis: number, offset: number, format: (value: number) => string): string {
  if (axis === x.shape.length) return format(x.data[offset]);
  const step = x.shape.slice(axis + 1).reduce((size, length) => size * length, 1);
  const { from, elided } = edges(x.shape[axis]);
  const parts = from.map((i) => nest(x, axis + 1, offset + i * step, format));
  if (elided) parts.splice(EDGE, 0, "…");
  const innermost = axis === x.shape.length - 1;
  return `[${
    parts.join(innermost ? ", " : `,${"\n".repeat(x.shape.length - 1 - axis)}${" ".repeat(axis + 1)}`)
  }]`;
}
