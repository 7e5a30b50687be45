/** Something that was thrown, as it travels to whoever shows it. */
export interface Thrown {
  /** The error's name; `undefined` if what was thrown is no error. */
  name?: string;
  /** The error's message, or the value as a console shows it. */
  message: string;
  /** The lines of its stack, without those of the kernel. */
  frames: string[];
  /** What it was caused by. */
  cause?: Thrown;
  /** The errors that an `AggregateError` holds. */
  errors?: Thrown[];
}

/** How deep causes are followed, and how many members are told. */
const MOST = { depth: 6, members: 8 };

/** Where values were thrown that are no errors, and promises made that were left to themselves. */
const places = new WeakMap<object, string[]>();
let last: { value: unknown; frames: string[] } | undefined;

/** Remember where a value is thrown, or a promise made, if it does not know. */
export function rememberPlace(value: unknown): void {
  if (isError(value)) return;
  const frames = framesOf(new Error());
  if (typeof value === "object" && value !== null) places.set(value, frames);
  else last = { value, frames };
}

/** Where a promise was made, if it was remembered. */
export function placeOfPromise(promise: object): string[] {
  return places.get(promise) ?? [];
}

/**
 * What can be said of something that was thrown.
 *
 * @param inspect Shows values that are no errors
 */
export function describeThrown(value: unknown, inspect: (value: unknown) => string, depth = 0): Thrown {
  if (!isError(value)) {
    const known = typeof value === "object" && value !== null ? places.get(value) : undefined;
    const frames = known ?? (last && Object.is(last.value, value) ? last.frames : []);
    return { message: quietly(() => inspect(value), "a value that cannot be shown"), frames };
  }
  const described: Thrown = {
    name: quietly(() => String(value.name), "Error") || "Error",
    message: quietly(() => String(value.message), ""),
    frames: framesOf(value),
  };
  if (depth >= MOST.depth) return described;
  const of = (part: unknown) => describeThrown(part, inspect, depth + 1);
  const cause = quietly(() => "cause" in value && value.cause !== undefined ? [value.cause] : [], []);
  if (cause.length > 0) described.cause = of(cause[0]);
  const errors = quietly(() => (value as Error & { errors?: unknown }).errors, undefined);
  if (Array.isArray(errors)) described.errors = errors.slice(0, MOST.members).map(of);
  return described;
}

/** Whether a value is an error of any realm. */
function isError(value: unknown): value is Error {
  const check = (Error as unknown as { isError?: (value: unknown) => boolean }).isError;
  return quietly(() => check?.(value) ?? false, false) || quietly(() => value instanceof Error, false);
}

function framesOf(error: Error): string[] {
  const stack = quietly(() => String(error.stack ?? ""), "");
  return stack.split("\n").filter((line) => /^\s+at /.test(line) && !/\$deno\$|\bext:/.test(line));
}

/** Reading a thrown thing may throw again. */
function quietly<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
