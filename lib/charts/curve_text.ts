import { bestPoint, type CurvePoint } from "./curve_points.ts";
import { formatEpoch, paragraph, plural, sentence } from "./format.ts";

/** What the sentences about two curves need to know. */
export interface CurveWords {
  /** "loss" or "accuracy" */
  quantity: string;
  /** The same with its unit: "loss in nats" */
  quantityWithUnit: string;
  training: CurvePoint[];
  validation: CurvePoint[];
  better: "lower" | "higher";
  format: (value: number) => string;
  /** How a difference of two values is written */
  formatGap: (difference: number) => string;
  /** A sentence about the rows that were left out, or "" */
  leftOut: string;
  /** The epoch at which overfitting starts, where that is to be said */
  onset?: number;
  /** Whether the title's curve goes on with NaN or infinity after its last point */
  breaksOff: boolean;
}

/** The finding: "Training loss falls from 1.61 to 0.0912 in 5 epochs". */
export function curveTitle(words: CurveWords): string {
  const { quantity, training, validation, format } = words;
  const onset = onsetTitle(words);
  if (onset !== undefined) return onset;
  const [points, name] = training.length > 0 ? [training, "Training"] : [validation, "Validation"];
  const [first, last] = [points[0], points.at(-1)!];
  const start = format(first.value);
  const end = format(last.value);
  const then = words.breaksOff ? ", then is NaN or infinite" : "";
  if (points.length === 1) {
    return `${name} ${quantity} is ${start} at epoch ${formatEpoch(first.epoch)}${then}`;
  }
  const span = first.epoch === 0
    ? `in ${plural(last.epoch, "epoch")}`
    : `between epochs ${formatEpoch(first.epoch)} and ${formatEpoch(last.epoch)}`;
  if (start === end) return `${name} ${quantity} ends where it began, at ${end}, ${span}${then}`;
  return `${name} ${quantity} ${
    last.value < first.value ? "falls" : "rises"
  } from ${start} to ${end} ${span}${then}`;
}

/** The finding of a run that overfits; `undefined` where validation did not get worse after the onset. */
function onsetTitle(
  { quantity, validation, better, format, onset, breaksOff }: CurveWords,
): string | undefined {
  const at = validation.find(({ epoch }) => epoch === onset), last = validation.at(-1);
  if (onset === undefined || at === undefined || breaksOff) return undefined;
  const isWorse = better === "lower" ? last!.value > at.value : last!.value < at.value;
  if (!isWorse) return undefined;
  const way = better === "lower" ? "rises" : "falls";
  return `Overfitting starts at epoch ${formatEpoch(onset)}: validation ${quantity} then ${way} from ` +
    `${format(at.value)} to ${format(last!.value)}`;
}

/** Where validation ends, how far from training, and its best epoch; then what was left out. */
export function curveSubtitle(words: CurveWords): string {
  const { training, validation, better, format, formatGap, leftOut } = words;
  const sentences: string[] = [];
  const last = validation.at(-1);
  if (last && training.length > 0) {
    const gap = last.value - training.at(-1)!.value;
    const place = gap === 0
      ? "level with training"
      : `${formatGap(Math.abs(gap))} ${gap > 0 ? "above" : "below"} training`;
    const best = bestPoint(validation, better)!;
    const end = format(last.value);
    sentences.push(
      validation.length === 1
        ? `Validation is at ${end}, ${place}.`
        : best === last
        ? `Validation ends at its best, ${end}: ${place}.`
        : `Validation ends at ${end}, ${place}; its best was ${format(best.value)} at epoch ${
          formatEpoch(best.epoch)
        }.`,
    );
  }
  if (leftOut) sentences.push(leftOut);
  return sentences.join(" ");
}

/** The chart in words. */
export function curveAlternative(words: CurveWords, title: string): string {
  const { quantityWithUnit, training, validation, better, format } = words;
  const describe = (name: string, points: CurvePoint[]) => {
    if (points.length === 0) return "";
    const [first, last] = [points[0], points.at(-1)!];
    const at = (point: CurvePoint) => `${format(point.value)} at epoch ${formatEpoch(point.epoch)}`;
    if (points.length === 1) return `${name}: 1 point, ${at(first)}.`;
    const extreme = `${better === "lower" ? "lowest" : "highest"} ${at(bestPoint(points, better)!)}`;
    return `${name}: ${plural(points.length, "point")}, from ${at(first)} to ${at(last)}, ${extreme}.`;
  };
  return paragraph(
    `Line chart of ${quantityWithUnit} against epoch.`,
    sentence(title),
    describe("Training", training),
    describe("Validation", validation),
    curveSubtitle(words),
    words.onset === undefined || title.startsWith("Overfitting")
      ? ""
      : `Overfitting starts at epoch ${formatEpoch(words.onset)}.`,
  );
}
