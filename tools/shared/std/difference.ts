// How two values differ, as text for a failed assertion.
import { deepStrictEqual } from "node:assert/strict";
import { inspect } from "node:util";
import { equal } from "./equal.ts";

/** Node's line-by-line difference takes seconds from about here on: its time grows with the square of the length. */
const MOST_PARTS = 1000;

/** A value as text, long arrays cut. */
export function text(value: unknown): string {
  return inspect(value, { depth: 10, maxArrayLength: 100, sorted: true });
}

/**
 * How two unequal values differ: line by line when they are small, the first place and both values when large.
 *
 * @example
 * ```ts
 * import { difference } from "./difference.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const zeros = new Float32Array(5000);
 * assertEquals(
 *   difference(zeros, zeros.with(4321, 7)),
 *   "first difference at [4321]:\n  actual:   0\n  expected: 7",
 * );
 * ```
 */
export function difference(actual: unknown, expected: unknown): string {
  if (parts(actual, MOST_PARTS) + parts(expected, MOST_PARTS) < MOST_PARTS) {
    try {
      deepStrictEqual(actual, expected);
    } catch (error) {
      const [, ...lines] = (error as Error).message.split("\n");
      if (lines.length > 0) return lines.join("\n").replace(/^\n+/, "");
    }
  }
  const [place, a, e] = firstDifference(actual, expected, "");
  return `${place ? `first difference at ${place}:\n` : ""}  actual:   ${text(a)}\n  expected: ${text(e)}`;
}

/** How many values a value is made of, counted up to `most`. */
function parts(value: unknown, most: number, seen = new Set<unknown>()): number {
  if (typeof value === "string") return value.split("\n", most).length;
  if (typeof value !== "object" || value === null || seen.has(value)) return 1;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return (value as unknown as ArrayLike<number>).length ?? value.byteLength;
  let count = 1;
  const inner = value instanceof Map || value instanceof Set ? [...value] : Object.values(value);
  for (const part of inner) {
    count += parts(part, most - count, seen);
    if (count >= most) break;
  }
  return count;
}

function firstDifference(a: unknown, e: unknown, place: string): [string, unknown, unknown] {
  const bothIndexed = (Array.isArray(a) && Array.isArray(e)) ||
    (ArrayBuffer.isView(a) && ArrayBuffer.isView(e));
  const bothPlain = a?.constructor === Object && e?.constructor === Object;
  if (!bothIndexed && !bothPlain) return [place, a, e];
  for (const key of Object.keys(e as object)) {
    const [inA, inE] = [Reflect.get(a as object, key), Reflect.get(e as object, key)];
    if (!equal(inA, inE)) return firstDifference(inA, inE, place + (bothIndexed ? `[${key}]` : `.${key}`));
  }
  return [place, a, e];
}
