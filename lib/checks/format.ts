/** Numbers in messages and in print. */

/** A number in up to `digits` significant digits. */
export function formatValue(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(digits)));
}
