/**
 * Numbers as people read them, without a locale: the same characters everywhere. {@link formatValue} is for messages and
 * printed tensors, and can be pasted into code; the others are for charts and sentences, with a real minus sign.
 */

/** A number in up to `digits` significant digits, as JavaScript writes it: "0.0123457", "-2", "1e-9". */
export function formatValue(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(digits)));
}

/** Each hyphen of a number as the minus sign that it stands for. */
export function withMinus(text: string): string {
  return text.replaceAll("-", "−");
}

/** Groups the digits of a whole number in threes: 30596 → "30,596". */
export function formatCount(count: number): string {
  return withMinus(count.toFixed(0)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number in about `digits` significant digits: "1.61", "0.0912", "1,234", "2×10⁹", "3.4×10⁻⁵". */
export function formatNumber(value: number, { digits = 3 }: { digits?: number } = {}): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-3) {
    const [factor, exponent] = value.toExponential(digits - 1).split("e");
    const power = `10${superscript(Number(exponent))}`;
    return Number(factor) === 1 ? power : `${withMinus(String(Number(factor)))}×${power}`;
  }
  return size >= Number(`1e${digits}`) - 0.5 ? formatCount(value) : withMinus(formatValue(value, digits));
}

/** A number with so many decimals, and no −0; from `most` on as {@link formatNumber} writes it. */
export function formatDecimals(value: number, decimals: number, most = 1e6): string {
  if (!Number.isFinite(value) || Math.abs(value) >= most) return formatNumber(value);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : withMinus(text);
}

/** A share 0…1 in percent, with decimals where they say something: "97.8%", "100%", "0.2%". */
export function formatPercent(share: number, { decimals = 1 }: { decimals?: number } = {}): string {
  const percent = Number((share * 100).toFixed(decimals)), least = Number(`1e-${decimals}`);
  // 99.96% must not read "100%", nor 0.04% "0%": neither is what happened.
  if (percent === 100 && share < 1) return `>${(100 - least).toFixed(decimals)}%`;
  if (percent === 0 && share > 0) return `<${least}%`;
  return `${withMinus(String(percent))}%`;
}

/** A whole number as an exponent: −12 → "⁻¹²". */
export function superscript(power: number): string {
  return [...String(power)].map((character) => character === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(character)])
    .join("");
}
