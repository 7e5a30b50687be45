/** Exercise 6: remedies for four sick networks. */

import { checkThat } from "../../notebook/check.ts";
import { confirmDiagnosis, type Rerun } from "../../train/doctor/confirm.ts";
import type { Finding } from "../../train/doctor/findings.ts";
import { exercise } from "../exercise.ts";

/** The clinic of the notebook: its patients by name, what is wrong with one, and how one is admitted anew. */
interface Clinic<Patient extends Rerun, Condition extends object> {
  readonly patients: Readonly<Record<string, Patient>>;
  readonly diagnose: (patient: Patient) => Finding;
  readonly admit: (name: string, remedy: Condition) => Promise<Patient>;
}

/** Few settings changed, and a validation loss that says it helps. */
export const checkPrescriptions = exercise(
  "04",
  "four patients cured",
  async <Patient extends Rerun, Condition extends object>(
    prescribe: (name: string) => Condition,
    { patients, diagnose, admit }: Clinic<Patient, Condition>,
  ) => {
    for (const [name, patient] of Object.entries(patients)) {
      const remedy = prescribe(name), finding = diagnose(patient);
      const few = "at most two settings: who changes all does not know what was wrong";
      const count = Object.keys(remedy).length;
      await checkThat(`${name}: settings that change: ${count}`, count <= 2, few);
      const { before, after } = await confirmDiagnosis(finding, () => admit(name, remedy));
      const [was, is] = [before.validationLoss!, after.validationLoss!];
      const change = `${was.toFixed(2)} → ${is.toFixed(2)}`, [{ says }] = finding.causes;
      await checkThat(`${name}: validation loss ${change}`, is < 0.25, says);
    }
  },
);
