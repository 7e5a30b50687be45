/** Causes that lie in how much a model can learn, may learn, and has had time to learn. */

import { formatNumber, formatPercent } from "../../checks/format.ts";
import { maxOf, minOf } from "../../kernels/extremes.ts";
import type { Exam } from "./exam.ts";
import type { Cause, Symptom } from "./findings.ts";

/** Still falling: an even fall would be a quarter of it in the last quarter of the run. */
const STILL_FALLING = 0.1;
/** Less than this for a step downhill, and there is nothing left to learn for this model. */
const ARRIVED = 0.02;
/** A layer as narrow as this cannot draw much of a boundary. */
const NARROW = 4;
/** A penalty of half of the loss is no longer a side condition. */
const PULL = 0.5;
/** Weights that lose more than a hundredth at every step forget within a hundred; usual decay takes ten thousands. */
const FORGETS = 0.01;

/** The examples were learnt by heart. */
export function suspectOverfitting(exam: Exam): Cause {
  const { model, data } = exam;
  const numbers = model.parameters().reduce((sum, w) => sum + w.size, 0);
  const count = data?.inputs.shape[0];
  return {
    cause: "overfitting",
    says: "The model learns its training examples by heart, with what is accidental about them.",
    confidence: 0.85,
    evidence: [
      count === undefined
        ? `The model has ${numbers} trainable numbers.`
        : `The model has ${numbers} trainable numbers for ${count} training examples.`,
    ],
    fix: "await fit(model, data, { …options, validation, earlyStopping: { patience: 5 } });\n" +
      "// and: more data or augmentation, weightDecay in the optimizer, Dropout, a smaller model",
  };
}

/** Nothing left to learn, and still not good enough. */
export function suspectSmallModel(exam: Exam): Cause | undefined {
  const weights = exam.weights();
  if (weights.length === 0) return undefined;
  const hidden = weights.slice(0, -1).map(([, w]) => w.shape[1]);
  const now = exam.lossNow();
  const best = exam.stepsDownhill().reduce((least, { loss }) => Math.min(least, loss), Infinity);
  const arrived = now !== undefined && best > (1 - ARRIVED) * now && exam.course.lateFall < STILL_FALLING;
  const evidence = [
    hidden.length === 0
      ? "The model has no hidden layer: its boundary between classes, or its curve, is straight."
      : `Its hidden layers have ${hidden.join(", ")} units.`,
    ...(arrived
      ? [
        `No step downhill lowers its loss by more than ${
          formatPercent(ARRIVED, { decimals: 0 })
        }: it has learnt what it can.`,
      ]
      : []),
  ];
  const small = hidden.length === 0 || minOf(hidden) <= NARROW;
  if (!small && !arrived) return undefined;
  return {
    cause: "model-too-small",
    says: "The model cannot express what is in the data.",
    confidence: hidden.length === 0 ? (arrived ? 0.88 : 0.7) : small ? (arrived ? 0.8 : 0.6) : 0.4,
    evidence,
    fix:
      "new Sequential(new Linear(2, 32, { rng }), new ReLU(), new Linear(32, 2, { rng })); // a hidden layer, or a wider one",
  };
}

/** Finds that the loss was still falling when training ended. */
export function suspectTooFewSteps({ course }: Exam, symptom: Symptom): Cause | undefined {
  const { lateFall, losses } = course;
  if (lateFall < STILL_FALLING || symptom === "stuck") return undefined;
  return {
    cause: "too-few-steps",
    says: "Training ended while the loss was still falling.",
    confidence: 0.65,
    evidence: [
      `Of all that the loss fell in ${losses.length} steps, it fell ${
        formatPercent(lateFall, { decimals: 0 })
      } in the last ` +
      `quarter.`,
    ],
    fix: "await fit(model, data, { …options, epochs: 3 * epochs });",
  };
}

function decayOf({ options, course }: Exam): { decay: number; rate: number } {
  const groups = (options.optimizer?.groups ?? []) as readonly { weightDecay?: number }[];
  return {
    decay: maxOf(groups.map(({ weightDecay = 0 }) => weightDecay), 0),
    rate: course.learningRate ?? 0,
  };
}

/** Whether weight decay takes so much off the weights at every step that nothing can be learnt. */
export function forgetsByDecay(exam: Exam): boolean {
  const { decay, rate } = decayOf(exam);
  return decay * rate > FORGETS;
}

/** Something holds the weights back. */
export function suspectRegularization(exam: Exam): Cause | undefined {
  const { options, model, course } = exam;
  const evidence: string[] = [];
  let confidence = 0;
  const { decay, rate } = decayOf(exam);
  if (forgetsByDecay(exam)) {
    const steps = Math.max(1, Math.round(1 / (decay * rate)));
    evidence.push(
      `Weight decay of ${formatNumber(decay)} at a learning rate of ${formatNumber(rate)} takes ` +
        `${formatNumber(100 * decay * rate)}% off the weights at every step: what they learnt more than ` +
        `${steps} steps ago is gone.`,
    );
    confidence = 0.9;
  }
  if (options.penalty) {
    const penalty = options.penalty().item();
    evidence.push(`The penalty is ${formatNumber(penalty)}, beside a loss of ${formatNumber(course.end)}.`);
    confidence = Math.max(confidence, penalty > PULL * course.end ? 0.9 : 0.4);
  }
  const dropped = (model.layers ?? []).map((layer) => (layer as { p?: unknown }).p)
    .filter((p): p is number => typeof p === "number" && p >= 0.7);
  if (dropped.length > 0) {
    evidence.push(
      `Dropout leaves out ${formatPercent(maxOf(dropped), { decimals: 0 })} of a layer at every step.`,
    );
    confidence = Math.max(confidence, 0.86);
  }
  if (evidence.length === 0) return undefined;
  return {
    cause: "too-much-regularization",
    says: "Regularization keeps the weights from fitting even the training data.",
    confidence,
    evidence,
    fix:
      "new Adam(model.parameters(), { learningRate: 0.001, weightDecay: 0 }); // add it back once the training data are fitted",
  };
}
