/** Globals that the library and the checks use, and that no cell may replace or hide. */
const GLOBALS = [
  ..."globalThis Object Function Array Number String Boolean Symbol BigInt Math JSON Reflect Proxy Promise"
    .split(" "),
  ..."Map Set WeakMap WeakSet WeakRef Date RegExp Error TypeError RangeError SyntaxError EvalError URIError"
    .split(" "),
  ..."ReferenceError AggregateError ArrayBuffer SharedArrayBuffer Atomics DataView WebAssembly Iterator"
    .split(" "),
  ..."Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array".split(" "),
  ..."Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Intl TextEncoder Worker".split(" "),
  ..."isNaN isFinite parseFloat parseInt NaN Infinity undefined structuredClone queueMicrotask".split(" "),
  ..."Deno console setTimeout clearTimeout performance crypto".split(" "),
  ..."eval __backprop_cell __backprop_listen".split(" "),
];

/** Their names are kept; what is in them does not decide a check, or must be free to change. */
const OPEN = new Set("Deno console globalThis performance crypto Worker".split(" "));

/** Objects of the language that have no name of their own. */
function unnamed(): object[] {
  const prototypes = [
    new Int8Array(),
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    (function* () {})(),
    (async function* () {})(),
    async () => {},
    function* () {},
    async function* () {},
  ].flatMap((value) => chain(Object.getPrototypeOf(value)));
  return prototypes.flatMap((prototype) => {
    const maker = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
    return typeof maker === "function" ? [prototype, maker] : [prototype];
  });
}

function chain(value: object | null): object[] {
  return value === null ? [] : [value, ...chain(Object.getPrototypeOf(value))];
}

/**
 * Make everything that the checks of a notebook rest on unchangeable: the objects of the language, their prototypes, the
 * names under which they are found, and what a module exports.
 *
 * @param module Its classes, functions and plain objects are frozen
 */
export function lockdown(module: Record<string, unknown>): void {
  for (const value of unnamed()) freeze(value);
  for (const name of GLOBALS) {
    const value = (globalThis as Record<string, unknown>)[name];
    const isOpen = OPEN.has(name);
    if (!isOpen && isObject(value)) freezeWithPrototype(value);
    keepGlobal(name);
  }
  keepGlobal(Symbol.for("backprop.stop"));
  for (const value of Object.values(module)) if (isObject(value)) freezeExport(value, new Set());
}

function isObject(value: unknown): value is object {
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

/** No assignment reaches it; and as it cannot be configured, no cell can declare the same name. */
function keepGlobal(name: string | symbol): void {
  const now = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!now?.configurable) return;
  const value = (globalThis as Record<string | symbol, unknown>)[name];
  Object.defineProperty(globalThis, name, {
    value,
    enumerable: now.enumerable,
    writable: false,
    configurable: false,
  });
}

function freezeWithPrototype(
  value: object,
  mayOverride = (key: string | symbol) => INHERITED.has(key),
): void {
  const prototype = Object.getOwnPropertyDescriptor(value, "prototype")?.value;
  if (isObject(prototype)) freeze(prototype, mayOverride);
  freeze(value);
}

/** Settings that libraries write to, and that decide nothing. */
const LEFT_OPEN = new Set<string | symbol>(["stackTraceLimit"]);

/**
 * Freeze an object, but let others that inherit from it have properties of the same names: in JavaScript, an object whose
 * prototype has an unchangeable `toString` could not be given one of its own by assignment.
 */
function freeze(object: object, mayOverride = (key: string | symbol) => INHERITED.has(key)): void {
  let hasOpen = false;
  for (const key of Reflect.ownKeys(object)) {
    const now = Object.getOwnPropertyDescriptor(object, key)!;
    if (LEFT_OPEN.has(key)) hasOpen = true;
    else if (now.configurable && "value" in now) {
      if (typeof object === "function" || !mayOverride(key)) {
        Object.defineProperty(object, key, { writable: false, configurable: false });
      } else Object.defineProperty(object, key, inheritable(object, key, now));
    } else if (now.configurable) Object.defineProperty(object, key, { configurable: false });
  }
  if (hasOpen) Object.preventExtensions(object);
  else Object.freeze(object);
}

/** What objects often get for themselves though their prototype has it. */
const INHERITED = new Set<string | symbol>([
  ..."constructor toString toLocaleString valueOf name message cause stack toJSON hasOwnProperty".split(" "),
  ..."isPrototypeOf propertyIsEnumerable".split(" "),
]);

function inheritable(owner: object, key: string | symbol, { value, enumerable }: PropertyDescriptor) {
  return {
    get: () => value,
    set(this: object, own: unknown) {
      if (this === owner) throw new TypeError(`${String(key)} cannot be changed while a notebook is graded`);
      Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
    },
    enumerable,
    configurable: false,
  };
}

/** A class with its prototype, a function, or a plain object with all that is in it. */
function freezeExport(value: object, seen: Set<object>): void {
  if (seen.has(value) || Object.isFrozen(value)) return;
  seen.add(value);
  // An optimizer or a layer may be given another method, for an experiment; all others keep theirs.
  if (typeof value === "function") return freezeWithPrototype(value, () => true);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return;
  for (const part of Object.values(value)) if (isObject(part)) freezeExport(part, seen);
  freeze(value);
}
