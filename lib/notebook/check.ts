import { checkNames } from "../tensor/checks.ts";
import { settle } from "./jupyter.ts";
import {
  closeTo,
  formatIndex,
  formatNumbers,
  formatShape,
  formatValue,
  type Numbers,
  readNumbers,
} from "./numbers.ts";
import { likelySlip } from "./slips.ts";

/** Options of {@link check}. */
export interface CheckOptions {
  /** What to try, if it fails */
  hint?: string;
  /** Relative difference that still counts as equal (default 1e-5) */
  tolerance?: number;
  /** Examples in the batch: recognises a missing mean over it */
  batchSize?: number;
  /** Wrong answers that this exercise invites, each with what to say to it */
  slips?: readonly { value: unknown; says: string }[];
}

/**
 * An exercise's check that did not pass: what was expected, what came, where they differ, and the likely slip.
 *
 * @example
 * ```ts
 * import { check, CheckError } from "backprop";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => check("the mean of 1, 2, 6", 9, 3), CheckError, "expected: 3");
 * ```
 */
export class CheckError extends Error {
  /** Tells it from other errors. */
  override readonly name = "CheckError";

  /**
   * Called by {@link check} and {@link checkThat}.
   *
   * @param message All lines a learner should read
   */
  constructor(message: string) {
    super(message);
    // Below the cell, a stack trace would only show where check() lives.
    this.stack = `CheckError: ${message}`;
  }
}

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
  checkNames("check()", ["hint", "tolerance", "batchSize", "slips"], options);
  const { tolerance = 1e-5, batchSize, slips = [], hint } = options;
  const want = readNumbers(expected);
  if ("problem" in want) {
    if (typeof expected !== "string" && typeof expected !== "boolean") {
      throw new TypeError(`check("${title}") has no expected value to compare with: it is ${want.problem}.`);
    }
    if (got === expected) return pass(title);
    throw failure(title, [["expected", show(expected)], ["got", show(got)], ["hint", hint]]);
  }

  const have = readNumbers(got);
  const worst = "problem" in have ? undefined : worstEntry(have, want, tolerance);
  if (!("problem" in have) && worst === undefined && have.shape.join() === want.shape.join()) {
    return pass(title);
  }

  const known = slips.find(({ value }) => agrees(got, value, tolerance))?.says;
  throw failure(title, [
    ["expected", withShape(want)],
    ["got", "problem" in have ? show(got) : withShape(have)],
    ["where", worst],
    ["likely slip", known ?? likelySlip(got, expected, { batchSize, tolerance })],
    ["hint", hint],
  ]);
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

async function pass(title: string): Promise<void> {
  console.log(`✓ ${title}`);
  await settle();
}

function failure(title: string, facts: [name: string, text: string | undefined][]): CheckError {
  const told = facts.filter(([, text]) => text !== undefined && text !== "");
  return new CheckError([`✗ ${title}`, ...told.map(([name, text]) => `  ${name}: ${text}`)].join("\n"));
}

/** Where the two differ most, beyond the tolerance; `undefined` if nowhere, or if the shapes differ. */
function worstEntry(have: Numbers, want: Numbers, tolerance: number): string | undefined {
  if (have.shape.join() !== want.shape.join()) return undefined;
  const close = closeTo(want.data, tolerance);
  let [worst, most, wrong] = [-1, -1, 0];
  for (let i = 0; i < want.data.length; i++) {
    if (close(have.data[i], want.data[i])) continue;
    wrong++;
    const difference = Math.abs(have.data[i] - want.data[i]);
    const size = Number.isNaN(difference) ? Infinity : difference;
    if (size > most) [worst, most] = [i, size];
  }
  if (worst < 0) return undefined;
  const [a, b] = [have.data[worst], want.data[worst]];
  // Where six digits look alike, show them all.
  const digits = formatValue(a) === formatValue(b) ? 17 : 6;
  if (want.shape.length === 0) {
    return digits === 6 ? "" : `got ${formatValue(a, 17)}, expected ${formatValue(b, 17)}`;
  }
  return `${wrong} of ${want.data.length} entries differ, most at ${formatIndex(worst, want.shape)}: ` +
    `got ${formatValue(a, digits)}, expected ${formatValue(b, digits)}`;
}

function agrees(got: unknown, value: unknown, tolerance: number): boolean {
  const [have, want] = [readNumbers(got), readNumbers(value)];
  if ("problem" in have || "problem" in want) return got === value;
  return have.shape.join() === want.shape.join() && worstEntry(have, want, tolerance) === undefined;
}

function withShape(numbers: Numbers): string {
  const text = formatNumbers(numbers);
  return numbers.shape.length === 0 || text.includes("shape")
    ? text
    : `${text}, shape ${formatShape(numbers.shape)}`;
}

function show(value: unknown): string {
  const text = Deno.inspect(value, { colors: false, depth: 2, iterableLimit: 8 });
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
