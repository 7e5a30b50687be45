/** Checks of the numbers that a person chooses. */

import { kindOf, text } from "./values.ts";

/** Throws unless `value` is a finite number ≥ 0. */
export function checkNotNegative(owner: string, name: string, value: unknown): void {
  checkInRange(owner, name, value, "a finite number ≥ 0", (x) => x >= 0 && x < Infinity);
}

/** Throws unless `value` is a finite number > 0. */
export function checkPositive(owner: string, name: string, value: unknown): void {
  checkInRange(owner, name, value, "a finite number > 0", (x) => x > 0 && x < Infinity);
}

/**
 * Throws unless 0 ≤ `value` < 1, as a decay rate must be: the sum 1 + β + β² + … = 1/(1 − β) has to converge.
 */
export function checkDecay(owner: string, name: string, value: unknown): void {
  checkInRange(owner, name, value, "a number from 0 to below 1", (x) => x >= 0 && x < 1);
}

/** Throws unless 0 ≤ `value` ≤ 1. */
export function checkFraction(owner: string, name: string, value: unknown): void {
  checkInRange(owner, name, value, "a number from 0 to 1", (x) => x >= 0 && x <= 1);
}

/** Throws unless `value` is an integer ≥ `least`. */
export function checkCount(owner: string, name: string, value: unknown, least: number): void {
  checkInRange(owner, name, value, `an integer ≥ ${least}`, (x) => Number.isSafeInteger(x) && x >= least);
}

/** Throws unless `value` is a positive integer. */
export function checkPositiveInteger(owner: string, name: string, value: unknown): void {
  if (Number.isInteger(value) && (value as number) >= 1) return;
  throw new RangeError(`${owner}: ${name} must be a positive integer, got ${value}.`);
}

/** Throws unless `range` is [low, high] with low < high. */
export function checkRange(owner: string, name: string, range: readonly number[]): void {
  if (!Array.isArray(range)) {
    throw new TypeError(`${owner}: expected ${name} to be [low, high], got ${kindOf(range)}.`);
  }
  if (range.length !== 2 || !(range[0] < range[1]) || !range.every(Number.isFinite)) {
    throw new RangeError(`${owner}: expected ${name} to be [low, high], got [${range.join(", ")}].`);
  }
}

function checkInRange(
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
