/**
 * The part of `@std/assert` that this project uses, over Node's built-in `assert` and `util`: same names, same signatures, same
 * verdicts, so that deno.json can switch to the original by changing one line. Only the failure texts differ.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { difference, text } from "./difference.ts";
import { equal } from "./equal.ts";

export { equal };

// deno-lint-ignore no-explicit-any
type Class<T> = abstract new (...args: any[]) => T;
/** What is falsy in TypeScript's eyes, for {@link assertFalse}. */
export type Falsy = false | 0 | 0n | "" | null | undefined;
/** An array or anything indexed like one, except a string, for {@link assertArrayIncludes}. */
export type ArrayLikeArg<T> = ArrayLike<T> & object;

const suffix = (msg?: string) => msg ? `: ${msg}` : ".";

/** The error that every assertion here throws. */
export class AssertionError extends Error {
  /** @param message What did not hold */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Throws unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Throws unless `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Throws, always. */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

/**
 * Throws unless both are equal in depth; see {@link equal} for what that means of `NaN`, `-0` and class instances.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals({ shape: [2, 3] }, { shape: [2, 3] });
 * ```
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string) {
  if (equal(actual, expected)) return;
  throw new AssertionError(`Values are not equal${suffix(msg)}\n${difference(actual, expected)}`);
}

/** Throws when both are equal in depth. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string) {
  if (!equal(actual, expected)) return;
  throw new AssertionError(`Expected actual: ${text(actual)} not to be: ${text(expected)}${suffix(msg)}`);
}

/** Throws unless both are the same value or the same object, by `Object.is`. */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const how = equal(actual, expected) && typeof actual === "object"
    ? "Values have the same structure but are not the same object"
    : "Values are not strictly equal";
  throw new AssertionError(`${how}${suffix(msg)}\n${difference(actual, expected)}`);
}

/**
 * Throws unless |actual − expected| ≤ tolerance.
 *
 * @param tolerance Absolute; by default 1e-7 of `expected`, so 0 is matched by 0 only
 */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, msg?: string) {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= allowed) return;
  throw new AssertionError(
    `Expected ${actual} to be within ${allowed} of ${expected}; off by ${delta}${suffix(msg)}`,
  );
}

/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string) {
  if (!(actual > expected)) throw new AssertionError(msg ?? `Expect ${text(actual)} > ${text(expected)}`);
}

/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string) {
  if (!(actual >= expected)) throw new AssertionError(msg ?? `Expect ${text(actual)} >= ${text(expected)}`);
}

/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string) {
  if (!(actual < expected)) throw new AssertionError(msg ?? `Expect ${text(actual)} < ${text(expected)}`);
}

/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string) {
  if (!(actual <= expected)) throw new AssertionError(msg ?? `Expect ${text(actual)} <= ${text(expected)}`);
}

/** Throws when `actual` is `null` or `undefined`. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(`Expected a value, got ${actual}${suffix(msg)}`);
}

/** Throws unless `actual instanceof expectedType`. */
export function assertInstanceOf<T extends Class<unknown>>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  throw new AssertionError(`Expected an instance of ${expectedType.name}, got ${kind(actual)}${suffix(msg)}`);
}

/** Throws unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string) {
  if (actual.includes(expected)) return;
  throw new AssertionError(
    `Expected text to contain ${text(expected)}${suffix(msg)}\nThe text was:\n${actual}`,
  );
}

/** Throws unless `expected` matches `actual`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string) {
  if (expected.test(actual)) return;
  throw new AssertionError(`Expected text to match ${expected}${suffix(msg)}\nThe text was:\n${actual}`);
}

/** Throws unless every element of `expected` equals some element of `actual`. */
export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<T>,
  msg?: string,
): void {
  const elements = Array.from(actual);
  const missing = Array.from(expected).filter((e) => !elements.some((a) => equal(a, e)));
  if (missing.length === 0) return;
  throw new AssertionError(`Expected ${text(actual)} to include ${text(missing)}${suffix(msg)}`);
}

/** Throws unless `fn` throws; returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Throws unless `fn` throws an `ErrorClass` whose message contains `msgIncludes`; returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  classOrMsg?: Class<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const wanted = expectation(classOrMsg, msgIncludes, msg);
  try {
    fn();
  } catch (error) {
    return checkError(error, wanted);
  }
  throw new AssertionError(`Expected function to throw${suffix(wanted.msg)}`);
}

/** Throws unless the promise of `fn` rejects; returns what it rejected with. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Throws unless the promise of `fn` rejects with an `ErrorClass` whose message contains `msgIncludes`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  classOrMsg?: Class<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const wanted = expectation(classOrMsg, msgIncludes, msg);
  let promise: PromiseLike<unknown> | undefined;
  try {
    promise = fn();
  } catch {
    // Falls through: a function that throws before it returns a promise is not one that rejects.
  }
  if (typeof promise?.then !== "function") {
    throw new AssertionError(
      `Function throws or returns no promise when expected to reject${suffix(wanted.msg)}`,
    );
  }
  try {
    await promise;
  } catch (error) {
    return checkError(error, wanted);
  }
  throw new AssertionError(`Expected function to reject${suffix(wanted.msg)}`);
}

interface Expectation {
  ErrorClass?: Class<Error>;
  msgIncludes?: string;
  msg?: string;
}

function expectation(classOrMsg?: Class<Error> | string, msgIncludes?: string, msg?: string): Expectation {
  return typeof classOrMsg === "string" ? { msg: classOrMsg } : { ErrorClass: classOrMsg, msgIncludes, msg };
}

function checkError(error: unknown, { ErrorClass, msgIncludes, msg }: Expectation): unknown {
  if (!ErrorClass) return error;
  if (!(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of ${ErrorClass.name}, but was ${kind(error)}: ${text(error)}${
        suffix(msg)
      }`,
    );
  }
  const message = stripVTControlCharacters(error.message);
  if (msgIncludes && !message.includes(stripVTControlCharacters(msgIncludes))) {
    throw new AssertionError(
      `Expected error message to include ${text(msgIncludes)}, but got ${text(message)}${suffix(msg)}`,
    );
  }
  return error;
}

function kind(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return value.constructor?.name ?? "Object";
}
