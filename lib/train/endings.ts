/** Why training ended, in words. */

import type { FitRun } from "./fit_options.ts";
import type { Stopped, StopReason } from "./history.ts";
import type { NotFinite } from "./not_finite.ts";

/** Why the loop was left. */
export interface Ending {
  readonly reason: StopReason;
  /** The step at which a number was not finite. */
  readonly step?: number;
  readonly diagnosis?: NotFinite;
  readonly error?: unknown;
}

/** What goes into `history.stopped`. */
export function describeEnding(ending: Ending, run: FitRun & { restores: boolean }): Stopped {
  const { reason, diagnosis, error } = ending;
  const { history: { epochs, steps, best }, totalEpochs } = run;
  const done = steps.at(-1)?.step ?? 0;
  const step = ending.step ?? done;
  const underWay = done > (epochs.at(-1)?.step ?? 0) || reason === "not-finite";
  const epoch = epochs.length + (underWay ? 1 : 0);
  const where = step === 0 ? "before the first step" : `at step ${step}, in epoch ${epoch} of ${totalEpochs}`;
  const sentences: Record<StopReason, string> = {
    "finished": `Finished ${totalEpochs} epochs, ${step} steps.`,
    "reached": `Stopped ${where}: the goal is reached.`,
    "early": best
      ? `Stopped early ${where}: no improvement since epoch ${best.epoch}.`
      : `Stopped early ${where}: what early stopping watches was NaN after every epoch, so no epoch was the best, and ` +
        "the weights stay as they are.",
    "aborted": `Stopped by request ${where}. The history holds what was done; give it to fit again to go on.`,
    "not-finite": `Stopped ${where}: a number is not finite. ${diagnosis?.message}`,
    "error": `Stopped by an error ${where}: ${error}`,
  };
  const restored = run.restores && best
    ? ` The weights are those after epoch ${best.epoch}, the best so far.`
    : "";
  return { reason, epoch, step, message: sentences[reason] + restored, ...(diagnosis ? { diagnosis } : {}) };
}
