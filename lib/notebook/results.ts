import { host } from "../host/mod.ts";
import { formatValue } from "../checks/format.ts";
import { maxOf } from "../kernels/extremes.ts";
import { showBundle } from "./show.ts";

/**
 * Says that something is not a set of named numbers.
 *
 * @example
 * ```ts
 * import { results, ResultsError } from "backprop";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => results({ testLoss: NaN }), ResultsError, "testLoss is NaN");
 * ```
 */
export class ResultsError extends Error {
  /** Tells it from other errors. */
  override readonly name = "ResultsError";
}

/**
 * Reports named numbers: a small table for the reader, and the exact values for the program that runs the notebooks,
 * which finds them in the metadata of the output, under `backprop.results`, and collects them in its report.
 *
 * @param values One finite number per name
 * @throws {ResultsError} If there is no name, or a value is not a finite number
 *
 * @example
 * ```ts
 * import { results } from "backprop";
 *
 * await results({ testAccuracy: 0.978, testLoss: 0.081 });
 * ```
 */
export async function results(values: Record<string, number>): Promise<void> {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new ResultsError(
      `results() expects an object of named numbers such as { testAccuracy: 0.978 }, got ${
        host.inspect(values, { depth: 1 })
      }.`,
    );
  }
  const entries = Object.entries(values);
  if (entries.length === 0) {
    throw new ResultsError("results() got no named number. Call results({ testAccuracy: 0.978 }).");
  }
  for (const [name, value] of entries) {
    if (typeof value === "number" && Number.isFinite(value)) continue;
    const what = typeof value === "object" && value !== null
      ? "an object; take .item() of a tensor"
      : String(value);
    throw new ResultsError(`results() reports finite numbers only: ${name} is ${what}.`);
  }
  const width = maxOf(entries.map(([name]) => name.length));
  const table = entries.map(([name, value]) => `${name.padEnd(width)}  ${formatValue(value)}`).join(
    "\n",
  );
  // In the metadata of the output: a MIME type of our own would be one that others do not know, and warn about.
  await showBundle({ "text/plain": table }, { backprop: { results: Object.fromEntries(entries) } });
}
