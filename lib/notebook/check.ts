import { type CheckOptions, failure, faultOf, show } from "./fault.ts";
import { settle } from "./jupyter.ts";

export { CheckError, type CheckOptions } from "./fault.ts";

/**
 * Compares a learner's result with the expected one. One quiet line if it is right; throws if it is not, saying what
 * was expected, what came, where the worst difference is, and the likely slip.
 *
 * A wrong result throws at once, even where `await` was forgotten.
 *
 * @param title What is checked, as the learner knows it
 * @param got Number, text, true/false, nested arrays, typed array or tensor
 * @param expected The right answer, of the same kind
 * @throws {CheckError} If they differ by more than the tolerance, in shape, or in kind
 * @throws {TypeError} If there is no right answer to compare with
 *
 * @example
 * ```ts
 * import { check } from "backprop";
 *
 * await check("sum", 0.1 + 0.2, 0.3);
 * await check("gradient", [[0.5, -0.5]], [[0.5, -0.5]], { batchSize: 1, hint: "p − y" });
 * ```
 */
export function check(
  title: string,
  got: unknown,
  expected: unknown,
  options: CheckOptions = {},
): Promise<void> {
  const fault = faultOf(title, got, expected, options);
  if (fault) throw fault;
  return pass(title);
}

/**
 * Checks a condition. One quiet line if it is true; throws with the hint if it is not.
 *
 * @param title What must hold, as a statement
 * @param condition Whether it does
 * @param hint What to try, if it does not
 * @throws {CheckError} If the condition is anything but `true`
 *
 * @example
 * ```ts
 * import { checkThat } from "backprop";
 *
 * await checkThat("probabilities sum to 1", Math.abs(0.25 * 4 - 1) < 1e-12, "divide by the sum");
 * ```
 */
export function checkThat(title: string, condition: unknown, hint?: string): Promise<void> {
  if (condition === true) return pass(title);
  const got = condition === false ? undefined : `${show(condition)} where true or false is expected`;
  throw failure(title, [["got", got], ["hint", hint]]);
}

/** One quiet line. */
export async function pass(title: string): Promise<void> {
  console.log(`✓ ${title}`);
  await settle();
}
