/** Causes that lie in the data, and in the order in which they are shown. */

import { formatNumber, formatPercent } from "../../checks/format.ts";
import { maxOf, minOf } from "../../kernels/extremes.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { correlation } from "./averages.ts";
import type { Exam } from "./exam.ts";
import type { Cause, Symptom } from "./findings.ts";

/** Inputs should be of size 1 or so: thirty times that makes gradients, which are proportional, thirty times as large. */
const LARGE = 30;
/** … or a thirtieth: then weights must first grow. */
const SMALL = 1 / LARGE;
/** Columns of very different sizes only hurt if each counts; in images most pixels at the border hardly vary. */
const FEW_COLUMNS = 32;
/** So much more often than by chance must neighbours in the file be alike to call the file sorted. */
const SORTED = 0.5;

/** A NaN in the data, or an operation that has no finite answer: the diagnosis of `fit` says which. */
export function suspectNumbers({ course, data }: Exam, symptom: Symptom): Cause | undefined {
  if (symptom !== "not-finite") return undefined;
  const diagnosis = course.record.stopped?.diagnosis;
  const inData = data &&
    [data.inputs, data.targets].some((part) => part instanceof Tensor && !part.data.every(Number.isFinite));
  if (inData || diagnosis?.cause === "data" || diagnosis?.cause === "augmentation") {
    const rows = data
      ? badRows(data.inputs).concat(data.targets instanceof Tensor ? badRows(data.targets) : [])
      : [];
    return {
      cause: "bad-data",
      says: "The data hold numbers that are not finite.",
      confidence: 0.95,
      evidence: rows.length > 0
        ? [
          `${rows.length} ${
            rows.length === 1 ? "example holds" : "examples hold"
          } NaN or an infinity; the first is row ${rows[0]}.`,
        ]
        : [diagnosis?.message ?? ""],
      fix: "const rows = Array.from({ length: inputs.shape[0] }, (_, row) => row)\n" +
        "  .filter((row) => inputs.slice(row, row + 1).data.every(Number.isFinite));\n" +
        "data = takeRows(data, rows); // or fill in what is missing",
    };
  }
  if (!diagnosis || !["layer", "loss", "slope"].includes(diagnosis.cause)) return undefined;
  return {
    cause: "undefined-operation",
    says:
      "An operation was asked for something that has no finite answer, such as ln 0, √ of a negative number or 0/0.",
    confidence: 0.8,
    evidence: [diagnosis.message],
    fix: "crossEntropyLoss(logits, targets) // stable from logits; never the logarithm of a softmax by hand",
  };
}

/** Inputs or targets far from size 1. */
export function suspectScale(exam: Exam): Cause | undefined {
  const { sample } = exam;
  if (!sample) return undefined;
  const columns = columnSizes(sample.inputs);
  const sizes = columns.map(({ size }) => size).filter((size) => size > 0);
  const largest = maxOf(sizes);
  const smallest = minOf(columns.map(({ deviation }) => deviation).filter((deviation) => deviation > 0));
  const uneven = columns.length <= FEW_COLUMNS && smallest < largest / (LARGE * LARGE);
  if (largest > LARGE || largest < SMALL || uneven) {
    return {
      cause: "unscaled-inputs",
      says: "The inputs are not scaled.",
      confidence: largest > LARGE || largest < SMALL ? 0.9 : 0.7,
      evidence: [
        `The largest column of the inputs has a root mean square of ${
          formatNumber(largest)
        }; about 1 is healthy.` +
        (columns.length > 1 ? ` The standard deviation of the narrowest is ${formatNumber(smallest)}.` : ""),
      ],
      fix: "const standardizer = Standardizer.fit(train.inputs);\n" +
        "train = { ...train, inputs: standardizer.transform(train.inputs) }; // and the validation data with the same one",
    };
  }
  if (!(sample.targets instanceof Tensor)) return undefined;
  const target = maxOf(columnSizes(sample.targets).map(({ size }) => size));
  if (target <= LARGE) return undefined;
  return {
    cause: "unscaled-targets",
    says: "The targets are not scaled.",
    confidence: 0.88,
    evidence: [
      `The targets have a root mean square of ${
        formatNumber(target)
      }; weights of size 1 give outputs of size 1.`,
    ],
    fix:
      "const scale = Standardizer.fit(train.targets); // train on scaled targets, and scale predictions back",
  };
}

/** Targets that do not belong to the inputs. */
export function suspectLabels(exam: Exam): Cause | undefined {
  const near = exam.neighbours();
  if (!near?.unrelated) return undefined;
  const classes = exam.sample?.targets instanceof Uint8Array;
  const evidence = classes
    ? `The nearest neighbour of an example has another label in ${
      formatPercent(near.nearest, { decimals: 0 })
    } of all cases; ` +
      `two examples picked at random, in ${formatPercent(near.chance, { decimals: 0 })}.`
    : `The targets of nearest neighbours differ ${near.nearest > 1 ? "no less" : "hardly less"} than ` +
      `those of any two examples (ratio of the squares ${formatNumber(near.nearest)}).`;
  return {
    cause: "labels-shuffled",
    says: "The targets do not belong to the inputs (shuffled apart?), or the inputs say nothing about them.",
    confidence: 0.92,
    evidence: [evidence],
    fix: "const rows = rng.permutation(count);\n" +
      "const shuffled = takeRows({ inputs, targets }, rows); // one permutation for both",
  };
}

