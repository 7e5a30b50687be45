/** Checks of the numbers that a person chooses, so that a slip is named before it trains anything. */

import { checkNames } from "../tensor/checks.ts";

/**
 * The given options over the defaults.
 *
 * @param owner Named in the error
 * @param defaults Every option; any value for one that has no default
 * @param required The names of those without a default
 * @throws {TypeError} If an option has another name than the defaults have, or a required one is missing
 */
export function withDefaults<H extends object>(
  owner: string,
  defaults: H,
  options: Partial<H>,
  required: readonly (keyof H & string)[] = [],
): H {
  checkNames(owner, Object.keys(defaults), options);
  const merged = { ...defaults };
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) merged[name as keyof H] = value as H[keyof H];
  }
  for (const name of required) {
    if (options[name] === undefined) throw new TypeError(`${owner}: ${name} is missing; it has no default.`);
  }
  return merged;
}

/** Throws unless `value` is a finite number ≥ 0. */
export function checkNotNegative(owner: string, name: string, value: unknown): void {
  checkNumber(owner, name, value, "a finite number ≥ 0", (x) => x >= 0 && x < Infinity);
}

/** Throws unless `value` is a finite number > 0. */
export function checkPositive(owner: string, name: string, value: unknown): void {
  checkNumber(owner, name, value, "a finite number > 0", (x) => x > 0 && x < Infinity);
}

/**
 * Throws unless 0 ≤ `value` < 1, as a decay rate must be: the sum 1 + β + β² + … = 1/(1 − β) has to converge.
 */
export function checkDecay(owner: string, name: string, value: unknown): void {
  checkNumber(owner, name, value, "a number from 0 to below 1", (x) => x >= 0 && x < 1);
}

/** Throws unless 0 ≤ `value` ≤ 1. */
export function checkFraction(owner: string, name: string, value: unknown): void {
  checkNumber(owner, name, value, "a number from 0 to 1", (x) => x >= 0 && x <= 1);
}

/** Throws unless `value` is an integer ≥ `least`. */
export function checkCount(owner: string, name: string, value: unknown, least: number): void {
  checkNumber(owner, name, value, `an integer ≥ ${least}`, (x) => Number.isSafeInteger(x) && x >= least);
}

/** Throws unless `value` is a boolean. */
export function checkFlag(owner: string, name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw new TypeError(`${owner}: ${name} must be true or false, got ${text(value)}.`);
  }
}

/** Throws unless `value` is one of `choices`. */
export function checkChoice(owner: string, name: string, value: unknown, choices: readonly string[]): void {
  if (!choices.includes(value as string)) {
    const list = choices.map((choice) => `"${choice}"`).join(", ");
    throw new RangeError(`${owner}: ${name} must be one of ${list}, got ${text(value)}.`);
  }
}

function checkNumber(
  owner: string,
  name: string,
  value: unknown,
  expected: string,
  holds: (x: number) => boolean,
): void {
  const message = () => `${owner}: ${name} must be ${expected}, got ${text(value)}.`;
  if (typeof value !== "number") throw new TypeError(message());
  if (!holds(value)) throw new RangeError(message());
}

/** A value as a message shows it. */
export function text(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `an object of ${value.constructor?.name ?? "no class"}`;
  }
  return typeof value === "function" ? "a function" : String(value);
}
