/** Causes that lie in how a step is made: its length, its direction, and what it is made from. */

import { formatNumber, formatPercent, formatValue } from "../../checks/format.ts";
import { maxOf } from "../../kernels/extremes.ts";
import { correlation, median } from "./averages.ts";
import { Course } from "./course.ts";
import type { Exam } from "./exam.ts";
import { idleParameters } from "./idle.ts";
import type { Cause, Seen, Symptom } from "./findings.ts";

/** An update that moves the weights by a thousandth of their length is healthy; fifty times that is wild … */
const WILD = 0.05;
/** … and beyond this, a step replaces a good part of what was learnt. */
export const RECKLESS = 0.3;
/** A thirtieth of what is healthy: in a hundred steps the weights move by less than a hundredth. */
const TIMID = 3e-5;
/** An improvement of less than a twentieth proves nothing about what a longer step would bring. */
const BETTER = 0.95;
/** A sum over steps without zeroGrad soon outgrows a single batch's gradient by this; the noise of batches does not. */
const OUTGROWN = 5;
/** From one step to the next such a sum changes by one gradient; twice that leaves room for the noise of batches. */
const ONE_MORE = 2;
/**
 * A sum of all gradients is the speed of a ball that rolls without friction: fastest at the bottom. So it goes against
 * the loss, where a gradient goes with it; half of a perfect correlation leaves room for the noise of batches.
 */
const SWINGING = -0.5;
/** And it grows at the beginning, while gradients that are forgotten have no reason to. */
const GROWTH = 1.5;

/** The symptom of gradients that were never set to zero. */
export function accumulated(exam: Exam): Seen | undefined {
  const found = growth(exam);
  if (!found) return undefined;
  return {
    symptom: "growing-gradients",
    says: "The gradients that were used are not those of single batches.",
    evidence: found,
  };
}

/** backward() adds to what is there. */
export function suspectZeroGrad(exam: Exam): Cause | undefined {
  const found = growth(exam);
  if (!found) return undefined;
  return {
    cause: "missing-zero-grad",
    says: "The gradients of former steps are still there: backward() adds to them.",
    // What no optimizer trains, its zeroGrad does not forget either: then that is the cause.
    confidence: idleParameters(exam) === undefined ? 0.95 : 0.6,
    evidence: found,
    fix: "optimizer.zeroGrad(); // before every backward()",
  };
}

function growth(exam: Exam): string[] | undefined {
  const { gradientNorms: norms, losses } = exam.course;
  if (norms.length < 20 || norms.length !== losses.length || !(norms[0] > 0)) return undefined;
  const early = maxOf(norms.slice(0, 10)) / norms[0];
  if (early < GROWTH) return undefined;
  const late = Course.late(norms);
  const now = median(late);
  const change = median(late.slice(1).map((norm, i) => Math.abs(norm - late[i])));
  const evidence = [
    `The recorded gradient norm grew from ${formatNumber(norms[0])} at the first step to ` +
    `${formatNumber(early * norms[0])} within ten steps.`,
  ];
  const half = norms.length >> 1;
  const together = correlation(norms.slice(half), losses.slice(half));
  if (together < SWINGING) {
    const says = `It is largest where the loss is lowest (correlation ${formatNumber(together)}); a single ` +
      `gradient is small there.`;
    return [...evidence, says];
  }
  const fresh = exam.batchNorms();
  const largest = maxOf(fresh);
  if (
    fresh.length === 0 || !(now >= OUTGROWN * median(fresh) && now > largest && change <= ONE_MORE * largest)
  ) {
    return undefined;
  }
  evidence.push(
    `At the end it was ${formatNumber(now)}, changing by ${
      formatNumber(change)
    } from step to step; single batches ` +
      `have gradients of ${formatNumber(median(fresh))} at the final weights.`,
  );
  return evidence;
}

