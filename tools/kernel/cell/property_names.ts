/** What may follow a dot: names found without running anything of the learner's. */

/** A path such as `model.layers`: names with dots between. */
const PATH = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;
/** Enough for any list that a person reads. */
const MOST = 2000;

/**
 * The names of the properties of what a path leads to; none if it leads through a getter, a proxy or a call.
 *
 * @param isProxy Tells proxies, whose traps are code too
 */
export function propertyNames(path: string, isProxy: (value: object) => boolean): string[] {
  const found = follow(path, isProxy);
  if (found === undefined || found === null) return [];
  const names = new Set<string>();
  const value: object = Object(found);
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at)) {
    if (isProxy(at)) break;
    // The elements themselves help nobody, and there may be millions. Array.prototype is an array too, without any.
    const hasElements = Array.isArray(at)
      ? at.length > 0
      : ArrayBuffer.isView(at) || typeof found === "string";
    if (at === value && hasElements) {
      names.add("length");
      continue;
    }
    for (const name of Object.getOwnPropertyNames(at)) {
      if (at === Object.prototype && name.startsWith("__")) continue;
      if (names.size < MOST) names.add(name);
    }
  }
  return [...names].filter((name) => PATH.test(name) && name !== "constructor");
}

/** The names that are global, except those of the kernel itself. */
export function globalNames(): string[] {
  return Object.getOwnPropertyNames(globalThis).filter((name) =>
    PATH.test(name) && !name.startsWith("__backprop")
  );
}

function follow(path: string, isProxy: (value: object) => boolean): unknown {
  if (!PATH.test(path)) return undefined;
  const [first, ...rest] = path.split(".");
  let value = globalValue(first);
  for (const name of rest) {
    value = ownValue(value, name, isProxy);
    if (value === undefined) return undefined;
  }
  return value;
}

function globalValue(name: string): unknown {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property) return "value" in property ? property.value : undefined;
  try {
    // Only this reaches what cells declare with const, let and class. It is one bare name, so nothing runs.
    return (0, eval)(name);
  } catch {
    return undefined; // there is no such variable
  }
}

function ownValue(value: unknown, name: string, isProxy: (value: object) => boolean): unknown {
  if (value === undefined || value === null) return undefined;
  for (let at: unknown = Object(value); at !== null; at = Object.getPrototypeOf(at)) {
    if (isProxy(at as object)) return undefined;
    const property = Object.getOwnPropertyDescriptor(at, name);
    if (property) return "value" in property ? property.value : undefined;
  }
  return undefined;
}
