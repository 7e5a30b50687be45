/** The printed form of a tensor. */

import { maxOf, minOf } from "../kernels/extremes.ts";
import type { DType } from "./dtype.ts";
import { formatShape, type Numbers, sizeOf } from "./shape.ts";

/** What is printed of a tensor. */
export interface Printable extends Numbers {
  readonly dtype: DType;
  readonly requiresGrad: boolean;
}

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
export function formatTensor(x: Printable): string {
  const shown: number[] = [];
  visit(x, (value) => shown.push(value));
  const format = numberFormat(shown);
  const width = maxOf(shown.map((value) => format(value).length), 0);
  const body = nest(x, 0, 0, (value) => format(value).padStart(width));
  return `${heading(x)}\n${body}`;
}

/** `Tensor [2, 3] float64` */
export function heading(x: Printable): string {
  return `Tensor ${formatShape(x.shape)} ${x.dtype}${x.requiresGrad ? ", requires grad" : ""}`;
}

/** One format for all numbers: as many decimals as the numbers need, or powers of ten if they differ widely. */
export function numberFormat(values: readonly number[]): (value: number) => string {
  const sizes = values.filter((v) => Number.isFinite(v) && v !== 0).map(Math.abs);
  const largest = maxOf(sizes, 0), smallest = minOf(sizes, Infinity);
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

/**
 * Which entries of an axis are shown: all of a short one, both ends of a long one, with −1 for the gap between.
 *
 * @param length The length of the axis
 * @param outer How many axes lie further in than the last two: the more there are, the fewer blocks are shown
 */
export function shownEntries(length: number, outer = 0): number[] {
  const edge = Math.max(1, EDGE - outer), most = Math.max(2, LONG_AXIS - 4 * outer);
  const all = Array.from({ length }, (_, i) => i);
  return length > most ? [...all.slice(0, edge), -1, ...all.slice(-edge)] : all;
}

function visit(x: Numbers, see: (value: number) => void): void {
  nest(x, 0, 0, (value) => (see(value), ""));
}

function nest(x: Numbers, axis: number, offset: number, format: (value: number) => string): string {
  const { shape } = x;
  if (axis === shape.length) return format(x.data[offset]);
  const step = sizeOf(shape, axis + 1);
  const parts = shownEntries(shape[axis], Math.max(0, shape.length - 2 - axis)).map((i) =>
    i < 0 ? "…" : nest(x, axis + 1, offset + i * step, format)
  );
  const innermost = axis === shape.length - 1;
  const between = innermost ? ", " : `,${"\n".repeat(shape.length - 1 - axis)}${" ".repeat(axis + 1)}`;
  return `[${parts.join(between)}]`;
}
