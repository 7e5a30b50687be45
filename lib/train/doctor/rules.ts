/** Which causes are asked about for which symptom. */

import {
  suspectOverfitting,
  suspectRegularization,
  suspectSmallModel,
  suspectTooFewSteps,
} from "./capacity.ts";
import { suspectImbalance, suspectLabels, suspectNumbers, suspectOrder, suspectScale } from "./data.ts";
import type { Exam } from "./exam.ts";
import type { Cause, Symptom } from "./findings.ts";
import { suspectUntrained } from "./idle.ts";
import { suspectSign, suspectTooHigh, suspectTooLow, suspectZeroGrad } from "./steps.ts";
import { suspectTwice } from "./twice.ts";
import { suspectDeadRelus, suspectLargeWeights, suspectSymmetry, suspectVanishing } from "./weights.ts";

type Suspect = (exam: Exam, symptom: Symptom) => Cause | undefined;

/** What keeps a model from learning. */
const NOT_LEARNING: readonly Suspect[] = [
  suspectSymmetry,
  suspectDeadRelus,
  suspectVanishing,
  suspectLargeWeights,
  suspectScale,
  suspectLabels,
  suspectOrder,
  suspectUntrained,
  suspectZeroGrad,
  suspectTwice,
  suspectTooHigh,
  suspectTooLow,
  suspectRegularization,
  suspectSmallModel,
  suspectTooFewSteps,
  suspectImbalance,
];

const SUSPECTS: Record<Symptom, readonly Suspect[]> = {
  "not-finite": [suspectNumbers, suspectScale, suspectTooHigh, suspectZeroGrad, suspectSign],
  "diverging": [suspectSign, suspectScale, suspectZeroGrad, suspectTooHigh, suspectOrder],
  "oscillating": [suspectZeroGrad, suspectScale, suspectOrder, suspectTooHigh],
  "stuck": NOT_LEARNING,
  "underfitting": NOT_LEARNING,
  "no-pattern": [suspectLabels],
  "gap": [suspectLabels, suspectOverfitting],
  "one-sided-batches": [suspectOrder],
  "forgetting": [suspectOrder, suspectTooHigh],
  "bad-start": [suspectScale, suspectLargeWeights],
  "loss-floor": [suspectTwice],
  "growing-gradients": [suspectZeroGrad, suspectUntrained],
  "idle-parameters": [suspectUntrained],
  "ignored-class": [suspectImbalance, ...NOT_LEARNING.filter((suspect) => suspect !== suspectImbalance)],
};

/** Every cause that something speaks for, the most likely first. */
export function causesOf(symptom: Symptom, exam: Exam): Cause[] {
  return SUSPECTS[symptom].flatMap((suspect) => suspect(exam, symptom) ?? [])
    .sort((a, b) => b.confidence - a.confidence);
}
