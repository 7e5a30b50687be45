/** Measurements that are made when they are needed, or that may fail. */

/** Computes a value when it is first asked for, and remembers it. */
export function once<T>(compute: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

/** What `f` returns, or `undefined` if it throws: some losses refuse some numbers. */
export function attempt<T>(f: () => T): T | undefined {
  try {
    return f();
  } catch {
    return undefined;
  }
}
