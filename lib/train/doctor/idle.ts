/** Parameters that were to be trained and never moved. */

import { formatPercent } from "../../checks/format.ts";
import { namesOf } from "../model.ts";
import type { Exam } from "./exam.ts";
import type { Cause, Seen } from "./findings.ts";

/** The symptom. Parameters that are frozen on purpose are none, unless the run ends badly: see the cause. */
export function idleParameters(exam: Exam): Seen | undefined {
  const { names, because } = idle(exam);
  if (names.length === 0) return undefined;
  const all = namesOf(exam.model).filter(([, w]) => w.requiresGrad).length;
  return {
    symptom: "idle-parameters",
    says: "Some parameters never move.",
    evidence: [`${names.length} of ${all} parameters stay as they were made: ${names.join(", ")}.`, because],
  };
}

/** The cause: the optimizer does not know them, they are frozen, or they are cut off from the loss. */
export function suspectUntrained(exam: Exam): Cause | undefined {
  const { names, because } = idle(exam);
  const frozen = namesOf(exam.model).filter(([, w]) => !w.requiresGrad);
  if (names.length > 0) {
    return {
      cause: "untrained-parameters",
      says: "The optimizer does not train the whole model.",
      confidence: 0.95,
      evidence: [because],
      fix:
        "optimizer = new Adam(model.parameters(), { learningRate: 0.001 }); // all of them, of this very model",
    };
  }
  if (frozen.length === 0) return undefined;
  const size = (list: typeof frozen) => list.reduce((sum, [, w]) => sum + w.size, 0);
  const share = size(frozen) / size(namesOf(exam.model));
  return {
    cause: "untrained-parameters",
    says: "Frozen parameters keep the model from fitting.",
    confidence: share > 0.5 ? 0.9 : 0.5, // what is mostly frozen can mostly not learn
    evidence: [
      `${frozen.map(([name]) => name).join(", ")} are frozen: ${
        formatPercent(share, { decimals: 0 })
      } of all numbers in the model.`,
    ],
    fix: "model.unfreeze(); // and make the optimizer anew",
  };
}

function idle({ model, options, course, gradient }: Exam): { names: string[]; because: string } {
  const wanted = namesOf(model).filter(([, w]) => w.requiresGrad);
  const groups = options.optimizer?.groups;
  if (groups) {
    const known = new Set(groups.flatMap(({ parameters }) => parameters));
    const names = wanted.filter(([, w]) => !known.has(w)).map(([name]) => name);
    if (names.length > 0) {
      return { names, because: "They are not among the parameters that the optimizer was given." };
    }
  }
  const rows = course.record.steps.flatMap(({ layers }) => layers ?? []);
  const moved = new Set(rows.filter((row) => row.updateRatio !== 0).map(({ name }) => name));
  const still = wanted.filter(([name]) => rows.some((row) => row.name === name) && !moved.has(name));
  // A gradient of 0 has other reasons: dead units, or weights that are all equal. Those have rules of their own.
  const names = still.map(([name]) => name).filter((name) => (gradient()?.of.get(name) ?? 1) > 0);
  return { names, because: "Their update ratio is 0 at every step, though they have a gradient." };
}
