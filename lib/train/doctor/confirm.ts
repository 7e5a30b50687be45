/** Was it that? The run again with the fix, and both side by side. */

import { INSPECT } from "../../host/mod.ts";
import { formatNumber, formatPercent } from "../../checks/format.ts";
import { checkFunction, kindOf } from "../../checks/values.ts";
import type { TrainableModel } from "../model.ts";
import { doctor } from "../doctor.ts";
import type { DoctorOptions, Finding, Outcome, RunRecord } from "./findings.ts";

/** A run made anew: what `doctor` takes. */
export interface Rerun {
  /** Of the new run. */
  readonly history: RunRecord;
  /** The model after it. */
  readonly model: TrainableModel;
  /** The data, and what `fit` was given. */
  readonly options?: DoctorOptions;
}

/**
 * What came of a fix.
 *
 * - `confirmed`: the symptom is gone, nothing else is wrong, and the validation loss, if both runs recorded one, has not
 *   risen
 * - `helped`: the loss that matters is lower by a tenth at least, or the symptom is gone without a higher validation
 *   loss; but something is still wrong
 * - `refuted`: neither. A gap that is closed at the price of a higher validation loss is no cure
 */
export type Verdict = "confirmed" | "helped" | "refuted";

/**
 * Two runs compared: the one that was diagnosed, and the one with the fix. Made by {@link confirmDiagnosis}.
 *
 * @example
 * ```ts
 * import { confirmDiagnosis, doctor, Linear, Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const model = new Linear(1, 1, { rng: new Rng(0) });
 * const run = (losses: number[]) => ({ model, history: { steps: losses.map((trainLoss) => ({ trainLoss })) } });
 * const sick = run([0.7, 2, 9, 50, NaN]);
 * const [finding] = doctor(sick.history, model).findings;
 * const { verdict, after } = await confirmDiagnosis(finding, () => run([0.7, 0.5, 0.3, 0.2, 0.1]));
 * assertEquals([verdict, after.lastLoss], ["confirmed", 0.1]);
 * ```
 */
export class Confirmation {
  /** Called by {@link confirmDiagnosis}. */
  constructor(
    readonly verdict: Verdict,
    readonly finding: Finding,
    readonly before: Outcome,
    readonly after: Outcome,
    /** What is wrong with the second run. */
    readonly remaining: readonly Finding[],
  ) {}

  /** Verdict, numbers before and after, and what is left. */
  toString(): string {
    const cause = this.finding.causes[0].cause;
    const heads: Record<Verdict, string> = {
      confirmed:
        `Confirmed: with the fix for ${cause}, "${this.finding.symptom}" is gone and nothing else is wrong.`,
      helped: `The fix for ${cause} helped, and something is still wrong.`,
      refuted: `Refuted: with the fix for ${cause} it is no better.`,
    };
    const line = (
      name: string,
      of: (outcome: Outcome) => number | undefined,
      format = (x: number) => formatNumber(x),
    ) => {
      const [before, after] = [of(this.before), of(this.after)];
      if (before === undefined || after === undefined) return [];
      return [`  ${name.padEnd(16)} ${format(before).padStart(8)} → ${format(after)}`];
    };
    return [
      heads[this.verdict],
      ...line("last loss", (o) => o.lastLoss),
      ...line("validation loss", (o) => o.validationLoss),
      ...line("accuracy", (o) => o.accuracy, (share) => formatPercent(share, { decimals: 0 })),
      ...(validationRose(this.before, this.after)
        ? ["  The validation loss is higher than before, and that is what counts."]
        : []),
      ...this.remaining.map(({ symptom, causes: [{ cause }] }) => `  still: ${symptom}, perhaps ${cause}`),
    ].join("\n");
  }

  /** What `console.log` and the notebook show. */
  [INSPECT](): string {
    return this.toString();
  }
}

/** A loss lower by less than a tenth may be luck. */
const BETTER = 0.9;

/**
 * Trains again with the fix and compares: a diagnosis is a guess until the cure has worked.
 *
 * @param finding Of a report of {@link doctor}
 * @param rerun Makes model and optimizer anew, with the fix and otherwise the same (the same seeds too), trains, and
 * returns history, model and options
 * @returns The verdict, and the numbers of both runs
 * @throws {TypeError} If it is no finding, or rerun gives no history and model
 * @example
 * ```ts
 * import { Adam, confirmDiagnosis, doctor, fit, Linear, moons, Rng, Sequential, Tanh } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const data = moons({ count: 60 });
 * const train = async (learningRate: number) => {
 *   const rng = new Rng(1);
 *   const model = new Sequential(new Linear(2, 8, { rng }), new Tanh(), new Linear(8, 2, { rng }));
 *   const optimizer = new Adam(model.parameters(), { learningRate });
 *   const options = { optimizer, epochs: 100, batchSize: 60, rng, quiet: true };
 *   return { history: await fit(model, data, options), model, options: { data, ...options } };
 * };
 * const { history, model, options } = await train(1e-6);
 * const [finding] = doctor(history, model, options).findings;
 * assertEquals(finding.causes[0].cause, "learning-rate-too-low");
 * const confirmation = await confirmDiagnosis(finding, () => train(0.05));
 * assertEquals(confirmation.verdict, "confirmed");
 * ```
 */
export async function confirmDiagnosis(
  finding: Finding,
  rerun: () => Rerun | Promise<Rerun>,
): Promise<Confirmation> {
  if (!Array.isArray(finding?.causes) || finding.outcome === undefined) {
    throw new TypeError(
      `confirmDiagnosis: expected a finding of doctor(…).findings, got ${kindOf(finding)}.`,
    );
  }
  checkFunction("confirmDiagnosis", "rerun", rerun);
  const run = await rerun();
  if (run?.history === undefined || run.model === undefined) {
    throw new TypeError(
      `confirmDiagnosis: expected rerun to give { history, model, options }, got ${
        kindOf(run)
      }. Does it return them?`,
    );
  }
  const { history, model, options } = run;
  const report = doctor(history, model, options);
  const [before, after] = [finding.outcome, report.outcome];
  const gone = report.findings.every(({ symptom }) => symptom !== finding.symptom);
  const better = matters(after, finding) < BETTER * matters(before, finding) ||
    (!Number.isFinite(before.lastLoss) && Number.isFinite(after.lastLoss));
  const rose = validationRose(before, after);
  const cured = gone && report.findings.length === 0 && !rose;
  const verdict = cured ? "confirmed" : better || (gone && !rose) ? "helped" : "refuted";
  return new Confirmation(verdict, finding, before, after, report.findings);
}

/** Whether unseen examples fare worse than before, by more than luck. Unknown, so false, unless both runs measured it. */
function validationRose({ validationLoss: before }: Outcome, { validationLoss: after }: Outcome): boolean {
  return before !== undefined && after !== undefined && BETTER * after > before;
}

/** The number that a symptom is about. */
function matters({ lastLoss, validationLoss }: Outcome, { symptom }: Finding): number {
  return symptom === "gap" && validationLoss !== undefined ? validationLoss : lastLoss;
}
