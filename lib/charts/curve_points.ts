// Points of a curve over epochs: the best one, and what lies between them.

/** A point of a training or validation curve; both numbers finite. */
export interface CurvePoint {
  epoch: number;
  value: number;
}

/** The validation point with the best value; of several, the earliest. */
export function bestPoint(points: CurvePoint[], better: "lower" | "higher"): CurvePoint | undefined {
  let best: CurvePoint | undefined;
  for (const point of points) {
    if (!best || (better === "lower" ? point.value < best.value : point.value > best.value)) best = point;
  }
  return best;
}

/** Both curves at the epochs of either, between straight lines, where both are known. */
export function gapBetween(training: CurvePoint[], validation: CurvePoint[]) {
  if (training.length === 0 || validation.length === 0) return [];
  const from = Math.max(training[0].epoch, validation[0].epoch);
  const to = Math.min(training.at(-1)!.epoch, validation.at(-1)!.epoch);
  const epochs = [...new Set([...training, ...validation].map((point) => point.epoch))]
    .filter((epoch) => epoch >= from && epoch <= to).sort((a, b) => a - b);
  return epochs.map((epoch) => ({
    epoch,
    training: valueAt(training, epoch),
    validation: valueAt(validation, epoch),
  }));
}

/** The value of a curve at an epoch inside its range; the points are sorted by epoch. */
export function valueAt(points: CurvePoint[], epoch: number): number {
  let [left, right] = [0, points.length - 1];
  while (right - left > 1) {
    const middle = (left + right) >> 1;
    if (points[middle].epoch <= epoch) left = middle;
    else right = middle;
  }
  const [a, b] = [points[left], points[right]];
  if (epoch >= b.epoch) return b.value;
  return a.value + (b.value - a.value) * (epoch - a.epoch) / (b.epoch - a.epoch);
}
