/** Why a result is not the expected one, in words. */

import { host } from "../host/mod.ts";
import { checkNames } from "../checks/options.ts";
import { Tensor } from "../tensor/tensor.ts";
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
  /** What later cells need it to be: then the right numbers in another form are refused, saying so */
  kind?: "number" | "Tensor";
  /** Keeps the right answer to itself: for what is worked out on paper */
  secret?: boolean;
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
 * Why a result is not the expected one; `undefined` if it is. For {@link check}, and for checks of several cases.
 *
 * @param slip The likely slip, where the caller knows it; `null` names none
 */
export function faultOf(
  title: string,
  got: unknown,
  expected: unknown,
  options: CheckOptions = {},
  slip?: string | null,
): CheckError | undefined {
  checkNames("check()", ["hint", "tolerance", "batchSize", "slips", "kind", "secret"], options);
  const { tolerance = 1e-5, batchSize, slips = [], kind, secret = false, hint } = options;
  const want = readNumbers(expected);
  if ("problem" in want) {
    if (typeof expected !== "string" && typeof expected !== "boolean") {
      throw new TypeError(`check("${title}") has no expected value to compare with: it is ${want.problem}.`);
    }
    if (got === expected) return undefined;
    return failure(title, [["expected", secret ? "" : show(expected)], ["got", show(got)], ["hint", hint]]);
  }

  const have = readNumbers(got);
  const worst = "problem" in have ? undefined : worstEntry(have, want, tolerance);
  const otherKind = kind && "data" in have ? otherThan(kind, got) : undefined;
  if (!("problem" in have) && worst === undefined && have.shape.join() === want.shape.join()) {
    return otherKind === undefined
      ? undefined
      : failure(title, [["kind", `the numbers are right; ${otherKind}`]]);
  }

  const likely = slip === undefined
    ? slips.find(({ value }) => agrees(got, value, tolerance))?.says ??
      likelySlip(got, expected, { batchSize, tolerance })
    : slip;
  return failure(title, [
    ["expected", secret ? "" : withShape(want)],
    ["got", "problem" in have ? show(got) : withShape(have)],
    ["where", secret ? "" : worst],
    ["kind", otherKind],
    ["likely slip", likely ?? ""],
    ["hint", hint],
  ]);
}

/** An error of these facts, each on a line of its own; those without a text are left out. */
export function failure(title: string, facts: [name: string, text: string | undefined][]): CheckError {
  const told = facts.filter(([, text]) => text !== undefined && text !== "");
  return new CheckError([`✗ ${title}`, ...told.map(([name, text]) => `  ${name}: ${text}`)].join("\n"));
}

/** Says so if numbers come in another form than later cells need. */
function otherThan(kind: "number" | "Tensor", got: unknown): string | undefined {
  if (kind === "number" && Array.isArray(got)) {
    return got.map((entry) => otherThan(kind, entry)).find(Boolean);
  }
  const came = typeof got === "number" ? "number" : got instanceof Tensor ? "Tensor" : "array";
  if (came === kind) return undefined;
  const way = kind === "Tensor"
    ? "tensor(…) makes one"
    : came === "Tensor"
    ? ".item() takes the number out"
    : "take the number out of it";
  return `expected a ${kind}, got ${came === "array" ? "an" : "a"} ${came}: ${way}`;
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

/** Whether two values are the same numbers in the same shape. */
export function agrees(got: unknown, value: unknown, tolerance: number): boolean {
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

/** A value as a learner should see it, in one line if it can be. */
export function show(value: unknown): string {
  const text = host.inspect(value, { depth: 2, iterableLimit: 8 });
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
