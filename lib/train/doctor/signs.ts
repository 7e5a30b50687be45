/** What can be seen to be wrong beside the course of the loss. */

import { formatNumber, formatPercent } from "../../checks/format.ts";
import { maxOf, minOf } from "../../kernels/extremes.ts";
import { mean, median } from "./averages.ts";
import { shownInOrder, sortedness } from "./data.ts";
import type { Exam } from "./exam.ts";
import type { Seen } from "./findings.ts";

type Look = (exam: Exam) => Seen | undefined;

/** A validation loss a fifth above its lowest has turned; less may be the noise of a small validation set. */
const TURN = 0.2;
/** … and it must matter, compared with what there is to win: the loss of a constant answer. */
const MATTERS = 0.05;
/** A class that is more often missed than found, and has less than half of its fair share of the examples, is ignored. */
const IGNORED = 0.5;

/** Overfitting, as everyone knows it. */
export const gap: Look = (exam) => {
  const { validationLosses, end, record } = exam.course;
  if (validationLosses.length < 5 || record.best) return undefined; // early stopping has put the best weights back
  const lowest = minOf(validationLosses);
  const at = validationLosses.indexOf(lowest) + 1;
  const last = mean(validationLosses.slice(-3));
  const worth = exam.constant() ?? validationLosses[0];
  if (!(last > (1 + TURN) * lowest && last - lowest > MATTERS * worth && end < lowest)) return undefined;
  return {
    symptom: "gap",
    says: "The validation loss rises again while the training loss falls.",
    evidence: [
      `The validation loss was lowest after epoch ${at}, at ${formatNumber(lowest)}; at the end it is ` +
      `${formatNumber(last)}.`,
      `The training loss is ${formatNumber(end)} then.`,
    ],
  };
};

/**
 * Two marks of learning one thing at a time: the loss on all data after the run is far above what was written down batch
 * by batch; or the loss jumps at the same places of every epoch.
 */
export const forgetting: Look = (exam) => {
  const [now, { end, losses, stepsPerEpoch }, constant] = [exam.lossNow(), exam.course, exam.constant()];
  if (stepsPerEpoch < 2) return undefined;
  const evidence: string[] = [];
  if (now !== undefined && constant !== undefined && now > 2 * end && now - end > 0.2 * constant) {
    evidence.push(
      `The last part of the run has a mean loss of ${formatNumber(end)}; all training data afterwards, ` +
        `${formatNumber(now)}.`,
    );
  }
  const epochs = Math.min(4, Math.floor(losses.length / stepsPerEpoch) - 1);
  if (stepsPerEpoch >= 4 && epochs >= 2) {
    const profile = losses.slice(-stepsPerEpoch).map((_, place) =>
      minOf(Array.from({ length: epochs }, (_, e) => losses[losses.length - (e + 1) * stepsPerEpoch + place]))
    );
    const worst = maxOf(profile);
    const usual = median(losses.slice(-epochs * stepsPerEpoch));
    if (worst > SAWTOOTH * usual && worst - usual > 0.2 * (constant ?? exam.course.start)) {
      evidence.push(
        `In each of the last ${epochs} epochs the loss of batch ${profile.indexOf(worst) + 1} is ` +
          `${formatNumber(worst)} or more, while half of the batches stay below ${formatNumber(usual)}.`,
      );
    }
  }
  if (evidence.length === 0) return undefined;
  return {
    symptom: "forgetting",
    says: "What was learnt from one batch is forgotten by the next ones.",
    evidence,
  };
};
/** Batches differ, but not in this way: the lowest value of a place in all epochs is not so far above the median. */
const SAWTOOTH = 3;

/** Not what the model does, but what it could learn from: examples that are alike must have more to do with each other. */
export const noPattern: Look = (exam) => {
  const [near, constant, { end, validationLosses }] = [exam.neighbours(), exam.constant(), exam.course];
  if (!near?.unrelated || constant === undefined) return undefined;
  const best = validationLosses.length > 0 ? minOf(validationLosses) : end;
  if (best < LEARNT * constant) return undefined; // the model found what neighbours do not show
  return {
    symptom: "no-pattern",
    says: "Examples that lie next to each other agree no more often than any two.",
    evidence: [
      `The model itself came from a loss of ${formatNumber(exam.course.start)} to ${
        formatNumber(end)
      }; a constant ` +
      `answer has ${formatNumber(constant)}.`,
    ],
  };
};
/** A model that gets to half the loss of a constant answer has found something. */
const LEARNT = 0.5;

/** With classes, small weights begin at the loss of a constant answer, whatever the data; this is another start. */
export const badStart: Look = (exam) => {
  const [constant, { start }] = [exam.constant(), exam.course];
  if (!exam.classes() || !constant || start < HOCKEY_STICK * constant) return undefined;
  return {
    symptom: "bad-start",
    says: "The first answers were confident and wrong.",
    evidence: [`The first loss was ${formatNumber(start)}; a constant answer has ${formatNumber(constant)}.`],
  };
};
/** Inputs and weights of healthy sizes start below three or four times the loss of a constant answer. */
const HOCKEY_STICK = 10;

export const ignoredClass: Look = (exam) => {
  const classes = exam.classes();
  if (!classes) return undefined;
  const { answers, targets, shares } = classes;
  const evidence = shares.flatMap((share, label) => {
    const own = answers.filter((_, i) => targets[i] === label);
    const found = own.filter((answer) => answer === label).length;
    if (
      own.length < 3 || share * shares.filter((s) => s > 0).length > IGNORED || found >= IGNORED * own.length
    ) {
      return [];
    }
    return [
      `Class ${label} has ${
        formatPercent(share, { decimals: 0 })
      } of the examples, and ${found} of its ${own.length} are ` +
      `recognized.`,
    ];
  });
  if (evidence.length === 0) return undefined;
  return {
    symptom: "ignored-class",
    says: "A rare class is more often missed than found.",
    evidence: [
      ...evidence,
      `All the same, ${formatPercent(classes.accuracy, { decimals: 0 })} of all answers are right.`,
    ],
  };
};

/** Harm or not, this is wrong: every batch teaches one thing. Only said if the options of `fit` are known. */
export const oneSided: Look = (exam) => {
  const sorted = exam.data && sortedness(exam.data.targets);
  if (
    !sorted || exam.course.stepsPerEpoch < 4 || exam.options.batchSize === undefined || !shownInOrder(exam)
  ) {
    return undefined;
  }
  return {
    symptom: "one-sided-batches",
    says: "Each batch holds one kind of example, and the order is the same in every epoch.",
    evidence: [sorted],
  };
};
