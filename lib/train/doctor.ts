/** Reads a run and says what is wrong with it. */

import { INSPECT } from "../host/mod.ts";
import { checkNames } from "../checks/options.ts";
import { Exam } from "./doctor/exam.ts";
import type { DoctorOptions, Finding, Outcome, RunRecord } from "./doctor/findings.ts";
import { outcomeOf } from "./doctor/outcome.ts";
import { causesOf } from "./doctor/rules.ts";
import { symptomsOf } from "./doctor/symptoms.ts";
import type { TrainableModel } from "./model.ts";
import { FIT_OPTIONS } from "./prepare.ts";

/**
 * What the doctor found: data, and readable when printed. Made by {@link doctor}.
 *
 * @example
 * ```ts
 * import { doctor, Linear, Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const steps = [0.7, 2, 9, 50, NaN].map((trainLoss) => ({ trainLoss })); // of a loop of one's own
 * const report = doctor({ steps }, new Linear(1, 1, { rng: new Rng(0) }));
 * assertEquals([report.healthy, report.findings[0].symptom], [false, "not-finite"]);
 * assertEquals(String(report).split("\n")[0], "1. A number became NaN or infinite. [not-finite]");
 * ```
 */
export class DoctorReport {
  /** Called by {@link doctor}. */
  constructor(
    /** What is wrong, the best founded first; empty if nothing was found. */
    readonly findings: readonly Finding[],
    /** How the run ended. */
    readonly outcome: Outcome,
  ) {}

  /** Whether nothing was found. */
  get healthy(): boolean {
    return this.findings.length === 0;
  }

  /** Every finding with evidence, causes and fixes. */
  toString(): string {
    if (this.healthy) return "Doctor: nothing found.";
    return this.findings.map(describe).join("\n\n");
  }

  /** What `console.log` and the notebook show. */
  [INSPECT](): string {
    return this.toString();
  }
}

/**
 * Looks at a finished run for what goes wrong in training: what can be seen (the symptom), where (evidence, with
 * numbers), why perhaps (causes, the most likely first), and what to change (the fix).
 *
 * With the history alone it sees the course of the loss and the size of the steps. With `data`, it measures: the loss
 * of a constant answer and what the nearest neighbours would reach, gradients at the final weights, and where steps of
 * other lengths would have led. Pass the options of `fit` too, since it cannot see from outside what was shuffled or
 * what the optimizer trains. Model, data, generators and gradients are left as they were.
 *
 * It stays silent where it sees nothing wrong; that is no proof that nothing is. {@link confirmDiagnosis} tells whether the fix
 * was the right one.
 *
 * @param history What `fit` returned, or rows of your own: `{ steps: [{ trainLoss: 0.69 }, …] }`
 * @param model The model after training
 * @param options `data`, and the options that `fit` was given. The loss is the cross-entropy unless given, as in `fit`
 * @throws {RangeError} If the history is empty
 * @throws {TypeError} If history or model is none, or the loss does not fit the data and the model's outputs
 * @see Karpathy (2019), "A recipe for training neural networks"; Goodfellow, Bengio, Courville (2016), "Deep learning",
 * §11.5
 * @example
 * ```ts
 * import { doctor, fit, Linear, moons, Rng, Sequential, SGD, Tanh } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const rng = new Rng(1), data = moons({ count: 60 });
 * const model = new Sequential(new Linear(2, 8, { rng }), new Tanh(), new Linear(8, 2, { rng }));
 * const optimizer = new SGD(model.parameters(), { learningRate: 1e-5 });
 * const options = { optimizer, epochs: 50, batchSize: 60, rng };
 * const history = await fit(model, data, options);
 *
 * const report = doctor(history, model, { data, ...options });
 * assertEquals(report.findings[0].causes[0].cause, "learning-rate-too-low");
 * ```
 */
export function doctor(history: RunRecord, model: TrainableModel, options: DoctorOptions = {}): DoctorReport {
  checkNames("doctor", ["data", ...FIT_OPTIONS], options);
  if (!Array.isArray(history?.steps)) {
    throw new TypeError("doctor: expected a History, as fit returns it, or an object with steps.");
  }
  if (!history.steps.every((row) => typeof row?.trainLoss === "number")) {
    throw new TypeError("doctor: expected every row of steps to have a trainLoss, a number (NaN is one).");
  }
  if (typeof model?.forward !== "function" || typeof model.parameters !== "function") {
    throw new TypeError("doctor: expected the trained model, with forward(inputs) and parameters().");
  }
  if (history.steps.length === 0 && !history.epochs?.length && !history.stopped) {
    throw new RangeError("doctor: the history is empty; there is nothing to look at before the first step.");
  }
  const exam = new Exam(history, model, options);
  const outcome = outcomeOf(exam);
  const findings = symptomsOf(exam)
    .map((seen): Finding => ({ ...seen, causes: causesOf(seen.symptom, exam), outcome }))
    .filter(({ causes }) => causes.length > 0)
    .sort((a, b) => b.causes[0].confidence - a.causes[0].confidence);
  return new DoctorReport(withoutRepetition(findings), outcome);
}

/** A second symptom with the same cause needs no finding of its own. */
function withoutRepetition(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ causes: [{ cause }] }, i) =>
    findings.slice(0, i).every((earlier) => earlier.causes[0].cause !== cause)
  );
}

function describe({ symptom, says, evidence: seen, causes }: Finding, index: number): string {
  const indent = (text: string, by: string) => text.split("\n").map((line) => by + line).join("\n");
  const lines = causes.flatMap(({ cause, says, confidence, evidence, fix }, i) => [
    `   ${i + 1}. ${cause} (confidence ${confidence}): ${says}`,
    ...evidence.filter((sentence) => !seen.includes(sentence)).map((sentence) => `      · ${sentence}`),
    ...(i === 0 ? [indent(fix, "      > ")] : []),
  ]);
  return [
    `${index + 1}. ${says} [${symptom}]`,
    ...seen.map((sentence) => `   ${sentence}`),
    "   Causes:",
    ...lines,
  ]
    .join("\n");
}
