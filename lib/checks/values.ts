/** What kind of value was given, and checks of it. */

/** Throws unless `f` is a function. */
export function checkFunction(owner: string, what: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new TypeError(`${owner}: expected ${what} to be a function, got ${kindOf(f)}.`);
}

/** Throws unless `x` is a number, NaN included. */
export function checkNumber(owner: string, what: string, x: unknown): asserts x is number {
  if (typeof x === "number") return;
  throw new TypeError(`${owner}: expected ${what} to be a number, got ${kindOf(x)}.`);
}

/** Throws unless `x` is a list or a typed array. */
export function checkList(owner: string, what: string, x: unknown): asserts x is ArrayLike<number> {
  if (Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView))) return;
  throw new TypeError(`${owner}: expected ${what} to be a list, got ${kindOf(x)}.`);
}

/** Throws unless each of these options is a function or left out. */
export function checkFunctions(owner: string, options: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    if (value === undefined || typeof value === "function") continue;
    const called = kindOf(value) === "a Tensor" || typeof value === "number" || value instanceof Promise
      ? "; write the function itself, without calling it"
      : "";
    throw new TypeError(`${owner}: expected ${name} to be a function, got ${kindOf(value)}${called}.`);
  }
}

/** What a value is, for a message: `an array`, `undefined`, `a string`. */
export function kindOf(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (Array.isArray(x)) return "an array";
  if (typeof x !== "object") return `a ${typeof x}`;
  const name = x.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
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
