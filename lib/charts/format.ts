/** Numbers of axes, and words, in titles, labels and text alternatives. */

import { formatCount, formatNumber, formatValue, superscript, withMinus } from "../checks/format.ts";
import { maxOf, minOf } from "../kernels/extremes.ts";

/** A label on an axis: as short as the number allows, no trailing zeros. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return formatNumber(value);
  return Number.isInteger(value) ? formatCount(value) : withMinus(formatValue(value));
}

/**
 * How the ticks of one axis are written, all in the same way: plain numbers, or powers of ten where some are very
 * large or very small.
 */
export function tickFormat(ticks: readonly number[]): (tick: number) => string {
  const sizes = ticks.map(Math.abs).filter((size) => size > 0);
  const [least, most] = [minOf(sizes), maxOf(sizes)];
  if (sizes.length === 0 || (least >= 1e-3 && most < 1e6)) return formatTick;
  // Steps of 0.0002 up to 0.001 need no powers.
  if (least >= 1e-5 && most >= 1e-4 && most < 1) {
    return (tick) => withMinus(tick.toFixed(6).replace(/\.?0+$/, ""));
  }
  const isPower = (size: number) => Number(`1e${Math.round(Math.log10(size))}`) === size;
  if (!sizes.every(isPower)) return formatTick;
  return (tick) => {
    const power = Math.round(Math.log10(Math.abs(tick)));
    return tick > 0 && Math.abs(power) > 2 ? `10${superscript(power)}` : formatTick(tick);
  };
}

/** An epoch, which may be a fraction: "3", "3.75". */
export function formatEpoch(epoch: number): string {
  return Number.isInteger(epoch) ? String(epoch) : formatNumber(epoch);
}

/** A share 0…1 in percent, one decimal where it says something: "97.8%", "100%", "0.2%". */
export function formatPercent(share: number): string {
  const text = (share * 100).toFixed(1);
  // 99.96% must not read "100%", nor 0.04% "0%": neither is what happened.
  if (text === "100.0" && share < 1) return ">99.9%";
  if (text === "0.0" && share > 0) return "<0.1%";
  return text.replace(/\.0$/, "").replace("-", "−") + "%";
}

/** Words as a sentence: with a full stop, unless they end with a mark of their own or there are none. */
export function sentence(words: string): string {
  return words === "" || /[.!?]$/.test(words) ? words : `${words}.`;
}

/** Sentences one after the other; those that say nothing are left out. */
export function paragraph(...sentences: readonly (string | false | undefined)[]): string {
  return sentences.filter(Boolean).join(" ");
}

/** A sentence's first word with a capital; but symbols stay as they are: "η = 0.1", "x² − y²". */
export function capital(words: string): string {
  return /^[a-z]{2}/.test(words) ? words[0].toUpperCase() + words.slice(1) : words;
}

/** The name of an axis without its unit: "loss (nats)" → "loss". */
export function bareName(label: string): string {
  return label.replace(/\s*\([^()]*\)\s*$/, "") || label;
}

/** "1 epoch", "2 epochs", "0.5 epochs", "1,434 steps". */
export function plural(count: number, one: string, many = one + "s"): string {
  return `${Number.isInteger(count) ? formatTick(count) : formatNumber(count)} ${count === 1 ? one : many}`;
}
