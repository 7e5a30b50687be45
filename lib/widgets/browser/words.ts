/** Numbers as the widgets write them: the same digits everywhere, with a real minus sign. */

import { formatNumber } from "../../charts/format.ts";

/** A fixed number of decimals; what is too large for them, as a power of ten. */
export function decimals(value: number, count: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e6) return formatNumber(value);
  const text = value.toFixed(count);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** Two decimals, always with a sign. */
export function signed(value: number): string {
  const text = decimals(value, 2);
  return text.startsWith("−") ? text : `+${text}`;
}
