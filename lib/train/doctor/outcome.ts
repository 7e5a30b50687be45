/** How a run ended, in numbers. */

import { minOf } from "../../kernels/extremes.ts";
import { mean } from "./averages.ts";
import type { Exam } from "./exam.ts";
import type { Outcome } from "./findings.ts";

/** The numbers by which two runs are compared. */
export function outcomeOf(exam: Exam): Outcome {
  const { course } = exam;
  const { start, end, finite, validationLosses, record } = course;
  const accuracy = exam.classes()?.accuracy;
  const validated = validationLosses.length > 0;
  const lowest = validated ? minOf(validationLosses) : NaN;
  return {
    firstLoss: start,
    lastLoss: finite ? end : NaN,
    // With early stopping the weights at the end are the best ones.
    ...(validated ? { validationLoss: record.best ? lowest : mean(validationLosses.slice(-3)) } : {}),
    ...(validated ? { lowestValidationLoss: lowest } : {}),
    ...(accuracy === undefined ? {} : { accuracy }),
  };
}
