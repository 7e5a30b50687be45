import { checkNames } from "../checks/options.ts";
import { formatValue } from "./numbers.ts";
import { settle } from "./jupyter.ts";

/** Options of {@link guess}. */
export interface GuessOptions {
  /** Relative difference that still counts as right (default 0.05: nobody guesses to the digit) */
  tolerance?: number;
}

/**
 * Holds a guess against what comes out. Without a guess (`NaN` or `""`), it asks for one and tells nothing.
 *
 * @param question What is to be guessed
 * @param yours The guess: a number, or a word
 * @param answer What it is, or a function that computes it once there is a guess
 * @throws {TypeError} If the guess is no number where a number is asked for
 *
 * @example
 * ```ts
 * import { guess } from "backprop";
 *
 * await guess("How many weights has a layer from 784 to 128 units?", NaN, 784 * 128); // asks
 * await guess("How many weights has a layer from 784 to 128 units?", 1000, 784 * 128); // tells
 * ```
 */
export async function guess<Answer extends number | string>(
  question: string,
  yours: Answer,
  answer: Answer | (() => Answer),
  options: GuessOptions = {},
): Promise<void> {
  checkNames("guess()", ["tolerance"], options);
  const isMissing = Number.isNaN(yours) || yours === "";
  console.log(
    isMissing ? ask(question, yours) : verdict(question, yours, answer, options.tolerance ?? 0.05),
  );
  await settle();
}

function ask(question: string, empty: number | string): string {
  const place = empty === "" ? '""' : "NaN";
  return `${question} Put your guess in the place of ${place}, and run this cell again.`;
}

function verdict(
  question: string,
  yours: number | string,
  answer: number | string | (() => number | string),
  tolerance: number,
): string {
  const right = typeof answer === "function" ? answer() : answer;
  if (typeof right !== typeof yours) {
    throw new TypeError(`guess("${question}") asks for a ${typeof right}, got ${JSON.stringify(yours)}.`);
  }
  if (typeof right === "string" || typeof yours === "string") {
    const isRight = String(yours).trim().toLowerCase() === String(right).toLowerCase();
    return isRight
      ? `Yes: ${right}.`
      : `${right}. You said ${yours}. Which sentence of your reasoning was it?`;
  }
  if (Math.abs(yours - right) <= tolerance * Math.abs(right)) {
    return yours === right ? `Yes: ${shown(right)}.` : `Close enough: it is ${shown(right)}.`;
  }
  return `It is ${shown(right)}. You said ${shown(yours)}${howFar(yours, right)}.`;
}

/** Large numbers are compared by their ratio. */
function howFar(yours: number, right: number): string {
  const ratio = yours / right;
  if (!(ratio > 0) || !Number.isFinite(ratio)) return "";
  const times = ratio > 1 ? ratio : 1 / ratio;
  if (times < 1.5) return "";
  return `: ${times < 10 ? times.toFixed(1) : Math.round(times).toLocaleString("en-US")} times too ${
    ratio > 1 ? "large" : "small"
  }`;
}

const shown = (value: number) => Number.isInteger(value) ? value.toLocaleString("en-US") : formatValue(value);
