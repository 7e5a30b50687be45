// Deep equality as `@std/assert` defines it. `node:util`'s isDeepStrictEqual differs in two ways that matter to a
// numerical library: it tells 0 from -0, and it does not look at getters (a class whose data sits behind them would
// equal every other instance).

const TypedArray = Object.getPrototypeOf(Uint8Array) as abstract new () => ArrayLike<number | bigint>;

/**
 * Whether two values are equal in depth, by the rules of `@std/assert`: `NaN` equals `NaN`, `0` equals `-0`,
 * prototypes must match (a null prototype counts as a plain object), a missing key is not a key that holds
 * `undefined`, and a class's getters count as its data.
 *
 * @param a One value
 * @param b The other
 * @returns `true` when nothing tells them apart
 * @throws {TypeError} If asked to look inside a `WeakMap` or `WeakSet`
 * @example
 * ```ts
 * import { equal } from "./equal.ts";
 * import { assert } from "./assert.ts";
 *
 * assert(equal({ loss: [0, NaN] }, { loss: [-0, NaN] }));
 * assert(!equal(new Float32Array([1]), new Float64Array([1])));
 * ```
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

function compare(a: unknown, b: unknown, seen: Map<object, object>): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || !samePrototype(a, b)) return false;
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare ${a.constructor.name}s`);
  }

  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof RegExp || a instanceof URL || a instanceof URLSearchParams) return String(a) === String(b);
  if (a instanceof ArrayBuffer || a instanceof SharedArrayBuffer) {
    return sameElements(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
  if (a instanceof TypedArray) return sameElements(a, b as typeof a);

  if (seen.get(a) === b) return true; // a cycle: what led here is being compared already
  seen.set(a, b);
  if (a instanceof Set) return sameEntries([...a], [...(b as typeof a)], seen);
  if (a instanceof Map) return sameEntries([...a], [...(b as typeof a)], seen);
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  return sameKeys(a, b, seen);
}

function isObject(x: unknown): x is object {
  return typeof x === "object" && x !== null;
}

function samePrototype(a: object, b: object): boolean {
  const of = (x: object) => Object.getPrototypeOf(x) ?? Object.prototype;
  return of(a) === of(b);
}

function sameElements(a: ArrayLike<number | bigint>, b: ArrayLike<number | bigint>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !Object.is(a[i], b[i])) return false;
  return true;
}

/** Sets and maps have no order: every entry of one needs an entry of its own in the other. */
function sameEntries(a: unknown[], b: unknown[], seen: Map<object, object>): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  for (const entry of a) {
    const at = left.findIndex((other) => compare(entry, other, new Map(seen)));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}

function sameKeys(a: object, b: object, seen: Map<object, object>): boolean {
  for (const key of new Set([...keysOf(a), ...keysOf(b)])) {
    if ((key in a) !== (key in b)) return false;
    if (!compare(Reflect.get(a, key), Reflect.get(b, key), seen)) return false;
  }
  return true;
}

/** Own keys and those of the classes above it, so that getters are compared too. */
function keysOf(x: object): PropertyKey[] {
  const keys: PropertyKey[] = [];
  for (let o = x; o && o !== Object.prototype && o !== Array.prototype; o = Object.getPrototypeOf(o)) {
    keys.push(...Reflect.ownKeys(o));
  }
  return keys;
}
