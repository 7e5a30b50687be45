/** What can be seen to be wrong, before asking why: how the loss runs. */

import { formatNumber, formatPercent } from "../../checks/format.ts";
import { maxOf, minOf } from "../../kernels/extremes.ts";
import { hasOnlyFiniteNumbers } from "../model.ts";
import { mean } from "./averages.ts";
import type { Exam } from "./exam.ts";
import type { Seen } from "./findings.ts";
import { idleParameters } from "./idle.ts";
import { badStart, forgetting, gap, ignoredClass, noPattern, oneSided } from "./signs.ts";
import { accumulated } from "./steps.ts";
import { squashedTwice } from "./twice.ts";

/** A batch is a small sample, so its loss is off by some; half as much again, for a whole block of them, is not noise. */
const RISE = 1.5;
/** And a rise in four of five blocks is none either: by chance it would be half of them. */
const STEADY = 0.8;
/** Better than a constant by less than this is not better: such a gain comes from the noise of the sample. */
const GAIN = 0.05;
/** The nearest neighbours must be better by so many right answers in a hundred, or by half the error, to shame a model. */
const SHAME = { answers: 0.1, error: 2 };
/** An error below this share of the variance is a good fit, whatever the neighbours reach. */
const GOOD_FIT = 0.15;

type Look = (exam: Exam) => Seen | undefined;

/** Not even numbers: no other look is possible. */
const notFinite: Look = ({ course, model }) => {
  const { finite, losses, start, record } = course;
  if (finite && hasOnlyFiniteNumbers(model)) return undefined;
  const evidence = [
    record.stopped?.diagnosis?.message ??
      (finite
        ? "The model holds numbers that are not finite."
        : `The loss of step ${losses.length + 1} is not finite.`),
    ...(losses.length > 1
      ? [`Before that, the loss went from ${formatNumber(start)} to ${formatNumber(losses.at(-1)!)}.`]
      : []),
  ];
  return { symptom: "not-finite", says: "A number became NaN or infinite.", evidence };
};

const diverging: Look = (exam) => {
  const { start, end, rising, blocks } = exam.course;
  const level = Math.max(start, exam.constant() ?? start);
  const blownUp = end > RISE * level;
  const steady = blocks.length >= 5 && rising >= STEADY && end > (1 + GAIN) * blocks[0] && end > level;
  if (!blownUp && !steady) return undefined;
  return {
    symptom: "diverging",
    says: "The loss rises.",
    evidence: [
      `The loss went from ${formatNumber(start)} at the first step to ${formatNumber(end)} at the end.`,
      `It rose in ${formatPercent(rising, { decimals: 0 })} of ${blocks.length} equal parts of the run.`,
    ],
  };
};

/**
 * Up and down from step to step, going nowhere. Two batches have different losses under the same weights; that much
 * is no oscillation, so the jumps are compared with what the data explain: with full batches nothing.
 */
const oscillating: Look = (exam) => {
  const { losses, blocks, stepsPerEpoch, start } = exam.course;
  const half = losses.slice(losses.length >> 1);
  if (half.length < 10) return undefined;
  const parts = stepsPerEpoch === 1 ? half : blocks.slice(blocks.length >> 1);
  const jumps = parts.slice(1).map((loss, i) => loss - parts[i]);
  const size = mean(jumps.map(Math.abs));
  const turns = jumps.filter((jump, i) => i > 0 && jump * jumps[i - 1] < 0).length / (jumps.length - 1);
  const scale = exam.constant() ?? start;
  const gain = mean(parts.slice(0, parts.length >> 1)) - mean(parts.slice(parts.length >> 1));
  if (!(size > JUMP * scale && turns >= TURNS && gain < size)) return undefined;
  return {
    symptom: "oscillating",
    says: "The loss jumps up and down and gets nowhere.",
    evidence: [
      `In the second half of the run it changed by ${formatNumber(size)} from one ` +
      `${stepsPerEpoch === 1 ? "step" : "part"} to the next, and turned round at ${
        formatPercent(turns, { decimals: 0 })
      } of ` +
      `them.`,
      `Its lowest and highest values there are ${formatNumber(minOf(parts))} and ` +
      `${formatNumber(maxOf(parts))}.`,
    ],
  };
};
/** Jumps of a tenth of all there is to win are felt in the answers. */
const JUMP = 0.1;
/** Noise turns round at two of three places (three random numbers: the middle one is an extreme with probability 2/3). */
const TURNS = 0.4;

const stuck: Look = (exam) => {
  const { start, end } = exam.course;
  const constant = exam.constant();
  if (!(end >= (1 - GAIN) * (constant ?? start))) return undefined;
  return {
    symptom: "stuck",
    says: constant === undefined
      ? "The loss does not fall."
      : "The model predicts no better than one constant answer.",
    evidence: [
      `The loss went from ${formatNumber(start)} to ${formatNumber(end)}.`,
      ...(constant === undefined
        ? []
        : [`The best constant answer, which ignores the inputs, has a loss of ${formatNumber(constant)}.`]),
    ],
  };
};

const underfitting: Look = (exam) => {
  const [near, classes, squares] = [exam.neighbours(), exam.classes(), exam.squares()];
  const says = "The model fits its own training data clearly worse than the data allow.";
  if (near && classes) {
    const wrong = 1 - classes.accuracy;
    const noise = 3 * Math.sqrt(near.five * (1 - near.five) / classes.targets.length);
    if (wrong - near.five <= Math.max(SHAME.answers, noise)) return undefined;
    const evidence =
      `The model answers ${
        formatPercent(wrong, { decimals: 0 })
      } of its training examples wrongly; the five nearest ` +
      `neighbours of each example, without any training, ${formatPercent(near.five, { decimals: 0 })}.`;
    return { symptom: "underfitting", says, evidence: [evidence] };
  }
  if (near && squares) {
    if (!(squares.error > SHAME.error * near.five && squares.error > GOOD_FIT * squares.variance)) {
      return undefined;
    }
    const evidence =
      `The mean squared error on the training data is ${formatNumber(squares.error)}; that of the five ` +
      `nearest neighbours, without any training, ${formatNumber(near.five)}.`;
    return { symptom: "underfitting", says, evidence: [evidence] };
  }
};

/** How the loss runs; the first that applies makes the later ones meaningless. */
const COURSES: readonly Look[] = [notFinite, diverging, oscillating, stuck, underfitting];
/** What can be there beside it. */
const OTHERS: readonly Look[] = [
  squashedTwice,
  idleParameters,
  accumulated,
  noPattern,
  oneSided,
  forgetting,
  ignoredClass,
  gap,
  badStart,
];

/** Everything that can be seen. */
export function symptomsOf(exam: Exam): Seen[] {
  const found: Seen[] = [];
  for (const look of COURSES) {
    const seen = look(exam);
    if (seen) {
      found.push(seen);
      break;
    }
  }
  if (found[0]?.symptom === "not-finite") return found;
  return [...found, ...OTHERS.flatMap((look) => look(exam) ?? [])];
}