/** A plus where the update needs a minus: the loss goes up as surely as it should go down. */
export function suspectSign(exam: Exam, symptom: Symptom): Cause | undefined {
  const { rising, earlyRatio, blocks } = exam.course;
  if (
    !["diverging", "not-finite"].includes(symptom) || rising < 0.8 || blocks.length < 5 ||
    (earlyRatio ?? 0) > WILD
  ) {
    return undefined;
  }
  const evidence = [
    `The loss rose in ${formatPercent(rising, { decimals: 0 })} of ${blocks.length} equal parts of the run${
      earlyRatio === undefined
        ? ""
        : `, though the first updates moved the weights by only ${formatNumber(earlyRatio)} of their length`
    }.`,
  ];
  const [now, down] = [exam.lossNow(), exam.downhill(1)];
  if (now !== undefined && down !== undefined) {
    if (!(down < now)) return undefined;
    evidence.push(
      `A step as long as the last ones, taken downhill from the final weights, lowers the loss from ` +
        `${formatNumber(now)} to ${formatNumber(down)}.`,
    );
  }
  return {
    cause: "wrong-sign",
    says: "The steps go uphill: the update has the wrong sign.",
    confidence: down === undefined ? 0.6 : 0.9,
    evidence,
    fix: "w.data[i] -= learningRate * w.grad.data[i]; // minus: against the gradient",
  };
}

/** Steps that overshoot. */
export function suspectTooHigh(exam: Exam, symptom: Symptom): Cause | undefined {
  const { earlyRatio, typicalRatio, learningRate, record } = exam.course;
  const evidence: string[] = [];
  let confidence = symptom === "oscillating" || symptom === "diverging" ? 0.5 : 0;
  if (symptom === "not-finite") {
    const blamed = record.stopped?.diagnosis?.cause;
    confidence = blamed === undefined ? 0.5 : blamed === "learning-rate" ? 0.8 : 0;
    if (confidence === 0) return undefined;
  }
  const ratio = Math.max(earlyRatio ?? 0, typicalRatio ?? 0);
  if (ratio > WILD) {
    evidence.push(
      `A typical update moved the weights by ${
        formatPercent(ratio, { decimals: 0 })
      } of their length; about 0.1% is healthy.`,
    );
    confidence = Math.max(confidence, ratio > RECKLESS ? 0.86 : 0.8);
  }
  const [now, tenth, whole] = [exam.lossNow(), exam.downhill(0.1), exam.downhill(1)];
  if (now !== undefined && tenth !== undefined && whole !== undefined && tenth < now && whole > now) {
    evidence.push(
      `From the final weights, a step straight downhill as long as the last ones raises the loss from ` +
        `${formatNumber(now)} to ${formatNumber(whole)}; a tenth of it lowers it to ${formatNumber(tenth)}.`,
    );
    confidence = Math.max(confidence, ratio > WILD ? 0.85 : 0.55);
  }
  if (confidence === 0) return undefined;
  return {
    cause: "learning-rate-too-high",
    says: "The learning rate is too high: steps overshoot.",
    confidence,
    evidence,
    fix:
      `optimizer.learningRate = ${learningRate ? formatValue(learningRate / 10, 3) : "…"}; // a tenth; or ` +
      `clip: fit(…, { clipNorm: 5 })`,
  };
}

/** Steps that lead nowhere because they are short. */
export function suspectTooLow(exam: Exam): Cause | undefined {
  const { typicalRatio, learningRate, losses, lateFall } = exam.course;
  const evidence: string[] = [];
  if (typicalRatio !== undefined && typicalRatio < 10 * TIMID) {
    evidence.push(
      `A typical update moved the weights by ${formatNumber(typicalRatio)} of their length; about 0.001 is ` +
        `healthy. In ${losses.length} steps that is ${
          formatPercent(typicalRatio * losses.length, { decimals: 0 })
        } at most.`,
    );
  }
  const [now, one] = [exam.lossNow(), exam.downhill(1)];
  const long = exam.stepsDownhill().filter(({ multiple }) => multiple > 1)
    .reduce((best, step) => (step.loss < best.loss ? step : best), { multiple: 0, loss: Infinity });
  const wouldHelp = now !== undefined && one !== undefined && long.loss < BETTER * now;
  if (wouldHelp) {
    evidence.push(
      `From the final weights, a step ${long.multiple} times as long as the last ones lowers the loss ` +
        `from ${formatNumber(now)} to ${formatNumber(long.loss)}.`,
    );
  }
  if (evidence.length === 0) return undefined;
  const timid = (typicalRatio ?? Infinity) < TIMID;
  const confidence = timid && wouldHelp
    ? 0.9
    : timid || (wouldHelp && long.multiple >= 100)
    ? 0.75
    : wouldHelp && lateFall > 0.1
    ? 0.6
    : 0.4;
  return {
    cause: "learning-rate-too-low",
    says: "The learning rate is too low: the weights have hardly moved.",
    confidence,
    evidence,
    fix:
      `optimizer.learningRate = ${learningRate ? formatValue(learningRate * 10, 3) : "…"}; // ten times as ` +
      `much; findLearningRate() tells more`,
  };
}