/** Data sorted by their target, and shown in that order. */
export function suspectOrder(exam: Exam): Cause | undefined {
  const { data, course } = exam;
  if (!data || course.stepsPerEpoch === 1) return undefined;
  const sorted = sortedness(data.targets);
  if (!sorted || !shownInOrder(exam)) return undefined;
  return {
    cause: "not-shuffled",
    says:
      "The data are sorted and not shuffled: the model learns one kind of example and forgets the others.",
    confidence: 0.93,
    evidence: [sorted, "They were shown in the order of the file in every epoch."],
    fix: "await fit(model, data, { …options, rng: new Rng(42) }); // a new order for every epoch",
  };
}

/** Far more examples of one class than of another. */
export function suspectImbalance(exam: Exam, symptom: Symptom): Cause | undefined {
  const classes = exam.classes();
  if (!classes) return undefined;
  const shares = classes.shares.filter((share) => share > 0);
  const [most, least] = [maxOf(shares), minOf(shares)];
  if (most < 4 * least) return undefined; // at 4 : 1 a constant answer is right in 80% of all cases
  return {
    cause: "class-imbalance",
    says: "One class has few examples, so the loss hardly notices when they are wrong.",
    confidence: symptom === "ignored-class" ? 0.85 : 0.5,
    evidence: [
      `The most frequent class has ${formatPercent(most, { decimals: 0 })} of the examples, the rarest ${
        formatPercent(least, { decimals: 0 })
      }.`,
    ],
    fix:
      "crossEntropyLoss(logits, targets, { classWeights: shares.map((share) => 1 / (shares.length * share)) })",
  };
}

function columnSizes({ data, shape }: Tensor): { size: number; deviation: number }[] {
  const rows = shape[0], width = data.length / rows;
  return Array.from({ length: width }, (_, column) => {
    let sum = 0, squares = 0;
    for (let i = column; i < data.length; i += width) sum += data[i], squares += data[i] * data[i];
    const mean = sum / rows;
    return {
      size: Math.sqrt(squares / rows),
      deviation: Math.sqrt(Math.max(0, squares / rows - mean * mean)),
    };
  });
}

function badRows({ data, shape }: Tensor): number[] {
  const width = data.length / shape[0];
  const rows = new Set<number>();
  data.forEach((x, i) => {
    if (!Number.isFinite(x)) rows.add(Math.floor(i / width));
  });
  return [...rows];
}

/** A sentence if examples next to each other in the file are far more alike than any two. */
export function sortedness(targets: Uint8Array | Tensor): string | undefined {
  const n = targets instanceof Tensor ? targets.shape[0] : targets.length;
  if (n < 10) return undefined;
  if (targets instanceof Uint8Array) {
    let alike = 0;
    for (let i = 1; i < n; i++) alike += Number(targets[i] === targets[i - 1]);
    const counts = new Map<number, number>();
    for (const label of targets) counts.set(label, (counts.get(label) ?? 0) + 1);
    const chance = [...counts.values()].reduce((sum, count) => sum + (count / n) * (count / n), 0);
    if (counts.size < 2 || alike / (n - 1) < chance + SORTED * (1 - chance)) return undefined;
    return `Two examples next to each other in the file have the same label in ` +
      `${formatPercent(alike / (n - 1), { decimals: 0 })} of all cases; by chance it would be ${
        formatPercent(chance, { decimals: 0 })
      }.`;
  }
  const width = targets.size / n;
  const y = Array.from({ length: n }, (_, i) => targets.data[i * width]);
  const mean = y.reduce((a, b) => a + b, 0) / n;
  const variance = y.reduce((sum, v) => sum + (v - mean) * (v - mean), 0);
  const together = y.slice(1).reduce((sum, v, i) => sum + (v - mean) * (y[i] - mean), 0);
  if (!(together / variance > SORTED)) return undefined;
  return `Targets next to each other in the file are correlated by ${formatNumber(together / variance)}.`;
}

/** Whether fit was given no generator; or if its options are not known, whether the losses repeat epoch by epoch. */
export function shownInOrder({ options, course: { losses, stepsPerEpoch: n } }: Exam): boolean {
  if (options.batchSize !== undefined) return options.rng === undefined;
  if (losses.length < 4 * n || n < 3) return false;
  const half = losses.slice(Math.floor(losses.length / 2 / n) * n);
  const [a, b] = [half.slice(0, half.length - n), half.slice(n)];
  return correlation(a, b) > 0.8;
}
