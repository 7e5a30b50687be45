/** Checks of options, which a notebook cell gives without a type check: a slip is named before it trains anything. */

import { unknownName } from "./names.ts";
import { kindOf, text } from "./values.ts";

/**
 * Throws if an option does not exist: a misspelt one would silently leave its default in place.
 *
 * @param owner Named in the error
 * @param names What there is
 * @throws {TypeError} If there is another one, or no options at all
 */
export function checkNames(owner: string, names: readonly string[], options: object): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const got = typeof options === "number" ? options : kindOf(options);
    throw new TypeError(`${owner}: expected an object of options, got ${got}; write { ${names[0]}: … }.`);
  }
  for (const name in options) {
    if (!names.includes(name)) throw new TypeError(`${owner}: ${unknownName("option", name, names)}`);
  }
}

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
