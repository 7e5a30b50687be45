/** Sums that the doctor needs of plain numbers. */

/** Σ/n; NaN for nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Mean squared distance from the mean. */
export function variance(values: ArrayLike<number>): number {
  const center = mean(values);
  return mean(Float64Array.from(values, (value) => (value - center) * (value - center)));
}

/** √Σx². */
export function norm(values: ArrayLike<number>): number {
  return rootMeanSquare(values) * Math.sqrt(values.length);
}

/** √(Σx²/n); 0 for nothing. */
export function rootMeanSquare(values: ArrayLike<number>): number {
  if (values.length === 0) return 0;
  return Math.sqrt(mean(Float64Array.from(values, (value) => value * value)));
}

/** The value in the middle; NaN for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Pearson's correlation of two lists of the same length, −1…1; NaN if one of them does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [centerA, centerB] = [mean(a), mean(b)];
  const together = mean(a.map((x, i) => (x - centerA) * (b[i] - centerB)));
  return together / Math.sqrt(variance(a) * variance(b));
}
